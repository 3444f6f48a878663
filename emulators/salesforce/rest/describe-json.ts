import type { UserAccess } from "../schema/access.ts";
import type { OrgSchema } from "../schema/org-schema.ts";
import type { FieldSchema, FieldType, ObjectSchema, PicklistValue } from "../schema/types.ts";

const soapTypes: Readonly<Partial<Record<FieldType, string>>> = {
  id: "tns:ID",
  reference: "tns:ID",
  boolean: "xsd:boolean",
  int: "xsd:int",
  double: "xsd:double",
  currency: "xsd:double",
  percent: "xsd:double",
  date: "xsd:date",
  datetime: "xsd:dateTime",
  time: "xsd:time",
};

/** One field as describe gives it. `validFor` needs the controlling field of the same object. */
export function fieldJson(object: ObjectSchema, field: FieldSchema, updateable: boolean): object {
  const controller = field.controllerName
    ? object.fields.get(field.controllerName.toLowerCase())
    : undefined;
  const isId = field.type === "id" || field.type === "reference";
  const isPolymorphic = field.referenceTo.length > 1;
  return {
    aggregatable: field.filterable && field.type !== "boolean",
    aiPredictionField: false,
    autoNumber: field.autoNumberFormat !== null,
    byteLength: isId ? field.length : field.length * 3,
    calculated: field.calculated,
    calculatedFormula: null,
    cascadeDelete: false,
    caseSensitive: field.caseSensitive,
    compoundFieldName: null,
    controllerName: field.controllerName,
    createable: field.createable && updateable,
    custom: field.custom,
    defaultValue: field.type === "boolean" ? field.defaultValue : null,
    defaultValueFormula: field.defaultFormula?.text ?? null,
    defaultedOnCreate: field.defaultedOnCreate,
    dependentPicklist: field.controllerName !== null,
    deprecatedAndHidden: false,
    digits: field.type === "int" ? field.precision : 0,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: field.externalId,
    extraTypeInfo: extraTypeInfo(field),
    filterable: field.filterable,
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable:
      field.filterable && !["double", "currency", "percent", "datetime"].includes(field.type),
    highScaleNumber: false,
    htmlFormatted: field.htmlFormatted,
    idLookup: field.externalId || field.type === "id",
    inlineHelpText: field.inlineHelpText,
    label: field.label,
    length: field.length,
    mask: null,
    maskType: null,
    name: field.name,
    nameField: field.nameField,
    namePointing: isPolymorphic,
    nillable: field.nillable,
    permissionable: field.custom || (field.createable && field.nillable),
    picklistValues: offered(field).map((value) => picklistValueJson(value, controller)),
    polymorphicForeignKey: isPolymorphic,
    precision: field.type === "int" ? 0 : field.precision,
    queryByDistance: false,
    referenceTargetField: null,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    relationshipOrder: null,
    restrictedDelete: false,
    restrictedPicklist: field.restrictedPicklist,
    scale: field.scale,
    searchPrefilterable: field.type === "reference" && field.createable,
    soapType: soapTypes[field.type] ?? "xsd:string",
    sortable: field.filterable && field.type !== "multipicklist",
    type: field.type,
    unique: field.unique,
    updateable: field.updateable && updateable,
    writeRequiresMasterRead: false,
  };
}

/**
 * Values that were deactivated are not described, in user interface and API alike.
 * Source: https://help.salesforce.com/s/articleView?id=platform.fields_working_with_picklist_value_fields.htm
 * (that their bits in `validFor` close up is unverified)
 */
const offered = (field: FieldSchema): readonly PicklistValue[] =>
  field.picklistValues.filter(({ active }) => active);

function extraTypeInfo(field: FieldSchema): string | null {
  if (field.type !== "textarea") return null;
  if (field.htmlFormatted) return "richtextarea";
  return "plaintextarea";
}

function picklistValueJson(value: PicklistValue, controller: FieldSchema | undefined): object {
  return {
    active: value.active,
    defaultValue: value.defaultValue,
    label: value.label,
    validFor: controller ? validForOf(value, controller) : null,
    value: value.value,
  };
}

/** Base64 bit set over the controlling field's values, the first value being the highest bit. */
function validForOf(value: PicklistValue, controller: FieldSchema): string {
  const places = controllingPlaces(controller);
  const bytes = Buffer.alloc(Math.ceil(Math.max(places.length, 1) / 8));
  places.forEach(({ inSource }, position) => {
    if (!value.controllingValues?.includes(inSource)) return;
    const at = position >> 3;
    bytes.writeUInt8(bytes.readUInt8(at) | (0x80 >> (position & 7)), at);
  });
  return bytes.toString("base64");
}

/** A controlling field's values in the order of their bits, and what source files call them. */
export function controllingPlaces(
  controller: FieldSchema,
): readonly { readonly name: string; readonly inSource: string }[] {
  if (controller.type !== "boolean") {
    return offered(controller).map(({ value }) => ({ name: value, inSource: value }));
  }
  return [
    { name: "false", inSource: "unchecked" },
    { name: "true", inSource: "checked" },
  ];
}

type ObjectJson = Readonly<Record<string, unknown>> & {
  readonly urls: Readonly<Record<"describe" | "rowTemplate" | "sobject", string>>;
};

/** What an object is called and allows: the head of describe, and a row of describe global. */
export function objectJson(object: ObjectSchema, version: string, access: UserAccess): ObjectJson {
  const may = (action: "create" | "edit" | "delete") => access.canDo(object, action);
  const base = `/services/data/v${version}/sobjects/${object.name}`;
  const isData = object.kind === "standard" || object.kind === "custom";
  return {
    activateable: false,
    createable: may("create") && (isData || object.kind === "platform_event"),
    custom: object.custom,
    customSetting: false,
    deletable: may("delete") && isData,
    deprecatedAndHidden: false,
    feedEnabled: false,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: isData,
    mergeable: false,
    mruEnabled: isData,
    name: object.name,
    queryable: object.kind !== "platform_event",
    replicateable: isData,
    retrieveable: object.kind !== "platform_event",
    searchable: isData,
    triggerable: isData || object.kind === "platform_event",
    undeletable: may("delete") && isData,
    updateable: may("edit") && isData,
    urls: {
      describe: `${base}/describe`,
      rowTemplate: `${base}/{ID}`,
      sobject: base,
    },
  };
}

/** Everything of an object's own describe that stands beside its fields and relations. */
export function describeHead(
  object: ObjectSchema,
  version: string,
  access: UserAccess,
  orgUrl: string,
): object {
  const isData = object.kind === "standard" || object.kind === "custom";
  const head = objectJson(object, version, access);
  const base = head.urls.sobject;
  const page = `${orgUrl}/${object.keyPrefix ?? ""}`;
  return {
    ...head,
    actionOverrides: [],
    associateEntityType: null,
    associateParentEntity: null,
    compactLayoutable: isData,
    deepCloneable: false,
    defaultImplementation: null,
    extendedBy: null,
    extendsInterfaces: null,
    implementedBy: null,
    implementsInterfaces: null,
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    searchLayoutable: isData,
    sobjectDescribeOption: "FULL",
    supportedScopes: isData ? supportedScopes(object) : [],
    urls: isData
      ? {
          ...head.urls,
          approvalLayouts: `${base}/describe/approvalLayouts`,
          compactLayouts: `${base}/describe/compactLayouts`,
          layouts: `${base}/describe/layouts`,
          listviews: `${base}/listviews`,
          quickActions: `${base}/quickActions`,
          uiDetailTemplate: `${orgUrl}/{ID}`,
          uiEditTemplate: `${orgUrl}/{ID}/e`,
          uiNewRecord: `${page}/e`,
        }
      : head.urls,
  };
}

function supportedScopes({ labelPlural }: ObjectSchema): object[] {
  const plural = labelPlural.toLowerCase();
  return [
    { label: `All ${plural}`, name: "everything" },
    { label: `My ${plural}`, name: "mine" },
  ];
}

/** The lookups of other objects that point here, as far as the user sees them. */
export function childRelationships(
  schema: OrgSchema,
  object: ObjectSchema,
  access: UserAccess,
): object[] {
  return schema
    .objects()
    .filter((child) => child.kind !== "definition" && access.visibleObject(child.name))
    .flatMap((child) =>
      [...child.fields.values()]
        .filter(
          (field) => field.referenceTo.includes(object.name) && access.canReadField(child, field),
        )
        .map((field) => ({
          cascadeDelete: false,
          childSObject: child.name,
          deprecatedAndHidden: false,
          field: field.name,
          junctionIdListNames: [],
          junctionReferenceTo: [],
          relationshipName: field.childRelationshipName,
          restrictedDelete: false,
        })),
    );
}
