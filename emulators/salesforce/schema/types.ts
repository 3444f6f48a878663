/**
 * The org's schema as the emulator keeps it: objects, fields, picklist values, record types.
 * Names follow the REST API's describe call; lookups by name never mind the case, as in Salesforce.
 */

export const fieldTypes = [
  "id",
  "string",
  "textarea",
  "picklist",
  "multipicklist",
  "boolean",
  "int",
  "double",
  "currency",
  "percent",
  "date",
  "datetime",
  "time",
  "email",
  "phone",
  "url",
  "reference",
  "anyType",
] as const;
export type FieldType = (typeof fieldTypes)[number];

/**
 * A value at rest. Date `YYYY-MM-DD`, date-time ISO in UTC with milliseconds, time `HH:mm:ss.SSSZ`,
 * multi-select `a;b`, Ids with 18 characters, blank always null.
 */
export type FieldValue = string | number | boolean | null;

/** A formula made ready; `formula/types.ts` says what it is run on. */
export interface CompiledFormula {
  run(input: object): FieldValue;
}

export interface PicklistValue {
  value: string;
  label: string;
  active: boolean;
  defaultValue: boolean;
  /** Controlling values under which this one may be chosen; null when the field depends on none. */
  controllingValues: readonly string[] | null;
}

export interface FieldSchema {
  name: string;
  label: string;
  type: FieldType;
  /** Characters; 0 for types without a length. */
  length: number;
  /** Digits in all, and right of the decimal point. */
  precision: number;
  scale: number;
  nillable: boolean;
  createable: boolean;
  updateable: boolean;
  unique: boolean;
  caseSensitive: boolean;
  externalId: boolean;
  calculated: boolean;
  custom: boolean;
  nameField: boolean;
  htmlFormatted: boolean;
  defaultedOnCreate: boolean;
  defaultValue: FieldValue;
  /** A default value that is more than a literal. */
  defaultFormula: { readonly text: string; readonly sourcePath: string } | null;
  /** The same made ready. */
  computedDefault: CompiledFormula | null;
  /** How an auto-number is shown, such as `P-{0000}`; null for other fields. */
  autoNumberFormat: string | null;
  inlineHelpText: string | null;
  restrictedPicklist: boolean;
  picklistValues: PicklistValue[];
  controllerName: string | null;
  referenceTo: readonly string[];
  relationshipName: string | null;
  /** What the other end calls the records that point at it, such as `ChildCampaigns`. */
  childRelationshipName: string | null;
  /** In custom metadata: the field whose value says which object this FieldDefinition belongs to. */
  controllingFieldName: string | null;
  /** Long and rich text can't be filtered, sorted or grouped in SOQL. */
  filterable: boolean;
}

export interface RecordTypeSchema {
  developerName: string;
  label: string;
  description: string | null;
  active: boolean;
  /** Values allowed per picklist field; a field that is not listed allows all its values. */
  picklistValues: Map<string, { values: string[]; defaultValue: string | null }>;
}

export interface ValidationRule {
  /** The file that it stands in, for messages. */
  sourcePath: string;
  name: string;
  active: boolean;
  formula: string;
  errorMessage: string;
  errorField: string | null;
  /** Its formula made ready; null while the rule is inactive. */
  condition: CompiledFormula | null;
}

export const objectKinds = [
  "standard",
  "custom",
  "custom_metadata",
  "platform_event",
  "definition",
] as const;
export type ObjectKind = (typeof objectKinds)[number];

/**
 * Organization-wide defaults, as a CustomObject's `sharingModel` spells them: what every user may do
 * with records that others own.
 */
export const sharingModels = ["Private", "Read", "ReadWrite", "FullAccess"] as const;
export type SharingModel = (typeof sharingModels)[number];

export interface ObjectSchema {
  name: string;
  label: string;
  labelPlural: string;
  kind: ObjectKind;
  keyPrefix: string | null;
  custom: boolean;
  /** By lower-case name, in describe's order. */
  fields: Map<string, FieldSchema>;
  recordTypes: RecordTypeSchema[];
  validationRules: ValidationRule[];
  /** Null for objects whose rows are not shared one by one: setup, custom metadata, events. */
  sharingModel: SharingModel | null;
  /** Platform events only. */
  publishBehavior: "PublishAfterCommit" | "PublishImmediately" | null;
  /** When describe last changed: what If-Modified-Since is compared with. */
  changedAt: Date;
}

/** A custom metadata row as its source file gives it. */
export interface MetadataRow {
  objectName: string;
  developerName: string;
  label: string;
  protected: boolean;
  values: Map<string, FieldValue>;
}

export interface PermissionSetSchema {
  name: string;
  label: string;
  /** Position of the source folder it came from: 0 is the package. */
  sourceIndex: number;
  /** By lower-case `Object.Field`. */
  fields: Map<string, { readable: boolean; editable: boolean }>;
  /** By lower-case object name. */
  objects: Map<string, ObjectPermissions>;
  customPermissions: string[];
  /** Lower-case names of the custom metadata types that may be read. */
  customMetadataTypes: Set<string>;
  userPermissions: string[];
}

export interface ObjectPermissions {
  read: boolean;
  create: boolean;
  edit: boolean;
  delete: boolean;
  viewAll: boolean;
  modifyAll: boolean;
}
