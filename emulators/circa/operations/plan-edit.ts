/** Decides what an edit would change, or why it is refused. Changes nothing. */
import { has, type Circa } from "../circa.ts";
import { fieldKey, isLocked, type Actor, type EventRow, type FieldRow } from "../entities.ts";
import type { ErrorEntry } from "../errors.ts";
import { eventTimeZone } from "../formatters.ts";
import { sameValue, type FieldValue } from "../values/field-value.ts";
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

/** `event` is null for an Event that is being created. Attributes nobody knows are ignored. */
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
    const refuse = (code: string, message: string) => refusals.push({ field: key, code, message });
    if (field.type === "TEAM") {
      const wanted = idOf(given);
      if (wanted === (event?.teamId ?? null)) continue;
      if (wanted === undefined || (wanted !== null && !circa.store.teams.has(wanted))) {
        refuse("unknown_team", "is not a team of this workspace: send { id } of one");
      } else if (mayEdit(circa, field, rules, refuse)) teamId = wanted;
      continue;
    }
    const before = event?.values.get(key) ?? null;
    if (sameValue(given as FieldValue, before)) continue;
    const read = readValue(given, field, {
      timeZone,
      personByEmail: (email) => circa.store.personByEmail(email),
      personById: (id) => circa.store.personById(id),
    });
    if (read.ok && sameValue(read.value, before)) continue;
    if (!mayEdit(circa, field, rules, refuse)) continue;
    if (!read.ok) refuse(read.refusal.code, read.refusal.message);
    else if (key === "time_zone" && !isTimeZone(read.value)) {
      refuse("invalid", "must be an IANA time zone, such as Europe/Berlin");
    } else values.set(key, read.value);
  }
  return { values, teamId, refusals };
}

function mayEdit(
  circa: Circa,
  field: FieldRow,
  { actor, ignoreLocks = false }: EditRules,
  refuse: (code: string, message: string) => void,
): boolean {
  if (ignoreLocks) return true;
  if (field.readOnly) {
    refuse("read_only", `${field.label} is worked out by Circa and can't be edited`);
    return false;
  }
  if (actor.type === "user" && has(circa, "field_sync") && isLocked(field)) {
    const source = field.crmSync?.campaign_field ?? "";
    refuse("locked", `${field.label} is synced from Salesforce (${source}): edit the Campaign`);
    return false;
  }
  return true;
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

/** The id of a team that was sent as `{ id }`; undefined when it was sent in another form. */
function idOf(given: unknown): string | null | undefined {
  if (given === null) return null;
  const { id } = given as { id?: unknown };
  return typeof id === "string" ? id : undefined;
}
