/** Rows as the API gives them. */
import { DateTime } from "luxon";
import { fieldKey, hasLockedOptions, type EventRow, type FieldRow, type Team } from "./entities.ts";
import type { Settings } from "./settings.ts";
import type { CircaStore } from "./store.ts";
import { isBlank, type FieldValue } from "./values/field-value.ts";
import { isTimeZone } from "./values/text-formats.ts";

/** What people call the Event. */
export function eventName(event: EventRow): string {
  const name = event.values.get("name");
  return typeof name === "string" && name !== "" ? name : event.id;
}

export type WireObject = Record<string, unknown>;

/** A `Time`: ISO 8601, UTC, whole seconds. */
export function formatTime(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

export function eventTimeZone(event: EventRow): string {
  const zone = event.values.get("time_zone");
  return typeof zone === "string" && isTimeZone(zone) ? zone : "UTC";
}

function formatEventDate(value: FieldValue, event: EventRow): FieldValue {
  if (typeof value !== "string") return value;
  const midnight = DateTime.fromISO(value, { zone: eventTimeZone(event) });
  return midnight.isValid ? formatTime(midnight.toJSDate()) : value;
}

function formatValue(field: FieldRow, event: EventRow, settings: Settings): FieldValue {
  const value = event.values.get(fieldKey(field)) ?? null;
  if (isBlank(value)) return field.type === "MULTISELECT" ? [] : null;
  const isEventDate = field.fieldName === "start_date" || field.fieldName === "end_date";
  return isEventDate && settings.eventDates === "time" ? formatEventDate(value, event) : value;
}

function formatCustomFields(values: Map<string, FieldValue>, shape: Settings["customFields"]) {
  if (shape === "object") return Object.fromEntries(values);
  const idName = shape === "array" ? "id" : "field_id";
  return [...values].map(([id, value]) => ({ [idName]: id, value }));
}

/** The whole Event, with the contract's attributes where the contract is on. */
export function formatEvent(event: EventRow, store: CircaStore, settings: Settings): WireObject {
  const standard: WireObject = {};
  const custom = new Map<string, FieldValue>();
  for (const field of store.fieldsInOrder()) {
    if (field.type === "TEAM") {
      standard[fieldKey(field)] = formatTeamOf(event, store);
    } else if (field.fieldName === null) {
      custom.set(field.id, formatValue(field, event, settings));
    } else {
      standard[field.fieldName] = formatValue(field, event, settings);
    }
  }
  const { contract } = settings;
  return {
    id: event.id,
    ...standard,
    custom_fields: formatCustomFields(custom, settings.customFields),
    created_at: formatTime(event.createdAt),
    created_by: event.createdBy,
    updated_at: formatTime(event.updatedAt),
    updated_by: event.updatedBy,
    ...(contract.connected_campaign && { salesforce_campaign_id: event.campaignId }),
    ...(contract.sync_status && { crm_sync_status: event.syncStatus }),
    ...(contract.versions && { version: event.version }),
  };
}

function formatTeamOf(event: EventRow, store: CircaStore): Team | null {
  return event.teamId === null ? null : (store.teams.get(event.teamId) ?? null);
}

export function formatField(field: FieldRow, settings: Settings): WireObject {
  return {
    id: field.id,
    label: field.label,
    field_name: field.fieldName,
    field_for: "Event",
    field_type: field.type,
    options: field.options,
    section: field.section,
    required: field.required,
    order: field.order,
    ...(settings.contract.field_sync && {
      crm_sync: field.crmSync,
      options_locked: hasLockedOptions(field),
    }),
  };
}
