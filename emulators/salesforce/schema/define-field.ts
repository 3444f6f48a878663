import type { FieldSchema, FieldType, PicklistValue } from "./types.ts";

/** A field from what differs from the ordinary: writable, nillable, not unique. */
export function defineField(
  given: Partial<FieldSchema> & { name: string; type: FieldType },
): FieldSchema {
  return {
    label: given.name,
    length: 0,
    precision: 0,
    scale: 0,
    nillable: true,
    createable: true,
    updateable: true,
    unique: false,
    caseSensitive: false,
    externalId: false,
    calculated: false,
    custom: given.name.endsWith("__c"),
    nameField: false,
    htmlFormatted: false,
    defaultedOnCreate: false,
    defaultValue: given.type === "boolean" ? false : null,
    defaultFormula: null,
    computedDefault: null,
    autoNumberFormat: null,
    inlineHelpText: null,
    restrictedPicklist: false,
    picklistValues: [],
    controllerName: null,
    referenceTo: [],
    relationshipName: null,
    childRelationshipName: null,
    controllingFieldName: null,
    filterable: true,
    ...given,
  };
}

/** A field that people can't write, such as an audit field or a roll-up. */
export function readOnlyField(
  given: Partial<FieldSchema> & { name: string; type: FieldType },
): FieldSchema {
  return defineField({ createable: false, updateable: false, ...given });
}

/** Active values whose label is the value. */
export function picklistValuesOf(
  values: readonly string[],
  defaultValue: string | null = null,
): PicklistValue[] {
  return values.map((value) => ({
    value,
    label: value,
    active: true,
    defaultValue: value === defaultValue,
    controllingValues: null,
  }));
}
