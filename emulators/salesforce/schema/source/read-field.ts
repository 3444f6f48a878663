import { defineField } from "../define-field.ts";
import type { FieldSchema, FieldType, FieldValue, PicklistValue } from "../types.ts";
import type { XmlNode } from "./read-xml.ts";

/** What the Metadata API's field types are called in describe, with the length they imply. */
const describedTypes: Readonly<Record<string, { type: FieldType; length?: number }>> = {
  Text: { type: "string" },
  TextArea: { type: "textarea", length: 255 },
  LongTextArea: { type: "textarea", length: 32_768 },
  Html: { type: "textarea", length: 32_768 },
  EncryptedText: { type: "string" },
  Picklist: { type: "picklist", length: 255 },
  MultiselectPicklist: { type: "multipicklist", length: 4099 },
  Checkbox: { type: "boolean" },
  Number: { type: "double" },
  Currency: { type: "currency" },
  Percent: { type: "percent" },
  Date: { type: "date" },
  DateTime: { type: "datetime" },
  Time: { type: "time" },
  Email: { type: "email", length: 80 },
  Phone: { type: "phone", length: 40 },
  Url: { type: "url", length: 255 },
  Lookup: { type: "reference", length: 18 },
  MasterDetail: { type: "reference", length: 18 },
  MetadataRelationship: { type: "reference", length: 255 },
  AutoNumber: { type: "string", length: 30 },
};

/** Global value sets by name, for fields that take their values from one. */
export type GlobalValueSets = ReadonlyMap<string, PicklistValue[]>;

/**
 * A custom field (or what source changes on a standard one) as schema.
 * @throws Error naming the file when the type is not one that a field can have
 */
export function readField(
  node: XmlNode,
  name: string,
  path: string,
  globals: GlobalValueSets,
): FieldSchema {
  const metadataType = node.value("type") ?? "";
  const described = describedTypes[metadataType];
  if (!described) throw new Error(`${path}: field type "${metadataType}" is not known here.`);
  const formula = node.value("formula");
  const required = node.flag("required") === true || metadataType === "MasterDetail";
  const writable = formula === null && metadataType !== "AutoNumber";
  const type = described.type;
  const defaultText = node.value("defaultValue");
  const defaultValue = readDefault(defaultText, type);
  return defineField({
    name,
    label: node.value("label") ?? name,
    type,
    length: node.number("length") ?? described.length ?? 0,
    precision: node.number("precision") ?? 0,
    scale: node.number("scale") ?? 0,
    nillable: !required && type !== "boolean",
    createable: writable,
    updateable: writable,
    unique: node.flag("unique") === true,
    caseSensitive: node.flag("caseSensitive") === true,
    externalId: node.flag("externalId") === true,
    calculated: formula !== null,
    custom: true,
    htmlFormatted: metadataType === "Html",
    defaultedOnCreate: type === "boolean" || defaultText !== null,
    defaultValue: type === "boolean" ? defaultValue === true : defaultValue,
    defaultFormula:
      defaultText !== null && defaultValue === null
        ? { text: defaultText, sourcePath: path }
        : null,
    autoNumberFormat: metadataType === "AutoNumber" ? (node.value("displayFormat") ?? "{0}") : null,
    inlineHelpText: node.value("inlineHelpText"),
    filterable: metadataType !== "LongTextArea" && metadataType !== "Html",
    ...readValueSet(node, globals),
    ...readReference(node, name),
  });
}

function readDefault(text: string | null, type: FieldType): FieldValue {
  if (text === null) return null;
  if (type === "boolean") return text === "true";
  // Default values are formulas: describe shows literals, the others are computed on each insert.
  const quoted = /^"([^"\\]*)"$/.exec(text) ?? /^'([^'\\]*)'$/.exec(text);
  if (quoted) return quoted[1] ?? null;
  if (!/^-?\d+(\.\d+)?$/.test(text)) return null;
  // Help, "Define Default Field Values": 10 % is entered as 0.10.
  return type === "percent" ? Number(text) * 100 : Number(text);
}

function readReference(
  node: XmlNode,
  name: string,
): Pick<
  FieldSchema,
  "referenceTo" | "relationshipName" | "childRelationshipName" | "controllingFieldName"
> {
  const targets = node.all("referenceTo").flatMap((target) => (target.text ? [target.text] : []));
  const childName = node.value("relationshipName");
  return {
    referenceTo: targets,
    childRelationshipName: childName === null ? null : `${childName}__r`,
    relationshipName: targets.length > 0 ? name.replace(/__c$/, "__r") : null,
    controllingFieldName:
      node.value("metadataRelationshipControllingField")?.split(".").pop() ?? null,
  };
}

function readValueSet(
  node: XmlNode,
  globals: GlobalValueSets,
): Partial<Pick<FieldSchema, "restrictedPicklist" | "picklistValues" | "controllerName">> {
  const valueSet = node.all("valueSet")[0];
  if (!valueSet) return {};
  const globalName = valueSet.value("valueSetName");
  const definition = valueSet.all("valueSetDefinition")[0];
  const values = definition
    ? readPicklistValues(definition, "value")
    : structuredClone(globals.get(globalName ?? "") ?? []);
  const controllers = new Map<string, string[]>();
  for (const setting of valueSet.all("valueSettings")) {
    const under = setting.all("controllingFieldValue").flatMap((item) => item.text ?? []);
    controllers.set(setting.value("valueName") ?? "", under);
  }
  const controllerName = valueSet.value("controllingField");
  for (const value of values) {
    value.controllingValues = controllerName === null ? null : (controllers.get(value.value) ?? []);
  }
  return {
    restrictedPicklist: valueSet.flag("restricted") === true || globalName !== null,
    picklistValues: values,
    controllerName,
  };
}

/** Values of a value set definition, in the order of the file. */
export function readPicklistValues(node: XmlNode, elementName: string): PicklistValue[] {
  return node.all(elementName).map((entry) => {
    const value = entry.value("fullName") ?? "";
    return {
      value,
      label: entry.value("label") ?? value,
      active: entry.flag("isActive") !== false,
      defaultValue: entry.flag("default") === true,
      controllingValues: null,
    };
  });
}
