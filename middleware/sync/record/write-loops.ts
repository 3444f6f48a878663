/**
 * A field that something else alters after each of our writes (a flow that rewrites it, another
 * integration that owns it as well): after a few rounds it becomes a problem and is written at
 * growing intervals only, until a value stays.
 */
import type { FieldChange } from "../plan/link-plan.ts";
import type { Database } from "../../store/database/database.ts";
import { revertsOf, type Revert } from "../../store/links/reverts.ts";
import type { Clock } from "../../runtime/clock.ts";
import { pairOf, replaceTasks, type PlannedTask } from "../plan/link-task.ts";
import { eventKind } from "../../model/link-kinds.ts";
import { fieldProblem, type Problem } from "../../model/problems/problem.ts";
import { showValue } from "../values/show-value.ts";

/** So often a field is reverted at once. */
const freeRounds = 3;
/** Automation answers a write within this time; what comes later is taken for a person's edit. */
const answersWithinMs = 60_000;
const firstPauseMs = 60_000;
const maxPauseMs = 6 * 3_600_000;

/** Longer than any pause. */
export const revertsLastMs = 24 * 3_600_000;

/**
 * Takes changes that would be in vain now out of the plans, and says so as problems.
 * @returns the tasks in their order
 */
export async function holdBackWriteLoops(
  parts: { readonly database: Database; readonly clock: Clock },
  tasks: readonly PlannedTask[],
): Promise<readonly PlannedTask[]> {
  const reverting = tasks.filter((task) => task.plan.changes.some(isReverted));
  if (reverting.length === 0) return tasks;
  const eventIds = reverting.map(({ eventId }) => eventId);
  const known = await revertsOf(parts.database.query, eventKind, eventIds);
  const held = reverting.map((task) => {
    const own = known.filter(({ linkId }) => linkId === task.eventId);
    return holdBack(task, own, parts.clock.now());
  });
  return replaceTasks(tasks, held);
}

/** Only a value that both sides had agreed on can have been altered. */
function isReverted({ note }: FieldChange): boolean {
  return note === "put_back_in_salesforce" || note === "put_back_in_circa";
}

function holdBack(task: PlannedTask, known: readonly Revert[], nowMs: number): PlannedTask {
  const pair = pairOf(task);
  if (pair === null) return task;
  const kept: FieldChange[] = [];
  const problems: Problem[] = [];
  const reverts = new Map<FieldChange, Revert>();
  for (const change of task.plan.changes) {
    if (!isReverted(change)) {
      kept.push(change);
      continue;
    }
    const { target, newValue } = change;
    const fieldKey = change.mapping.circa.key;
    const value = JSON.stringify(newValue ?? null);
    const before = known.find((it) => it.fieldKey === fieldKey && it.target === target);
    const alteredAt = target === "campaign" ? pair.campaign.modifiedAt : pair.event.updatedAt;
    const again = before?.value === value && alteredAt <= before.lastAt + answersWithinMs;
    const count = again ? before.count : 0;
    if (again && count >= freeRounds) problems.push(altered(change, before));
    if (again && nowMs >= before.lastAt && nowMs < before.lastAt + pauseAfter(count)) continue;
    kept.push(change);
    const firstAt = again ? before.firstAt : nowMs;
    const next = { linkId: task.eventId, fieldKey, target, value, count: count + 1, firstAt };
    reverts.set(change, { ...next, lastAt: nowMs });
  }
  const plan = { ...task.plan, changes: kept };
  return { ...task, plan, problems: [...task.problems, ...problems], reverts };
}

function pauseAfter(count: number): number {
  if (count < freeRounds) return 0;
  return Math.min(maxPauseMs, firstPauseMs * 2 ** Math.min(count - freeRounds, 20));
}

function altered({ mapping, target, oldValue, newValue }: FieldChange, before: Revert): Problem {
  const { circa, campaign } = mapping;
  const [code, label] =
    target === "campaign"
      ? (["ALTERED_IN_SALESFORCE", campaign.label] as const)
      : (["ALTERED_IN_CIRCA", circa.label] as const);
  return fieldProblem(circa, code, {
    label,
    altered: showValue(oldValue),
    written: showValue(newValue),
    count: before.count,
    since: new Date(before.firstAt).toISOString(),
  });
}
