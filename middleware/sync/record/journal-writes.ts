/** The history's safety net: the writes that a pass plans, and those of an earlier pass. */
import type { FieldChange } from "../plan/link-plan.ts";
import type { Database } from "../../store/database/database.ts";
import type { Change } from "../../store/history/history.ts";
import { savePendingWrites, type PendingWrite } from "../../store/history/write-journal.ts";
import type { LinkTask } from "../plan/link-task.ts";
import type { Mapping } from "../mappings/mapping.ts";
import { sameJson } from "../plan/plan.ts";
import type { Campaign, CircaEvent } from "../../model/records.ts";
import type { ValueContext } from "../values/conversion.ts";

/** Keeps the planned changes of all links of a batch before the first of them is written. */
export async function journalPlannedWrites(
  { database, connection }: { readonly database: Database; readonly connection: string },
  tasks: readonly LinkTask[],
): Promise<void> {
  const writing = tasks.filter((work) => work.plan.changes.length > 0);
  const intended = new Map(writing.map((work) => [work.eventId, intendedWith(work)]));
  if (intended.size === 0) return;
  await savePendingWrites(database.query, connection, intended);
}

/** Everything the next pass needs to record this pass's writes if the process crashes. */
export function intendedWith(work: LinkTask): readonly PendingWrite[] {
  const planned = work.plan.changes.map((change) => toIntended(work, change));
  return [...work.confirmedEarlier, ...withoutRepeated([...undecided(work), ...planned])];
}

/** A field change as the history tells it. */
export function toIntended(work: LinkTask, { mapping, ...change }: FieldChange): PendingWrite {
  return {
    eventId: work.eventId,
    eventName: work.event?.name ?? "",
    campaignId: work.link.campaign?.id ?? "",
    fieldKey: mapping.circa.key,
    fieldLabel: mapping.circa.label,
    campaignField: mapping.campaign.name,
    direction: change.target === "campaign" ? "to_salesforce" : "from_salesforce",
    oldValue: change.oldValue,
    newValue: change.newValue,
    cause: work.due.cause,
    note: change.note,
    signalledAt: work.due.signalledAt,
    taken: false,
  };
}

/**
 * Changes of passes that crashed, or got no answer, and that turn out to have been taken: the
 * target holds exactly what was to be written. Its owner may have moved on since.
 */
export function findWrittenBefore(
  work: LinkTask,
  pair: { readonly event: CircaEvent; readonly campaign: Campaign },
  mappings: readonly Mapping[],
  context: ValueContext,
): readonly PendingWrite[] {
  const open = new Set([
    ...work.plan.changes.map((change) => change.mapping.circa.key),
    ...work.problems.map((problem) => problem.fieldKey),
  ]);
  const found = work.unconfirmed.filter((change) => {
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
export function stillOpen(work: LinkTask): readonly PendingWrite[] {
  if (work.error === undefined) return [];
  const written = new Set(work.written.map(({ change }) => change));
  // Circa takes a write only where the Event is as it was known: then nothing else is open.
  const eventWritten = work.written.some(({ change }) => change.target === "event");
  const unanswered = work.plan.changes.filter((change) => !written.has(change));
  return withoutRepeated([
    ...(eventWritten ? [] : undecided(work)),
    ...unanswered.map((change) => toIntended(work, change)),
  ]);
}

/**
 * Earlier writes to the Event that don't show: what is known of it may be older than they are.
 * Campaigns are always read anew.
 */
function undecided(work: LinkTask): readonly PendingWrite[] {
  const found = new Set(work.confirmedEarlier.map(identityOf));
  return work.unconfirmed.filter(
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
