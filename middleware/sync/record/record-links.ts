/** The links that a pass records: which Event has which Campaign, and which are due again. */
import type { Transaction } from "kysely";
import { campaignSubject, eventSubject, markDue } from "../../queue/due-links.ts";
import type { Cause, Subject } from "../../queue/due-links.ts";
import { holdCheckpoint } from "../../store/intake/checkpoints.ts";
import { markLinked } from "../../store/links/event-link-history.ts";
import {
  markInitialised,
  releaseHeldBlanks,
  type InitialSync,
} from "../../store/links/initial-syncs.ts";
import { displaceLinks, deleteLinks, saveLinks, type Link } from "../../store/links/links.ts";
import type { Tables } from "../../store/database/tables.ts";
import { describeHeldBlank } from "../plan/held-blanks.ts";
import type { LinkTask } from "../plan/link-task.ts";
import { isFresh } from "../read/read-event.ts";
import type { Mapping } from "../mappings/mapping.ts";
import type { Database } from "../../store/database/database.ts";
import type { Freshness } from "../read/freshness.ts";

export interface RecordContext {
  readonly database: Database;
  readonly connection: string;
  readonly mappings: readonly Mapping[];
  /** Of the mappings that the pass used. */
  readonly fingerprint: string;
  readonly nowMs: number;
  readonly freshness: Freshness;
}

/**
 * @param tasks finished ones: the others keep their baseline, the next pass starts there
 * @param letGo by Event: the Campaign that its link had a problem with until now
 */
export async function recordLinks(
  trx: Transaction<Tables>,
  context: RecordContext,
  tasks: readonly LinkTask[],
  letGo: ReadonlyMap<string, string>,
): Promise<void> {
  const { database, connection, mappings, fingerprint, nowMs } = context;
  const moved = tasks.filter((work) => (work.known?.campaignId ?? null) !== campaignOf(work));
  const joined = moved.filter((work) => campaignOf(work) !== null);
  // Before first contacts are touched: so does the node that takes over other mappings.
  const areOld = joined.length > 0 && (await activeMappings(trx, context)) !== fingerprint;
  const ended = moved.filter(
    ({ known, stillHolds }) => known !== null && known.campaignId !== stillHolds,
  );
  // Should it be there after all, and say what was agreed, then it is Salesforce that has moved.
  const waiting = ended.flatMap(({ seemsGone, known }) =>
    seemsGone && known !== null ? known : [],
  );
  const over = ended.filter(({ seemsGone }) => !seemsGone);
  await displaceLinks(trx, connection, waiting);
  await deleteLinks(trx, connection, over.map(eventIdOf));
  await markLinked(trx, connection, joined.map(eventIdOf), nowMs);

  const linked = tasks.filter((work) => campaignOf(work) !== null);
  const fresh = linked.flatMap((work): Link[] => {
    const campaignId = campaignOf(work);
    const baseline = baselineValues(work, mappings);
    const same =
      !moved.includes(work) && JSON.stringify(work.known?.baseline) === JSON.stringify(baseline);
    return same || campaignId === null ? [] : [{ eventId: work.eventId, campaignId, baseline }];
  });
  const displaced = await saveLinks(database, trx, connection, fresh, nowMs);
  const contacts = linked.flatMap((work) => contactsOf(work, context));
  await markInitialised(trx, connection, contacts, nowMs);
  await releaseHeldBlanks(trx, connection, linked.flatMap(releasedOf));
  await markDueAgain(trx, context, { tasks, joined, ended, displaced, letGo, areOld });
}

const activeMappings = (trx: Transaction<Tables>, { database, connection }: RecordContext) =>
  holdCheckpoint(database, trx, connection, "mappings_taken");

interface Moves {
  readonly tasks: readonly LinkTask[];
  readonly joined: readonly LinkTask[];
  readonly ended: readonly LinkTask[];
  /** Events that have lost their Campaign, each with the Event that has it now. */
  readonly displaced: ReadonlyMap<string, string>;
  readonly letGo: ReadonlyMap<string, string>;
  /** The turn went by mappings of before. */
  readonly areOld: boolean;
}

/** Changes that no notification announces. */
async function markDueAgain(
  trx: Transaction<Tables>,
  { connection, nowMs }: RecordContext,
  { tasks, joined, ended, displaced, letGo, areOld }: Moves,
): Promise<void> {
  const due = new Map<Cause, Subject[]>();
  const add = (cause: Cause, subject: Subject) =>
    due.set(cause, [...(due.get(cause) ?? []), subject]);
  const causes = new Map(tasks.map((work) => [work.eventId, work.due.cause]));
  for (const [eventId, holder] of displaced) {
    add(causes.get(holder) ?? "retry", eventSubject(eventId));
  }
  // Salesforce's notifications of the Campaign were credited meanwhile to the Event that it had.
  for (const { known, due: of } of ended) {
    if (known !== null) add(of.cause, campaignSubject(known.campaignId));
  }
  // Another Event that claims it can have it now.
  for (const work of tasks) {
    const campaignId = letGo.get(work.eventId);
    if (campaignId === undefined || campaignId === campaignOf(work)) continue;
    add(work.due.cause, campaignSubject(campaignId));
  }
  for (const work of joined) {
    // They were no links yet when all links were marked due for the present mappings.
    if (areOld) add("mappings", eventSubject(work.eventId));
    // Salesforce announces only connected Campaigns: no notification came for edits since the read.
    else if (wasConnectedHere(work)) add(work.due.cause, eventSubject(work.eventId));
  }
  for (const [cause, subjects] of due) await markDue(trx, connection, subjects, cause, nowMs);
}

function wasConnectedHere({ link, eventId }: LinkTask): boolean {
  return link.fixes.some((fix) => fix.kind === "write_event_id" && fix.eventId === eventId);
}

const campaignOf = (work: LinkTask) => work.link.campaign?.id ?? null;
const eventIdOf = ({ eventId }: LinkTask) => eventId;

/** Of the mappings that have met this link now; with a problem they will have to meet it again. */
function contactsOf(work: LinkTask, { mappings, freshness }: RecordContext): InitialSync[] {
  const { eventId, link, plan, problems, unsure } = work;
  const mayHideValue = new Set(isFresh(freshness, work) ? [] : plan.blankContacts);
  const campaignId = link.campaign?.id;
  if (campaignId === undefined) return [];
  const open = new Set(problems.map((problem) => problem.fieldKey));
  const initialised = plan.firstContacts.filter((identity) => {
    const mapping = mappings.find((it) => it.identity === identity);
    return mapping !== undefined && !open.has(mapping.circa.key) && !open.has(null);
  });
  return initialised.flatMap((mapping) => {
    const held = plan.heldBlanks.find((it) => it.mapping.identity === mapping);
    const heldBlank = held === undefined ? null : describeHeldBlank(held).message;
    const isUnsure = mayHideValue.has(mapping);
    if (isUnsure && unsure.has(mapping)) return [];
    return [{ eventId, campaignId, mapping, heldBlank, isUnsure }];
  });
}

/** Blanks held until now for which this pass had no reason any more. */
function releasedOf({ eventId, planned, held, plan }: LinkTask) {
  if (!planned || held.size === 0) return [];
  const still = new Set(plan.heldBlanks.map(({ mapping }) => mapping.identity));
  return [...held]
    .filter((mapping) => !still.has(mapping))
    .map((mapping) => ({ eventId, mapping }));
}

/** The Campaign's values now that both sides say the same; fields with a problem keep the old. */
function baselineValues(work: LinkTask, mappings: readonly Mapping[]): Record<string, unknown> {
  const baseline: Record<string, unknown> = {};
  const open = new Set(work.problems.map((problem) => problem.fieldKey));
  const written = new Map(
    work.written
      .filter(({ change }) => change.target === "campaign")
      .map(({ change }) => [change.mapping.circa.key, change.newValue]),
  );
  for (const { circa, campaign } of mappings) {
    const before = work.known?.baseline ?? {};
    if (open.has(circa.key) || open.has(null)) {
      if (circa.key in before) baseline[circa.key] = before[circa.key];
    } else {
      baseline[circa.key] = written.has(circa.key)
        ? written.get(circa.key)
        : (work.link.campaign?.values[campaign.name] ?? null);
    }
  }
  return baseline;
}
