/** Puts what an edit plan says into the store and tells the webhooks. */
import type { Circa } from "../circa.ts";
import type { Actor, EventRow, FieldChange } from "../entities.ts";
import { announceEvent } from "./announce.ts";
import type { EditPlan } from "./plan-edit.ts";

/** The Event as it is then; the same row when the plan changes nothing. */
export function commitEdit(circa: Circa, event: EventRow, plan: EditPlan, actor: Actor): EventRow {
  const changed = [...plan.values.keys(), ...(plan.teamId === undefined ? [] : ["team"])];
  if (changed.length === 0) return event;
  const at = circa.now();
  const version = event.version + 1;
  const change: FieldChange = { version, at };
  const row: EventRow = {
    ...event,
    values: new Map([...event.values, ...plan.values]),
    teamId: plan.teamId === undefined ? event.teamId : plan.teamId,
    version,
    lastChanges: new Map([...event.lastChanges, ...changed.map((key) => [key, change] as const)]),
    updatedAt: at,
    updatedBy: actor.person,
  };
  circa.store.putEvent(row);
  announceEvent(circa, "event.updated", row, changed, actor);
  return row;
}
