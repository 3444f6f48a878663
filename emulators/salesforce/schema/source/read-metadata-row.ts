import { readFileSync } from "node:fs";
import type { FieldValue, MetadataRow } from "../types.ts";
import { readXmlText, type XmlNode } from "./read-xml.ts";

/** A `customMetadata/<Type>.<Name>.md-meta.xml` file as a row. */
export function readMetadataRow(path: string, name: string): MetadataRow {
  return parseMetadataRow(readFileSync(path, "utf8"), path, name);
}

/**
 * The same of a file's text.
 * @param name `Type.Name`
 */
export function parseMetadataRow(text: string, path: string, name: string): MetadataRow {
  const node = readXmlText(text, path, "CustomMetadata");
  const [typeName = "", developerName = ""] = name.split(".");
  const values = new Map<string, FieldValue>();
  for (const entry of node.all("values")) {
    const field = entry.value("field");
    const value = entry.all("value")[0];
    if (field !== null) values.set(field, value ? readValue(value) : null);
  }
  return {
    objectName: typeName.endsWith("__mdt") ? typeName : `${typeName}__mdt`,
    developerName,
    label: node.value("label") ?? developerName,
    protected: node.flag("protected") === true,
    values,
  };
}

function readValue(node: XmlNode): FieldValue {
  if (node.nil || node.text === null || node.text === "") return null;
  return node.text;
}
