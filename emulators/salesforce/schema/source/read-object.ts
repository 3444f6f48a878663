import { basename } from "node:path";
import { defineField } from "../define-field.ts";
import { auditFields, identityFields, ownerField } from "../standard/audit-fields.ts";
import { customMetadataFields, platformEventFields } from "../standard/setup-objects.ts";
import type {
  FieldSchema,
  ObjectKind,
  ObjectSchema,
  RecordTypeSchema,
  ValidationRule,
} from "../types.ts";
import { type GlobalValueSets, readField } from "./read-field.ts";
import { readSharingModel } from "./read-sharing-model.ts";
import { listSourceFiles, readXmlFile, type XmlNode } from "./read-xml.ts";

function kindOf(name: string): ObjectKind {
  if (name.endsWith("__mdt")) return "custom_metadata";
  if (name.endsWith("__e")) return "platform_event";
  return "custom";
}

function ownFields(kind: ObjectKind, label: string, nameField: XmlNode | undefined): FieldSchema[] {
  if (kind === "custom_metadata") return customMetadataFields(label);
  if (kind === "platform_event") return platformEventFields();
  const numbered = nameField?.value("type") === "AutoNumber";
  return [
    ...identityFields("Record"),
    defineField({
      name: "Name",
      label: nameField?.value("label") ?? `${label} Name`,
      type: "string",
      length: 80,
      nameField: true,
      nillable: true,
      createable: !numbered,
      updateable: !numbered,
      defaultedOnCreate: true,
      autoNumberFormat: numbered ? (nameField.value("displayFormat") ?? "{0}") : null,
    }),
    ownerField(),
    ...auditFields(),
  ];
}

/**
 * The first three characters of custom objects' Ids, in the order in which the objects come. An object
 * keeps its own for as long as the org lives, whatever is deployed before it in the alphabet.
 */
export class KeyPrefixes {
  private readonly given = new Map<string, string>();
  private readonly counts = new Map<ObjectKind, number>();

  of(name: string, kind: ObjectKind): string {
    const known = this.given.get(name.toLowerCase());
    if (known !== undefined) return known;
    const position = this.counts.get(kind) ?? 0;
    this.counts.set(kind, position + 1);
    const lead = kind === "custom_metadata" ? "m" : kind === "platform_event" ? "e" : "a";
    const prefix = `${lead}${position.toString(36).padStart(2, "0")}`;
    this.given.set(name.toLowerCase(), prefix);
    return prefix;
  }

  copy(): KeyPrefixes {
    const copy = new KeyPrefixes();
    for (const [name, prefix] of this.given) copy.given.set(name, prefix);
    for (const [kind, count] of this.counts) copy.counts.set(kind, count);
    return copy;
  }
}

export interface ReadOptions {
  readonly globals: GlobalValueSets;
  readonly changedAt: Date;
  readonly keyPrefixes: KeyPrefixes;
}

/**
 * Adds what one `objects/<Name>` folder says to the objects: a new custom object, or custom fields,
 * record types and validation rules of one that is there.
 */
export function readObjectFolder(
  folder: string,
  objects: Map<string, ObjectSchema>,
  { globals, changedAt, keyPrefixes }: ReadOptions,
): void {
  const name = basename(folder);
  const definition = listSourceFiles(folder, ".object-meta.xml")[0];
  const node = definition ? readXmlFile(definition.path, "CustomObject") : null;
  const object =
    objects.get(name.toLowerCase()) ?? createObject(name, node, objects, changedAt, keyPrefixes);
  if (definition && node) object.sharingModel = readSharingModel(object, node, definition.path);
  for (const file of listSourceFiles(`${folder}/fields`, ".field-meta.xml")) {
    addField(object, file, globals);
  }
  for (const file of listSourceFiles(`${folder}/recordTypes`, ".recordType-meta.xml")) {
    object.recordTypes.push(readRecordType(readXmlFile(file.path, "RecordType"), file.name));
  }
  for (const file of listSourceFiles(`${folder}/validationRules`, ".validationRule-meta.xml")) {
    object.validationRules.push(readRule(file));
  }
}

function createObject(
  name: string,
  node: XmlNode | null,
  objects: Map<string, ObjectSchema>,
  changedAt: Date,
  keyPrefixes: KeyPrefixes,
): ObjectSchema {
  const kind = kindOf(name);
  const label = node?.value("label") ?? name;
  const fields = ownFields(kind, label, node?.all("nameField")[0]);
  const publish = node?.value("publishBehavior");
  const object: ObjectSchema = {
    name,
    label,
    labelPlural: node?.value("pluralLabel") ?? label,
    kind,
    keyPrefix: keyPrefixes.of(name, kind),
    custom: true,
    fields: new Map(fields.map((field) => [field.name.toLowerCase(), field])),
    recordTypes: [],
    validationRules: [],
    sharingModel: kind === "custom" ? "ReadWrite" : null,
    publishBehavior:
      kind !== "platform_event"
        ? null
        : publish === "PublishAfterCommit"
          ? "PublishAfterCommit"
          : "PublishImmediately",
    changedAt,
  };
  objects.set(name.toLowerCase(), object);
  return object;
}

function addField(
  object: ObjectSchema,
  file: { path: string; name: string },
  globals: GlobalValueSets,
): void {
  const node = readXmlFile(file.path, "CustomField");
  const key = file.name.toLowerCase();
  // A standard field's file carries only what an admin may change on it, and no type.
  if (!file.name.endsWith("__c") && object.fields.has(key)) return;
  object.fields.set(key, readField(node, file.name, file.path, globals));
}

function readRecordType(node: XmlNode, name: string): RecordTypeSchema {
  const picklistValues: RecordTypeSchema["picklistValues"] = new Map();
  for (const entry of node.all("picklistValues")) {
    const values = entry.all("values");
    picklistValues.set((entry.value("picklist") ?? "").toLowerCase(), {
      // Source files percent-encode some characters of these names.
      values: values.map((value) => decodeURIComponent(value.value("fullName") ?? "")),
      defaultValue:
        values.find((value) => value.flag("default") === true)?.value("fullName") ?? null,
    });
  }
  return {
    developerName: name,
    label: node.value("label") ?? name,
    description: node.value("description"),
    active: node.flag("active") !== false,
    picklistValues,
  };
}

function readRule(file: { path: string; name: string }): ValidationRule {
  const node = readXmlFile(file.path, "ValidationRule");
  return {
    sourcePath: file.path,
    name: file.name,
    active: node.flag("active") === true,
    formula: node.value("errorConditionFormula") ?? "",
    errorMessage: node.value("errorMessage") ?? "",
    errorField: node.value("errorDisplayField"),
    condition: null,
  };
}
