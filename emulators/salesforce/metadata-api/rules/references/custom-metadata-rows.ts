import type { Finding } from "../finding.ts";
import {
  type Component,
  type Components,
  componentsOf,
  fieldExists,
  type FieldComponent,
  hasComponent,
  objectExists,
} from "../components.ts";
import { childrenNamed, childText, type XmlElement } from "../../../xml.ts";
import { picklistValues } from "./value-sets.ts";

const MAX_NAME_CHARACTERS = 40;

/** `xsi:type` by field type; text for all others. */
const schemaTypes: Readonly<Record<string, string>> = {
  Checkbox: "xsd:boolean",
  Date: "xsd:date",
  DateTime: "xsd:dateTime",
  Number: "xsd:double",
  Percent: "xsd:double",
};

/** Every custom metadata row fits its type: known fields, each once, with values that the field takes. */
export async function checkCustomMetadataRows(components: Components): Promise<Finding[]> {
  const findings = await Promise.all(
    componentsOf(components, "md").map((row) => checkRow(row, components)),
  );
  return findings.flat();
}

async function checkRow(row: Component, components: Components): Promise<Finding[]> {
  const [typeName = "", rowName = ""] = row.name.split(".");
  const object = `${typeName}__mdt`;
  const problem = (message: string, line = row.element.line) => ({ file: row.file, line, message });
  if (!hasComponent(components, "object", object)) return [problem(`${object} is not defined`)];

  const findings: Finding[] = [];
  if (!/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(rowName) || rowName.length > MAX_NAME_CHARACTERS) {
    findings.push(problem(`${rowName} is no row name that Salesforce accepts`));
  }
  if ((childText(row.element, "label") ?? "").length > MAX_NAME_CHARACTERS) {
    findings.push(problem(`the label has more than ${MAX_NAME_CHARACTERS} characters`));
  }
  const fields = components.fields.filter((field) => field.object === object);
  const values = new Map<string, XmlElement>();
  for (const entry of childrenNamed(row.element, "values")) {
    const name = childText(entry, "field") ?? "";
    const value = childrenNamed(entry, "value")[0];
    if (values.has(name)) findings.push(problem(`${name} stands twice`, entry.line));
    if (value) values.set(name, value);
    if (!fields.some((field) => field.name === name)) {
      findings.push(problem(`${object} has no field ${name}`, entry.line));
    }
  }
  for (const field of fields) {
    const value = values.get(field.name);
    for (const message of await checkValue(field, value, values, components)) {
      findings.push(problem(`${field.name} ${message}`, value?.line));
    }
  }
  return findings;
}

async function checkValue(
  field: FieldComponent,
  value: XmlElement | undefined,
  row: ReadonlyMap<string, XmlElement>,
  components: Components,
): Promise<string[]> {
  if (!value || value.isNil) {
    return childText(field.element, "required") === "true" ? ["is required"] : [];
  }
  const text = value.text.trim();
  const problems: string[] = [];
  const expected = schemaTypes[field.type] ?? "xsd:string";
  if (value.schemaType !== expected) {
    problems.push(`has the xsi:type ${String(value.schemaType)} and needs ${expected}`);
  }
  const maxCharacters = Number(childText(field.element, "length") ?? Infinity);
  if (text.length > maxCharacters) problems.push(`has more than ${maxCharacters} characters`);
  if (field.type === "Picklist" && !picklistValues(field.element).includes(text)) {
    problems.push(`has no picklist value ${text}`);
  }
  if (field.type === "MetadataRelationship") {
    problems.push(...(await checkRelationship(field, text, row, components)));
  }
  return problems;
}

/**
 * A row writes the API name of what it refers to: `Campaign` for an EntityDefinition, the bare field
 * name `StartDate` for a FieldDefinition of the object that the controlling field names.
 */
async function checkRelationship(
  { element }: FieldComponent,
  target: string,
  row: ReadonlyMap<string, XmlElement>,
  components: Components,
): Promise<string[]> {
  const referenceTo = childText(element, "referenceTo") ?? "";
  if (referenceTo === "EntityDefinition") {
    return (await objectExists(components, target)) ? [] : [`names an unknown object ${target}`];
  }
  if (referenceTo === "FieldDefinition" || referenceTo === "EntityParticle") {
    const controlling = childText(element, "metadataRelationshipControllingField") ?? "";
    const object = row.get(controlling.split(".")[1] ?? "")?.text.trim() ?? "";
    return (await fieldExists(components, object, target))
      ? []
      : [`names an unknown field ${target} of ${object}`];
  }
  const targetRow = `${referenceTo.replace(/__mdt$/, "")}.${target}`;
  return hasComponent(components, "md", targetRow) ? [] : [`names an unknown row ${targetRow}`];
}
