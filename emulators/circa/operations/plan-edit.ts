/** Decides what an edit would change, or why it is refused. Changes nothing. */
import { has, type Circa } from "../circa.ts";
import { fieldKey, isLocked, type Actor, type EventRow, type FieldRow } from "../entities.ts";
import type { ErrorEntry } from "../errors.ts";
import { eventTimeZone } from "../formatters.ts";
import { sameValue, type FieldValue } from "../values/field-value.ts";
import { accept, refuse, type ReadResult, type ValueRefusal } from "../values/read-result.ts";
import { readValue } from "../values/read-value.ts";
import { isTimeZone } from "../values/text-formats.ts";

export interface EditPlan {
  /** New values by field key; only what differs. */
  readonly values: ReadonlyMap<string, FieldValue>;
  /** Undefined when the team stays. */
  readonly teamId: string | null | undefined;
  readonly refusals: readonly ErrorEntry[];
}

export interface EditRules {
  readonly actor: Actor;
  /** Past the lock: what an old client, or the budget behind the totals, would do. */
  readonly ignoreLocks?: boolean;
}

export type Attributes = Readonly<Record<string, unknown>>;

/** `event` is null for an Event that is being created. Unknown attributes are ignored. */
export function planEdit(
  circa: Circa,
  event: EventRow | null,
  attributes: Attributes,
  rules: EditRules,
): EditPlan {
  const values = new Map<string, FieldValue>();
  const refusals: ErrorEntry[] = [];
  let teamId: string | null | undefined;
  const timeZone = zoneAfter(event, attributes);
  for (const [field, given] of givenFields(circa, attributes, refusals)) {
    const key = fieldKey(field);
    const before = event?.values.get(key) ?? null;
    const read =
      field.type === "TEAM"
        ? readTeam(circa, event, given)
        : readChange(circa, field, given, before, timeZone);
    if (read === "unchanged") continue;
    const refusal = refusalOfEdit(circa, field, event, rules) ?? (read.ok ? null : read.refusal);
    if (refusal) refusals.push({ field: key, ...refusal });
    else if (read.ok && field.type === "TEAM") teamId = read.value as string | null;
    else if (read.ok) values.set(key, read.value);
  }
  return { values, teamId, refusals };
}

function readChange(
  circa: Circa,
  field: FieldRow,
  given: unknown,
  before: FieldValue,
  timeZone: string,
): ReadResult | "unchanged" {
  if (sameValue(given as FieldValue, before)) return "unchanged";
  const read = readValue(given, field, {
    timeZone,
    personByEmail: (email) => circa.store.personByEmail(email),
    personById: (id) => circa.store.personById(id),
  });
  if (read.ok && sameValue(read.value, before)) return "unchanged";
  const isZone = field.fieldName !== "time_zone" || !read.ok || isTimeZone(read.value);
  return isZone ? read : refuse("invalid", "must be an IANA time zone, such as Europe/Berlin");
}

/** A team comes as `{ id }` and is kept by its id. */
function readTeam(circa: Circa, event: EventRow | null, given: unknown): ReadResult | "unchanged" {
  const { id } = (given ?? { id: null }) as { id?: unknown };
  if (id === (event?.teamId ?? null)) return "unchanged";
  return id === null || (typeof id === "string" && circa.store.teams.has(id))
    ? accept(id)
    : refuse("unknown_team", "is not a team of this workspace: send { id } of one");
}

/** Why this caller may not edit this field, or null. A new Event is filled in before it locks. */
function refusalOfEdit(
  circa: Circa,
  field: FieldRow,
  event: EventRow | null,
  { actor, ignoreLocks = false }: EditRules,
): ValueRefusal | null {
  if (ignoreLocks) return null;
  if (field.readOnly) {
    const message = `${field.label} is worked out by Circa and can't be edited`;
    return { code: "read_only", message };
  }
  const isPerson = event !== null && actor.type === "user";
  if (!isPerson || !has(circa, "field_sync") || !isLocked(field)) return null;
  const source = field.crmSync?.campaign_field ?? "";
  const message = `${field.label} is synced from Salesforce (${source}): edit the Campaign`;
  return { code: "locked", message };
}

/** The known fields that the caller named, standard ones at the top, custom ones by id. */
function* givenFields(
  circa: Circa,
  attributes: Attributes,
  refusals: ErrorEntry[],
): Generator<readonly [FieldRow, unknown]> {
  const { custom_fields: custom = {} } = attributes;
  const isObject = typeof custom === "object" && custom !== null && !Array.isArray(custom);
  if (!isObject) {
    const message = "must be an object keyed by field id";
    refusals.push({ field: "custom_fields", code: "invalid", message });
  }
  for (const field of circa.store.fieldsInOrder()) {
    const source = field.fieldName === null ? (isObject ? (custom as Attributes) : {}) : attributes;
    const key = fieldKey(field);
    if (Object.hasOwn(source, key) && source[key] !== undefined) yield [field, source[key]];
  }
}

function zoneAfter(event: EventRow | null, attributes: Attributes): string {
  const { time_zone: zone } = attributes;
  if (typeof zone === "string" && isTimeZone(zone)) return zone;
  return event ? eventTimeZone(event) : "UTC";
}
