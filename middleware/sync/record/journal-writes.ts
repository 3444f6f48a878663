/** The history's safety net: the writes that a pass plans, and those of an earlier pass. */
import type { FieldChange } from "../plan/link-plan.ts";
import type { Database } from "../../store/database/database.ts";
import type { Change } from "../../store/history/history.ts";
import { savePendingWrites, type PendingWrite } from "../../store/history/write-journal.ts";
import type { PlannedTask, WrittenTask } from "../plan/link-task.ts";
import type { Mapping } from "../mappings/mapping.ts";
import { sameJson } from "../plan/plan.ts";
import { eventKind } from "../../model/link-kinds.ts";
import type { Campaign, CircaEvent } from "../../model/records.ts";
import type { ValueContext } from "../values/conversion.ts";

/** Keeps the planned changes of all links of a batch before the first of them is written. */
export async function journalPlannedWrites(
  { database }: { readonly database: Database },
  tasks: readonly PlannedTask[],
): Promise<void> {
  const writing = tasks.filter((task) => task.plan.changes.length > 0);
  const intended = new Map(writing.map((task) => [task.eventId, intendedWith(task)]));
  if (intended.size === 0) return;
  await savePendingWrites(database.query, eventKind, intended);
}

/** Everything the next pass needs to record this pass's writes if the process crashes. */
export function intendedWith(task: PlannedTask): readonly PendingWrite[] {
  const planned = task.plan.changes.map((change) => toIntended(task, change));
  return [...task.confirmedEarlier, ...withoutRepeated([...undecided(task), ...planned])];
}

/** A field change as the history tells it. */
export function toIntended(task: PlannedTask, { mapping, ...change }: FieldChange): PendingWrite {
  return {
    eventId: task.eventId,
    eventName: task.event?.name ?? "",
    campaignId: task.link.campaign?.id ?? "",
    fieldKey: mapping.circa.key,
    fieldLabel: mapping.circa.label,
    campaignField: mapping.campaign.name,
    direction: change.target === "campaign" ? "to_salesforce" : "from_salesforce",
    oldValue: change.oldValue,
    newValue: change.newValue,
    cause: task.due.cause,
    note: change.note,
    signalledAt: task.due.signalledAt,
    taken: false,
  };
}

/**
 * Changes of passes that crashed, or got no answer, and that turn out to have been taken: the
 * target holds exactly what was to be written. Its owner may have moved on since.
 */
export function findWrittenBefore(
  task: Pick<PlannedTask, "plan" | "problems" | "unconfirmed">,
  pair: { readonly event: CircaEvent; readonly campaign: Campaign },
  mappings: readonly Mapping[],
  context: ValueContext,
): readonly PendingWrite[] {
  const open = new Set([
    ...task.plan.changes.map((change) => change.mapping.circa.key),
    ...task.problems.map((problem) => problem.fieldKey),
  ]);
  const found = task.unconfirmed.filter((change) => {
    const { fieldKey, campaignId, direction, newValue } = change;
    if (change.taken) return true;
    const mapping = mappings.find((it) => it.circa.key === fieldKey);
    if (mapping === undefined || campaignId !== pair.campaign.id) return false;
    const { conversion } = mapping;
    const eventValue = pair.event.values[fieldKey] ?? null;
    const campaignValue = pair.campaign.values[mapping.campaign.name] ?? null;
    const toCampaign = direction === "to_salesforce";
    if (sameJson(toCampaign ? campaignValue : eventValue, newValue)) return true;
    // A value may be stored in another form than it was sent in: then the sides agree at least.
    if (open.has(fieldKey) || open.has(null)) return false;
    return toCampaign
      ? conversion.equal(eventValue, newValue, context)
      : conversion.equal(newValue, campaignValue, context);
  });
  return found.map((change) => ({ ...change, taken: true }));
}

/**
 * What a failed turn can't say: a write that never got its answer may have been taken all the
 * same, which the next pass will see.
 */
export function stillOpen(task: WrittenTask): readonly PendingWrite[] {
  if (task.error === undefined) return [];
  const written = new Set(task.written.map(({ change }) => change));
  // Circa takes a write only where the Event is as it was known: then nothing else is open.
  const eventWritten = task.written.some(({ change }) => change.target === "event");
  const unanswered = task.plan.changes.filter((change) => !written.has(change));
  return withoutRepeated([
    ...(eventWritten ? [] : undecided(task)),
    ...unanswered.map((change) => toIntended(task, change)),
  ]);
}

/**
 * Earlier writes to the Event that don't show: what is known of it may be older than they are.
 * Campaigns are always read anew.
 */
function undecided(task: PlannedTask): readonly PendingWrite[] {
  const found = new Set(task.confirmedEarlier.map(identityOf));
  return task.unconfirmed.filter(
    (change) => change.direction === "from_salesforce" && !found.has(identityOf(change)),
  );
}

/** Enough for any field that a person edits while its Event can't be written. */
const maxUndecided = 50;

/** The same value for the same field, planned once more, is one change. */
function withoutRepeated(changes: readonly PendingWrite[]): readonly PendingWrite[] {
  const last = new Map(changes.map((change) => [identityOf(change), change]));
  return [...last.values()].slice(-maxUndecided);
}

function identityOf({ fieldKey, direction, newValue }: PendingWrite): string {
  return JSON.stringify([fieldKey, direction, newValue ?? null]);
}

/** @param at when the other side took it, or when we saw that it had */
export function toChange(
  { signalledAt, taken: _taken, ...change }: PendingWrite,
  at: number,
): Change {
  return { ...change, at, latencyMs: Math.max(0, at - signalledAt) };
}
