/** Fills the store from a seed, without webhooks and without the checks that edits go through. */
import type { EventRow, FieldRow, Person } from "./entities.ts";
import { fieldKey } from "./entities.ts";
import type { Seed, SeedEvent, SeedField } from "./seed.ts";
import { standardFields } from "./standard-fields.ts";
import type { CircaStore } from "./store.ts";
import type { FieldValue } from "./values/field-value.ts";

/** Replaces everything in the store. `now` dates Events that say nothing of it. */
export function loadSeed(store: CircaStore, seed: Seed, now: Date, admin: Person): void {
  store.clear();
  store.ensurePerson(admin);
  for (const team of seed.teams ?? []) {
    store.reserveId("Team", team.id);
    store.teams.set(team.id, team);
  }
  for (const person of seed.people ?? []) store.ensurePerson(dropUndefined(person));
  for (const field of standardFields()) store.putField(field);
  for (const field of seed.fields ?? []) store.putField(seededField(store, field));
  for (const event of seed.events ?? []) store.putEvent(seededEvent(store, event, now, admin));
}

function seededField(store: CircaStore, field: SeedField): FieldRow {
  const standard = field.field_name == null ? undefined : store.findField(field.field_name);
  const idType = field.field_name == null ? "CustomFieldType" : "FieldType";
  const id = field.id ?? standard?.id ?? store.newId(idType);
  store.reserveId(idType, id);
  return {
    id,
    fieldName: field.field_name ?? null,
    type: field.field_type,
    label: field.label,
    options: field.options ?? standard?.options ?? [],
    section: field.section ?? standard?.section ?? "Custom",
    required: (field.required ?? false) || (standard?.required ?? false),
    readOnly: standard?.readOnly ?? false,
    order: field.order ?? standard?.order ?? store.fieldsInOrder().length + 1,
    crmSync: null,
  };
}

function seededEvent(store: CircaStore, event: SeedEvent, now: Date, admin: Person): EventRow {
  const id = event.id ?? store.newId("Event");
  store.reserveId("Event", id);
  if (event.team && !store.teams.has(event.team.id)) store.teams.set(event.team.id, event.team);
  const createdAt = event.created_at === undefined ? now : new Date(event.created_at);
  const createdBy = event.created_by ? store.ensurePerson(dropUndefined(event.created_by)) : admin;
  return {
    id,
    teamId: event.team?.id ?? null,
    values: seededValues(store, event),
    campaignId: event.salesforce_campaign_id ?? null,
    syncStatus: null,
    version: event.version ?? 1,
    lastChanges: new Map(),
    createdAt,
    createdBy,
    updatedAt: event.updated_at === undefined ? createdAt : new Date(event.updated_at),
    updatedBy: event.updated_by ? store.ensurePerson(dropUndefined(event.updated_by)) : createdBy,
  };
}

function seededValues(store: CircaStore, event: SeedEvent): Map<string, FieldValue> {
  const values = new Map<string, FieldValue>();
  for (const field of store.fieldsInOrder()) {
    if (field.type === "TEAM") continue;
    const key = fieldKey(field);
    const value = field.fieldName === null ? event.custom_fields?.[key] : event[key];
    if (value == null) continue;
    values.set(key, field.type === "PERSON" ? seededPerson(store, value) : (value as FieldValue));
  }
  return values;
}

/** A person may be written as an e-mail or as an object with one. */
function seededPerson(store: CircaStore, value: unknown): Person | null {
  if (typeof value === "string") return store.ensurePerson({ email: value });
  const { email } = value as { email?: unknown };
  if (typeof email !== "string") return null;
  return store.ensurePerson(value as Person);
}

/** An optional attribute that is there but undefined counts as absent. */
function dropUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
