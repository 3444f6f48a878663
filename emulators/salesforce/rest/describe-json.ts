import type { UserAccess } from "../data/access.ts";
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
  return {
    aggregatable: field.filterable,
    autoNumber: false,
    byteLength: field.length * 3,
    calculated: field.calculated,
    calculatedFormula: null,
    caseSensitive: field.caseSensitive,
    controllerName: field.controllerName,
    createable: field.createable && updateable,
    custom: field.custom,
    defaultValue: field.type === "boolean" ? field.defaultValue : null,
    defaultedOnCreate: field.defaultedOnCreate,
    dependentPicklist: field.controllerName !== null,
    deprecatedAndHidden: false,
    digits: field.type === "int" ? field.precision : 0,
    externalId: field.externalId,
    extraTypeInfo: extraTypeInfo(field),
    filterable: field.filterable,
    groupable:
      field.filterable && !["double", "currency", "percent", "datetime"].includes(field.type),
    htmlFormatted: field.htmlFormatted,
    idLookup: field.externalId || field.type === "id",
    inlineHelpText: field.inlineHelpText,
    label: field.label,
    length: field.length,
    name: field.name,
    nameField: field.nameField,
    namePointing: false,
    nillable: field.nillable,
    permissionable: field.custom || (field.createable && field.nillable),
    picklistValues: offered(field).map((value) => picklistValueJson(value, controller)),
    precision: field.type === "int" ? 0 : field.precision,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    restrictedPicklist: field.restrictedPicklist,
    scale: field.scale,
    soapType: soapTypes[field.type] ?? "xsd:string",
    sortable: field.filterable && field.type !== "multipicklist",
    type: field.type,
    unique: field.unique,
    updateable: field.updateable && updateable,
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
  return field.length > 255 ? "plaintextarea" : null;
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

/** What an object is called and allows: the head of describe, and a row of describe global. */
export function objectJson(object: ObjectSchema, version: string, access: UserAccess): object {
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
