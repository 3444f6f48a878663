/** The history's safety net: what a turn is about to write, and what an earlier turn has written. */
import type { Database } from "../jobs/storage/database.ts";
import type { Change } from "../jobs/storage/history.ts";
import { keepIntended, type IntendedChange } from "../jobs/storage/intended-changes.ts";
import type { LinkWork } from "./link-work.ts";
import type { FieldChange } from "./plan.ts";

/** Keeps the planned changes of all links of a batch before the first of them is written. */
export async function keepPlans(
  { database, connection }: { readonly database: Database; readonly connection: string },
  works: readonly LinkWork[],
): Promise<void> {
  const intended = new Map<string, IntendedChange[]>();
  for (const work of works) {
    const changes = [
      ...alreadyWritten(work),
      ...work.plan.changes.map((change) => toIntended(work, change)),
    ];
    if (work.plan.changes.length > 0) intended.set(work.eventId, changes);
  }
  if (intended.size === 0) return;
  await database.write((trx) => keepIntended(trx, connection, intended));
}

/** A field change as the history tells it. */
export function toIntended(work: LinkWork, { mapping, ...change }: FieldChange): IntendedChange {
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
  };
}

/** Changes of a turn that died which this turn need not plan again: they had been written. */
export function alreadyWritten(work: LinkWork): readonly IntendedChange[] {
  if (!work.planned) return [];
  const open = new Set([
    ...work.plan.changes.map((change) => change.mapping.circa.key),
    ...work.problems.map((problem) => problem.fieldKey),
  ]);
  return work.leftOver.filter(
    ({ fieldKey, campaignId }) =>
      campaignId === work.link.campaign?.id && !open.has(fieldKey) && !open.has(null),
  );
}

/** @param at when the other side took it, or when we saw that it had */
export function toChange({ signalledAt, ...change }: IntendedChange, at: number): Change {
  return { ...change, at, latencyMs: Math.max(0, at - signalledAt) };
}
