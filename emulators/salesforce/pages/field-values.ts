import { DateTime } from "luxon";
import type { Org } from "../data/org.ts";
import type { StoredRecord } from "../data/store.ts";
import type { FieldSchema, FieldValue } from "../schema/types.ts";
import { type Html, html } from "../../html.ts";

/** A value as a person reads it: labels for picklists, names for lookups, the org's own time zone. */
export function fieldText(org: Org, field: FieldSchema, value: FieldValue, timeZone: string): Html {
  if (value === null) return html``;
  switch (field.type) {
    case "boolean":
      return html`${value === true ? "Yes" : "No"}`;
    case "picklist":
    case "multipicklist":
      return html`${labelsOf(field, String(value)).join("; ")}`;
    case "reference":
      return referenceText(org, String(value));
    case "datetime":
      return html`${DateTime.fromISO(String(value), { zone: timeZone }).toFormat(
        "yyyy-MM-dd HH:mm:ss ZZZZ",
      )}`;
    case "url": {
      const address = /^https?:\/\//i.test(String(value)) ? String(value) : null;
      return address ? html`<a href="${address}">${value}</a>` : html`${value}`;
    }
    default:
      return html`${value}`;
  }
}

function labelsOf(field: FieldSchema, value: string): string[] {
  return value
    .split(";")
    .map((part) => field.picklistValues.find((entry) => entry.value === part)?.label ?? part);
}

function referenceText(org: Org, id: string): Html {
  const object = org.schema.objectOfPrefix(id.slice(0, 3));
  const row = object && org.store.get(object.name, id);
  const name = row?.Name ?? id;
  return object?.name === "Campaign"
    ? html`<a href="/lightning/r/Campaign/${id}/view">${name}</a>`
    : html`${name}`;
}

/** The form control of a field, filled with the record's value. */
export function fieldInput(org: Org, field: FieldSchema, record: StoredRecord): Html {
  const value = record[field.name] ?? null;
  const { name } = field;
  const text = value === null ? "" : String(value);
  const common = html`id="${name}" name="${name}"`;
  switch (field.type) {
    case "boolean":
      return html`<input
        type="checkbox"
        ${common}
        value="true"
        ${value === true ? html`checked` : null}
      />`;
    case "picklist":
      return html`<select ${common}>
        <option value="">--None--</option>
        ${options(field, [text])}
      </select>`;
    case "multipicklist":
      return html`<select ${common} multiple size="5">
        ${options(field, text.split(";"))}
      </select>`;
    case "reference":
      return referenceInput(org, field, text);
    case "textarea":
      return html`<textarea ${common} rows="5" maxlength="${field.length}">${text}</textarea>`;
    case "date":
      return html`<input type="date" ${common} value="${text}" />`;
    case "time":
      return html`<input type="time" step="1" ${common} value="${text.slice(0, 8)}" />`;
    case "datetime":
      return html`<input
        type="text"
        ${common}
        value="${text}"
        placeholder="2026-03-01T09:00:00Z"
      />`;
    case "double":
    case "int":
    case "currency":
    case "percent":
      return html`<input type="text" inputmode="decimal" ${common} value="${text}" />`;
    default:
      return html`<input
        type="text"
        ${common}
        value="${text}"
        maxlength="${field.length || 255}"
      />`;
  }
}

function options(field: FieldSchema, chosen: readonly string[]): Html[] {
  return field.picklistValues
    .filter((entry) => entry.active || chosen.includes(entry.value))
    .map(
      (entry) =>
        html`<option value="${entry.value}" ${chosen.includes(entry.value) ? html`selected` : null}>
          ${entry.label}
        </option>`,
    );
}

function referenceInput(org: Org, field: FieldSchema, current: string): Html {
  const rows = field.referenceTo.flatMap((target) => [...org.store.rows(target)]);
  const living = rows.filter((row) => row.IsDeleted !== true).slice(0, 500);
  return html`<select id="${field.name}" name="${field.name}">
    <option value="">--None--</option>
    ${living.map(
      (row) =>
        html`<option value="${row.Id}" ${row.Id === current ? html`selected` : null}>
          ${row.Name ?? row.Id}
        </option>`,
    )}
  </select>`;
}
