import type { Circa } from "../circa.ts";
import type { Actor, EventRow } from "../entities.ts";
import { unprocessable } from "../errors.ts";
import { announceEvent } from "./announce.ts";
import { planEdit, type Attributes } from "./plan-edit.ts";

/** Adds an Event. @throws {ApiError} 422 with an entry per field that is refused */
export function createEvent(circa: Circa, attributes: Attributes, actor: Actor): EventRow {
  const plan = planEdit(circa, null, attributes, { actor });
  const missing = circa.store
    .fieldsInOrder()
    .flatMap(({ fieldName, required }) => (required && fieldName !== null ? [fieldName] : []))
    .filter((key) => !plan.values.has(key) && !plan.refusals.some(({ field }) => field === key))
    .map((key) => ({ field: key, code: "required", message: "must not be blank" }));
  const refusals = [...plan.refusals, ...missing];
  if (refusals.length > 0) throw unprocessable(refusals);
  const at = circa.now();
  const row: EventRow = {
    id: circa.store.newId("Event"),
    teamId: plan.teamId ?? null,
    values: plan.values,
    campaignId: null,
    syncStatus: null,
    version: 1,
    lastChanges: new Map(),
    createdAt: at,
    createdBy: actor.person,
    updatedAt: at,
    updatedBy: actor.person,
  };
  circa.store.putEvent(row);
  announceEvent(circa, "event.created", row, [...plan.values.keys()], actor);
  return row;
}
