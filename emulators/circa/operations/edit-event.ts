import type { Circa } from "../circa.ts";
import type { EventRow } from "../entities.ts";
import { unprocessable } from "../errors.ts";
import { commitEdit } from "./commit-edit.ts";
import { planEdit, type Attributes, type EditRules } from "./plan-edit.ts";

/**
 * Changes the named fields of an Event, all or none of them.
 * @throws {ApiError} 422 with an entry per field that is refused
 */
export function editEvent(
  circa: Circa,
  event: EventRow,
  attributes: Attributes,
  rules: EditRules,
): EventRow {
  const plan = planEdit(circa, event, attributes, rules);
  if (plan.refusals.length > 0) throw unprocessable(plan.refusals);
  return commitEdit(circa, event, plan, rules.actor);
}
