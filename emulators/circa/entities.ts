/** The rows that the emulator keeps. Their wire shapes are made in `formatters.ts`. */
import type { FieldType } from "./field-types.ts";
import type { FieldValue, Person } from "./values/field-value.ts";

export type { FieldType, Person };

export const directions = ["to_salesforce", "from_salesforce"] as const;
export type Direction = (typeof directions)[number];

export const syncStates = ["in_sync", "pending", "attention"] as const;
export type SyncState = (typeof syncStates)[number];

/** Who did something: a person in the app or with the person's key, or the integration. */
export interface Actor {
  readonly type: "user" | "api";
  readonly person: Person;
}

export interface Team {
  readonly id: string;
  readonly name: string;
}

export interface FieldOption {
  readonly value: string;
  readonly label: string;
}

/** What the integration said about a field with `PUT /fields/{key}/crm_sync`. */
export interface CrmSync {
  readonly provider: "salesforce";
  readonly direction: Direction;
  readonly campaign_field: string;
  readonly options: readonly FieldOption[] | null;
}

export interface FieldRow {
  readonly id: string;
  /** Null for a custom field, which is keyed by its id instead. */
  readonly fieldName: string | null;
  readonly type: FieldType;
  readonly label: string;
  readonly options: readonly string[];
  readonly section: string;
  readonly required: boolean;
  readonly order: number;
  /** Derived by Circa (totals, the brief's address): no edit reaches it. */
  readonly readOnly: boolean;
  readonly crmSync: CrmSync | null;
}

export interface SyncProblem {
  readonly field: string | null;
  readonly message: string;
  readonly hint: string | null;
}

export interface SyncStatus {
  readonly state: SyncState;
  readonly problems: readonly SyncProblem[];
  readonly synced_at: string | null;
}

/** When a field of an Event last got another value. */
export interface FieldChange {
  readonly version: number;
  readonly at: Date;
}

export interface EventRow {
  readonly id: string;
  readonly teamId: string | null;
  /** By field key; a key that is missing is blank. Team is not here but in `teamId`. */
  readonly values: ReadonlyMap<string, FieldValue>;
  readonly campaignId: string | null;
  readonly syncStatus: SyncStatus | null;
  readonly version: number;
  readonly lastChanges: ReadonlyMap<string, FieldChange>;
  readonly createdAt: Date;
  readonly createdBy: Person;
  readonly updatedAt: Date;
  readonly updatedBy: Person;
}

/** `field_name` of a standard field, `id` of a custom one. */
export function fieldKey(field: FieldRow): string {
  return field.fieldName ?? field.id;
}

/** True while the integration owns the option list, in either direction. */
export function hasLockedOptions(field: FieldRow): boolean {
  return field.crmSync?.options != null;
}

/** True while Salesforce owns the field's values. */
export function isLocked(field: FieldRow): boolean {
  return field.crmSync?.direction === "from_salesforce";
}

export function fullName(person: Person): string {
  return `${person.first_name} ${person.last_name}`.trim() || person.email;
}
