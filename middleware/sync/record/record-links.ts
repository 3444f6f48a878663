/** The links that a pass records: which Event has which Campaign, and which are due again. */
import type { Transaction } from "kysely";
import { campaignSubject, eventSubject, markDue } from "../../queue/due-links.ts";
import type { Cause, Subject } from "../../queue/due-links.ts";
import { holdCheckpoint } from "../../store/intake/checkpoints.ts";
import { markLinked } from "../../store/links/event-link-history.ts";
import { markInitialised, releaseHeldBlanks } from "../../store/links/initial-syncs.ts";
import { displaceLinks, deleteLinks, saveLinks } from "../../store/links/links.ts";
import type { Tables } from "../../store/database/tables.ts";
import type { Database } from "../../store/database/database.ts";
import type { LinkOutcome, LinkRecord, RecordInput } from "./link-record.ts";

export interface RecordContext extends RecordInput {
  readonly database: Database;
  /** Of the mappings that the pass used. */
  readonly fingerprint: string;
}

/** @param letGo by Event: the Campaign that its link had a problem with until now */
export async function recordLinks(
  trx: Transaction<Tables>,
  context: RecordContext,
  records: readonly LinkRecord[],
  letGo: ReadonlyMap<string, string>,
): Promise<void> {
  const { database, fingerprint, nowMs } = context;
  const finished = records.flatMap(({ eventId, cause, outcome }) =>
    outcome === null ? [] : [{ eventId, cause, ...outcome }],
  );
  const joined = finished.filter(({ isJoined }) => isJoined);
  // Before initial syncs are touched: a node that takes other mappings over does so too.
  const areOld = joined.length > 0 && (await activeMappings(trx, context)) !== fingerprint;
  const waiting = finished.flatMap(({ ended, seemsGone }) => (seemsGone ? (ended ?? []) : []));
  const over = finished.filter(({ ended, seemsGone }) => ended !== null && !seemsGone);
  await displaceLinks(trx, waiting);
  await deleteLinks(trx, over.map(eventIdOf));
  await markLinked(trx, joined.map(eventIdOf), nowMs);
  const links = finished.flatMap(({ link }) => link ?? []);
  const displaced = await saveLinks(database, trx, links, nowMs);
  const initialSyncs = finished.flatMap((it) => it.initialSyncs);
  await markInitialised(trx, initialSyncs, nowMs);
  await releaseHeldBlanks(
    trx,
    finished.flatMap(({ released }) => released),
  );
  await markDueAgain(trx, nowMs, { finished, displaced, letGo, areOld });
}

const activeMappings = (trx: Transaction<Tables>, { database }: RecordContext) =>
  holdCheckpoint(database, trx, "mappings_taken");

const eventIdOf = ({ eventId }: FinishedLink) => eventId;

interface FinishedLink extends LinkOutcome {
  readonly eventId: string;
  readonly cause: Cause;
}

interface Moves {
  readonly finished: readonly FinishedLink[];
  /** Events that have lost their Campaign, each with the Event that has it now. */
  readonly displaced: ReadonlyMap<string, string>;
  readonly letGo: ReadonlyMap<string, string>;
  /** This pass used an outdated mapping set. */
  readonly areOld: boolean;
}

/** Changes that no notification announces. */
async function markDueAgain(
  trx: Transaction<Tables>,
  nowMs: number,
  { finished, displaced, letGo, areOld }: Moves,
): Promise<void> {
  const due = new Map<Cause, Subject[]>();
  const add = (cause: Cause, subject: Subject) =>
    due.set(cause, [...(due.get(cause) ?? []), subject]);
  const causes = new Map(finished.map(({ eventId, cause }) => [eventId, cause]));
  for (const [eventId, holder] of displaced) {
    add(causes.get(holder) ?? "retry", eventSubject(eventId));
  }
  // Salesforce's notifications of the Campaign were credited meanwhile to the Event that it had.
  for (const { ended, cause } of finished) {
    if (ended !== null) add(cause, campaignSubject(ended.campaignId));
  }
  // Another Event that claims it can have it now.
  for (const { eventId, cause, campaignId: own } of finished) {
    const campaignId = letGo.get(eventId);
    if (campaignId === undefined || campaignId === own) continue;
    add(cause, campaignSubject(campaignId));
  }
  for (const { eventId, cause, isJoined, wasConnectedHere } of finished) {
    if (!isJoined) continue;
    // They were no links yet when all links were marked due for the present mappings.
    if (areOld) add("mappings", eventSubject(eventId));
    // Salesforce announces only connected Campaigns: no notification came for edits since the read.
    else if (wasConnectedHere) add(cause, eventSubject(eventId));
  }
  for (const [cause, subjects] of due) await markDue(trx, subjects, cause, nowMs);
}
