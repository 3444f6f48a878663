import type { Org } from "../../data/org.ts";
import type { StoredRecord } from "../../data/store.ts";
import type { FieldSchema, FieldType, ObjectSchema } from "../../schema/types.ts";
import type { SourceFile } from "../format/component.ts";
import { escapeXml } from "../http/soap-envelope.ts";

/** The rows of custom metadata as files: an admin changes them without a deployment. */
export function metadataRowFiles(org: Org): SourceFile[] {
  return org.schema
    .objects()
    .filter(({ kind }) => kind === "custom_metadata")
    .flatMap((object) => [...org.store.rows(object.name)].map((row) => fileOf(object, row)));
}

function fileOf(object: ObjectSchema, row: StoredRecord): SourceFile {
  const fullName = `${object.name.replace(/__mdt$/, "")}.${String(row.DeveloperName)}`;
  const deployedAs = `customMetadata/${fullName}.md`;
  return {
    path: `${deployedAs}-meta.xml`,
    content: Buffer.from(textOf(object, row)),
    component: { type: "CustomMetadata", fullName },
    deployedAs,
    lineOffset: 0,
  };
}

function textOf(object: ObjectSchema, row: StoredRecord): string {
  const values = [...object.fields.values()]
    .filter(({ custom }) => custom)
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map((field) => valueOf(field, row));
  return `<?xml version="1.0" encoding="UTF-8"?>
<CustomMetadata xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
    <label>${escapeXml(String(row.MasterLabel))}</label>
    <protected>false</protected>
${values.join("\n")}
</CustomMetadata>
`;
}

const schemaTypes: Readonly<Partial<Record<FieldType, string>>> = {
  boolean: "boolean",
  int: "double",
  double: "double",
  percent: "double",
  currency: "double",
  date: "date",
  datetime: "dateTime",
};

function valueOf(field: FieldSchema, row: StoredRecord): string {
  const value = row[field.name];
  const element =
    value === null || value === undefined
      ? '<value xsi:nil="true"/>'
      : `<value xsi:type="xsd:${schemaTypes[field.type] ?? "string"}">${escapeXml(String(value))}</value>`;
  return `    <values>\n        <field>${field.name}</field>\n        ${element}\n    </values>`;
}
