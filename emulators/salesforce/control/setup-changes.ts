import type { Org } from "../data/org.ts";
import type { FieldSchema, ObjectSchema, PicklistValue } from "../schema/types.ts";
import { fieldTypes } from "../schema/types.ts";
import { defineField } from "../schema/define-field.ts";
import { z } from "zod";
import { integrationPermissionSet } from "../setup/identity.ts";

/** A change that names something the org doesn't have. */
export class NoSuchThing extends Error {}

export const picklistChange = z.strictObject({
  object: z.string().default("Campaign"),
  field: z.string(),
  value: z.string(),
  label: z.string().optional(),
  active: z.boolean().optional(),
  default: z.boolean().optional(),
  /** Gives the value another API name, on the records that have it too. */
  renameTo: z.string().optional(),
  /** Takes the value off the list; records keep it. */
  remove: z.boolean().default(false),
});

/** Adds, changes, renames or removes a picklist value, as an admin does in Setup. */
export function changePicklistValue(org: Org, change: z.infer<typeof picklistChange>): void {
  const { object, field } = requireField(org, change.object, change.field);
  const at = field.picklistValues.findIndex((entry) => entry.value === change.value);
  const before: PicklistValue = field.picklistValues[at] ?? {
    value: change.value,
    label: change.value,
    active: true,
    defaultValue: false,
    controllingValues: null,
  };
  const after: PicklistValue = {
    ...before,
    value: change.renameTo ?? before.value,
    label: change.label ?? change.renameTo ?? before.label,
    active: change.active ?? before.active,
    defaultValue: change.default ?? before.defaultValue,
  };
  const others = field.picklistValues.map((entry) =>
    after.defaultValue ? { ...entry, defaultValue: false } : entry,
  );
  if (change.remove) others.splice(at, at === -1 ? 0 : 1);
  else others.splice(at === -1 ? others.length : at, at === -1 ? 0 : 1, after);
  org.schema.putField(object.name, { ...field, picklistValues: others }, org.now());
  if (change.renameTo !== undefined)
    renameOnRecords(org, object, field, change.value, change.renameTo);
}

function renameOnRecords(
  org: Org,
  object: ObjectSchema,
  field: FieldSchema,
  from: string,
  to: string,
): void {
  for (const row of [...org.store.rows(object.name)]) {
    const value = row[field.name];
    if (typeof value !== "string" || !value.split(";").includes(from)) continue;
    const parts = value.split(";").map((part) => (part === from ? to : part));
    org.store.put(object.name, { ...row, [field.name]: parts.join(";") });
  }
  org.store.commit();
}

export const fieldChange = z.strictObject({
  object: z.string().default("Campaign"),
  field: z.string(),
  remove: z.boolean().default(false),
  /** What becomes different; for a field that is not there yet, `type` at least. */
  set: z
    .strictObject({
      label: z.string(),
      type: z.enum(fieldTypes),
      length: z.int().nonnegative(),
      precision: z.int().nonnegative(),
      scale: z.int().nonnegative(),
      nillable: z.boolean(),
      createable: z.boolean(),
      updateable: z.boolean(),
      unique: z.boolean(),
      caseSensitive: z.boolean(),
      externalId: z.boolean(),
      calculated: z.boolean(),
      restrictedPicklist: z.boolean(),
      htmlFormatted: z.boolean(),
    })
    .partial()
    .default({}),
});

/** Removes a field, changes it, or adds one. Values of a removed field can't be read any more. */
export function changeField(org: Org, change: z.infer<typeof fieldChange>): void {
  const object = requireObject(org, change.object);
  if (change.remove) {
    if (!org.schema.removeField(object.name, change.field, org.now())) {
      throw new NoSuchThing(`${object.name} has no field ${change.field}.`);
    }
    return;
  }
  const before = object.fields.get(change.field.toLowerCase());
  const given = Object.fromEntries(
    Object.entries(change.set).filter(([, value]) => value !== undefined),
  );
  if (!before && !change.set.type) {
    throw new NoSuchThing(`${object.name} has no field ${change.field}: a new one needs a type.`);
  }
  const type = change.set.type ?? before?.type ?? "string";
  const after = defineField({ name: change.field, ...before, ...given, type });
  org.schema.putField(object.name, after, org.now());
}

export const permissionChange = z.strictObject({
  permissionSet: z.string().default(integrationPermissionSet),
  object: z.string().default("Campaign"),
  field: z.string(),
  readable: z.boolean(),
  editable: z.boolean().default(false),
});

/** Changes what a permission set grants on a field. */
export function changeFieldPermission(org: Org, change: z.infer<typeof permissionChange>): void {
  const set = org.schema.permissionSets.get(change.permissionSet);
  if (!set) throw new NoSuchThing(`There is no permission set ${change.permissionSet}.`);
  const { object, field } = requireField(org, change.object, change.field);
  const { editable } = change;
  const readable = change.readable || editable;
  org.schema.grantField(set.name, `${object.name}.${field.name}`, { readable, editable });
  object.changedAt = org.now();
}

function requireObject(org: Org, name: string): ObjectSchema {
  const object = org.schema.object(name);
  if (!object) throw new NoSuchThing(`There is no object ${name}.`);
  return object;
}

function requireField(
  org: Org,
  objectName: string,
  fieldName: string,
): { object: ObjectSchema; field: FieldSchema } {
  const object = requireObject(org, objectName);
  const field = object.fields.get(fieldName.toLowerCase());
  if (!field) throw new NoSuchThing(`${object.name} has no field ${fieldName}.`);
  return { object, field };
}
