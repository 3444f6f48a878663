/** Keeps what a pass came to, all in the transaction that ends it. */
import type { Transaction } from "kysely";
import {
  clearEventBodies,
  saveEvents,
  saveShown,
  noteAlive,
} from "../../store/intake/event-snapshots.ts";
import { addChanges } from "../../store/history/history.ts";
import { deletePendingWrites, savePendingWrites } from "../../store/history/write-journal.ts";
import { setProblems } from "../../store/history/problems.ts";
import { saveReverts } from "../../store/links/reverts.ts";
import { eventKind } from "../../model/link-kinds.ts";
import type { Tables } from "../../store/database/tables.ts";
import { revertsLastMs } from "./write-loops.ts";
import type { LinkRecord } from "./link-record.ts";
import { recordLinks, type RecordContext } from "./record-links.ts";

/**
 * A few statements per kind of row, however many links: other processes wait for the locks. Rows
 * are locked in the same order by everybody: Events by id, then what belongs to them, the queue last.
 * @returns the Events whose problems were opened, seen again or closed
 */
export async function recordPass(
  trx: Transaction<Tables>,
  context: RecordContext,
  records: readonly LinkRecord[],
): Promise<ReadonlySet<string>> {
  await recordEvents(trx, context, records);
  await recordWrites(trx, context, records);
  const all = records.flatMap(({ problems }) => problems ?? []);
  const { eventIds, letGo } = await setProblems(trx, eventKind, all, context.nowMs);
  await recordLinks(trx, context, records, letGo);
  return eventIds;
}

/** What was seen of the Events, and what they show. */
async function recordEvents(
  trx: Transaction<Tables>,
  { database }: RecordContext,
  records: readonly LinkRecord[],
): Promise<void> {
  const states = records.flatMap((record) => record.states);
  const alive = records.filter(({ isAlive }) => isAlive);
  const gone = records.filter(({ isGone }) => isGone);
  const shown = records.flatMap(({ eventId, shown: state }) =>
    state === null ? [] : [[eventId, state] as const],
  );
  const others = [
    ...gone.map(eventIdOf),
    ...shown.map(([eventId]) => eventId),
    ...alive.map(eventIdOf),
  ];
  const seen = states.map(({ state }) => state);
  const news = await saveEvents(database, trx, seen, others);
  await noteAlive(trx, alive.map(eventIdOf));
  const back = states.flatMap(({ stepBack }, nth) => (news[nth] === true ? (stepBack ?? []) : []));
  await addChanges(trx, eventKind, back);
  await clearEventBodies(trx, gone.map(eventIdOf));
  await saveShown(trx, new Map(shown));
}

/** The history, and what it may still lack. */
async function recordWrites(
  trx: Transaction<Tables>,
  { nowMs }: RecordContext,
  records: readonly LinkRecord[],
): Promise<void> {
  await addChanges(
    trx,
    eventKind,
    records.flatMap(({ changes }) => changes),
  );
  const rests = records.flatMap(({ eventId, unconfirmed }) =>
    unconfirmed === null ? [] : [[eventId, unconfirmed] as const],
  );
  const ended = rests.filter(([, rest]) => rest.length === 0);
  await deletePendingWrites(
    trx,
    eventKind,
    ended.map(([eventId]) => eventId),
  );
  const left = new Map(rests.filter(([, rest]) => rest.length > 0));
  await savePendingWrites(trx, eventKind, left);
  const reverts = records.flatMap((record) => record.reverts);
  await saveReverts(trx, eventKind, reverts, nowMs - revertsLastMs);
}

const eventIdOf = ({ eventId }: LinkRecord) => eventId;
