/**
 * What a picklist offers: its active values in Salesforce's order, for a record type, under a
 * controlling value; and which values it offered once and does no longer. Pure.
 */
import type { CampaignField, CircaField, PicklistValue } from "./fields.ts";

/** A value as it is stored, with the words that people see. */
export type ListedValue = Pick<PicklistValue, "value" | "label">;

export interface RecordType {
  /** 18 characters. */
  readonly id: string;
  readonly developerName: string;
  readonly label: string;
}

/** The active values that a record type offers, by Campaign field. */
export type RecordTypeList = ReadonlyMap<string, readonly ListedValue[]>;

export function isPicklist(field: CampaignField): boolean {
  return field.type === "picklist" || field.type === "multipicklist";
}

/** Circa shows a list of options for the field, which Salesforce's list can take the place of. */
export function hasOptionList(field: CircaField): boolean {
  return field.type === "SELECT" || field.type === "MULTISELECT";
}

/** Nothing for fields that are no picklists. A field that the record type leaves out offers all. */
export function offeredValues(
  field: CampaignField,
  recordType: RecordTypeList | null = null,
): readonly ListedValue[] {
  if (!isPicklist(field)) return [];
  return (
    recordType?.get(field.name) ??
    field.picklistValues
      .filter((entry) => entry.active)
      .map(({ value, label }) => ({ value, label }))
  );
}

/** The values that a Campaign's picklist or multi-select picklist holds. */
export function storedValues(field: CampaignField, value: unknown): readonly string[] {
  if (typeof value !== "string" || value === "") return [];
  return field.type === "multipicklist" ? value.split(";") : [value];
}

/** The values that an Event's field holds, whatever its type: texts alone count. */
export function eventValues(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.flatMap((item) =>
    typeof item === "string" && item.trim() !== "" ? [item.trim()] : [],
  );
}

/**
 * Place of a controlling field's value in the bit sets of the values that depend on it; null when
 * it has none.
 * Source: SOAP API Developer Guide, "DescribeSObjectResult", `validFor` and its sample
 */
export function controllingPosition(controller: CampaignField, value: unknown): number | null {
  // A checkbox has two places: unchecked and checked.
  if (controller.type === "boolean") return value === true ? 1 : 0;
  const position = controller.picklistValues.findIndex((entry) => entry.value === value);
  return position === -1 ? null : position;
}

/** Whether the bit at `position` is set, counted from the highest bit of the first byte. */
export function isValidFor(validFor: string, position: number): boolean {
  const byte = Buffer.from(validFor, "base64")[position >> 3] ?? 0;
  return (byte & (0x80 >> (position & 7))) !== 0;
}

/** The dependent field's active values that are allowed under the controlling field's value. */
export function allowedValues(
  field: CampaignField,
  controller: CampaignField,
  controllingValue: unknown,
): readonly ListedValue[] {
  const position = controllingPosition(controller, controllingValue);
  return field.picklistValues.filter((entry) => entry.active && isAllowed(entry, position));
}

/**
 * The first of `values` that the list knows but the controlling value does not allow; undefined
 * when there is none. What the list does not know is another rule's business.
 */
export function findNotAllowed(
  field: CampaignField,
  controller: CampaignField,
  controllingValue: unknown,
  values: readonly string[],
): string | undefined {
  const position = controllingPosition(controller, controllingValue);
  return values.find((value) => {
    const entry = field.picklistValues.find((it) => it.value === value);
    return entry !== undefined && !isAllowed(entry, position);
  });
}

function isAllowed({ validFor }: PicklistValue, position: number | null): boolean {
  return validFor === null || (position !== null && isValidFor(validFor, position));
}

/** A value that the list offered once and does no longer. */
export interface RemovedValue extends ListedValue {
  /** The value that seems to have taken its place; null when none does. */
  readonly successor: string | null;
}

/** A list as it was seen last. */
export interface KeptList {
  readonly offered: readonly ListedValue[];
  readonly removed: readonly RemovedValue[];
}

/** The list as it is seen now, with everything that it has lost; a value that is back is not lost. */
export function compareLists(before: KeptList | null, now: readonly ListedValue[]): KeptList {
  if (before === null) return { offered: now, removed: [] };
  const offered = new Set(now.map(({ value }) => value));
  const known = before.removed.filter(({ value }) => !offered.has(value));
  const lost = before.offered
    .filter(({ value }) => !offered.has(value))
    .map((entry) => ({ ...entry, successor: findSuccessor(entry, before.offered, now) }));
  const again = new Set(lost.map(({ value }) => value));
  return { offered: now, removed: [...known.filter(({ value }) => !again.has(value)), ...lost] };
}

/** A rename shows as a new value with the old label, or as one that stands where the old one did. */
function findSuccessor(
  gone: ListedValue,
  before: readonly ListedValue[],
  now: readonly ListedValue[],
): string | null {
  const known = new Set(before.map(({ value }) => value));
  const news = now.filter(({ value }) => !known.has(value));
  const sameLabel = news.find(({ label }) => label === gone.label);
  if (sameLabel !== undefined) return sameLabel.value;
  const inPlace = before.length === now.length ? now[before.indexOf(gone)] : undefined;
  return inPlace !== undefined && news.includes(inPlace) ? inPlace.value : null;
}

/** Those of an Event's values that are, by value or label, no longer offered. */
export function findRemoved(
  values: readonly string[],
  removed: readonly RemovedValue[],
  offered: readonly ListedValue[],
): readonly RemovedValue[] {
  const means = (text: string) => (entry: ListedValue) =>
    entry.value.trim() === text || entry.label.trim() === text;
  return values.flatMap((text) =>
    offered.some(means(text)) ? [] : (removed.find(means(text)) ?? []),
  );
}
