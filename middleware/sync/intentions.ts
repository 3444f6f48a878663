/** The history's safety net: what a turn is about to write, and what an earlier turn has written. */
import type { Database } from "../jobs/storage/database.ts";
import type { Change } from "../jobs/storage/history.ts";
import { keepIntended, type IntendedChange } from "../jobs/storage/intended-changes.ts";
import type { LinkWork } from "./link-work.ts";
import type { Mapping } from "./mapping.ts";
import type { FieldChange } from "./plan.ts";
import type { Campaign, CircaEvent } from "./records.ts";
import type { ValueContext } from "./values/conversion.ts";

/** Keeps the planned changes of all links of a batch before the first of them is written. */
export async function keepPlans(
  { database, connection }: { readonly database: Database; readonly connection: string },
  works: readonly LinkWork[],
): Promise<void> {
  const intended = new Map<string, IntendedChange[]>();
  for (const work of works) {
    const changes = [
      ...work.writtenBefore,
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

/**
 * Changes of a turn that died, or never got its answer, which turn out to have been taken: both
 * sides agree on exactly what was to be written.
 */
export function findWrittenBefore(
  work: LinkWork,
  { event, campaign }: { readonly event: CircaEvent; readonly campaign: Campaign },
  mappings: readonly Mapping[],
  context: ValueContext,
): readonly IntendedChange[] {
  const open = new Set([
    ...work.plan.changes.map((change) => change.mapping.circa.key),
    ...work.problems.map((problem) => problem.fieldKey),
  ]);
  return work.leftOver.filter(({ fieldKey, campaignId, direction, newValue }) => {
    const mapping = mappings.find((it) => it.circa.key === fieldKey);
    if (mapping === undefined || campaignId !== campaign.id) return false;
    if (open.has(fieldKey) || open.has(null)) return false;
    return direction === "to_salesforce"
      ? mapping.conversion.equal(event.values[fieldKey] ?? null, newValue, context)
      : mapping.conversion.equal(newValue, campaign.values[mapping.campaign.name] ?? null, context);
  });
}

/**
 * What a failed turn can't say: a write that never got its answer may have been taken all the
 * same, which the next turn will see.
 */
export function unfinished(work: LinkWork): readonly IntendedChange[] {
  if (work.error === undefined) return [];
  const written = new Set(work.written.map(({ change }) => change));
  return work.plan.changes
    .filter((change) => !written.has(change))
    .map((change) => toIntended(work, change));
}

/** @param at when the other side took it, or when we saw that it had */
export function toChange({ signalledAt, ...change }: IntendedChange, at: number): Change {
  return { ...change, at, latencyMs: Math.max(0, at - signalledAt) };
}
