/** What a worked-on link leaves behind, all in the transaction that ends its turn. */
import type { Transaction } from "kysely";
import { eventSubject, signal } from "../jobs/due-links.ts";
import type { Database } from "../jobs/storage/database.ts";
import { markLinked } from "../jobs/storage/event-pasts.ts";
import { forgetEvents, keepEvent, keepShown } from "../jobs/storage/events-seen.ts";
import { markFirstContacts } from "../jobs/storage/first-contacts.ts";
import { addChanges, type Change } from "../jobs/storage/history.ts";
import { dropIntended, keepIntended } from "../jobs/storage/intended-changes.ts";
import { dropLink, keepLink } from "../jobs/storage/links.ts";
import { openProblem, setProblems } from "../jobs/storage/problems.ts";
import { keepRewrites, type Rewrite } from "../jobs/storage/rewrites.ts";
import type { Tables } from "../jobs/storage/tables.ts";
import { rewritesLastMs } from "./alterations.ts";
import { valueRemovedCode } from "./choice-problems.ts";
import { toChange, toIntended, unfinished } from "./intentions.ts";
import type { LinkWork } from "./link-work.ts";
import type { Mapping } from "./mapping.ts";
import { waitingProblem } from "./waiting.ts";

export interface RecordContext {
  readonly database: Database;
  readonly connection: string;
  readonly mappings: readonly Mapping[];
  readonly nowMs: number;
}

/** @returns true when problems of the link were opened, seen again or closed */
export async function recordWork(
  trx: Transaction<Tables>,
  context: RecordContext,
  work: LinkWork,
): Promise<boolean> {
  const { database, connection, nowMs } = context;
  const { eventId, link } = work;
  for (const answer of work.answers) await keepEvent(database, trx, connection, answer);
  // It was gone when it was read again: the next turn must not start from what was kept of it.
  const isGone = work.error !== undefined && work.event === null && work.eventWasSeen;
  if (isGone) await forgetEvents(trx, connection, [eventId]);
  await addChanges(trx, connection, changesOf(work, nowMs));
  if (work.planned) {
    const rest = unfinished(work);
    if (rest.length === 0) await dropIntended(trx, connection, [eventId]);
    else await keepIntended(trx, connection, new Map([[eventId, rest]]));
  }
  if (work.shown !== work.shownBefore) await keepShown(trx, connection, eventId, work.shown);

  await keepRewrites(trx, connection, rewritesOf(work), nowMs - rewritesLastMs);

  const campaignId = link.campaign?.id ?? null;
  // An unfinished link keeps what was agreed before: the next turn starts from there.
  if (work.error !== undefined) {
    const waiting = waitingProblem(work, nowMs);
    if (waiting === null) return false;
    await openProblem(trx, connection, eventId, campaignId ?? work.holderId, waiting, nowMs);
    return true;
  }
  // Removed values are one problem of their field, not one per Event.
  const problems = work.problems.filter(({ code }) => code !== valueRemovedCode);
  const holderId = campaignId ?? work.holderId;
  const moved = await setProblems(trx, connection, eventId, holderId, problems, nowMs);
  if (campaignId === null) {
    if (work.known !== null) await dropLink(trx, connection, eventId);
    return moved;
  }
  if (work.known !== null && work.known.campaignId !== campaignId) {
    await dropLink(trx, connection, eventId);
  }
  const agreed = agreedValues(work, context.mappings);
  const kept = work.known;
  const agreedAnew =
    kept?.campaignId !== campaignId || JSON.stringify(kept.agreed) !== JSON.stringify(agreed);
  if (kept?.campaignId !== campaignId) await markLinked(trx, connection, [eventId], nowMs);
  if (agreedAnew) {
    const displaced = await keepLink(trx, connection, { eventId, campaignId, agreed }, nowMs);
    await signal(trx, connection, displaced.map(eventSubject), work.due.cause, nowMs);
  }
  const open = new Set(work.problems.map((problem) => problem.fieldKey));
  const contacts = work.plan.firstContacts.filter((identity) => {
    const mapping = context.mappings.find((it) => it.identity === identity);
    return mapping !== undefined && !open.has(mapping.circa.key) && !open.has(null);
  });
  await markFirstContacts(trx, connection, eventId, campaignId, contacts, nowMs);
  return moved;
}

/** Of what was put back and taken, also when another field or side failed. */
function rewritesOf({ written, rewrites }: LinkWork): Rewrite[] {
  return written.flatMap(({ change, at }) => {
    const rewrite = rewrites.get(change);
    return rewrite === undefined ? [] : [{ ...rewrite, lastAt: at }];
  });
}

function changesOf(work: LinkWork, nowMs: number): Change[] {
  return [
    ...work.writtenBefore.map((change) => toChange(change, nowMs)),
    ...work.written.map(({ change, at }) => toChange(toIntended(work, change), at)),
  ];
}

/** The Campaign's values now that both sides say the same; fields with a problem keep the old. */
function agreedValues(work: LinkWork, mappings: readonly Mapping[]): Record<string, unknown> {
  const agreed: Record<string, unknown> = {};
  const open = new Set(work.problems.map((problem) => problem.fieldKey));
  const written = new Map(
    work.written
      .filter(({ change }) => change.target === "campaign")
      .map(({ change }) => [change.mapping.circa.key, change.newValue]),
  );
  for (const { circa, campaign } of mappings) {
    const before = work.known?.agreed ?? {};
    if (open.has(circa.key) || open.has(null)) {
      if (circa.key in before) agreed[circa.key] = before[circa.key];
    } else {
      agreed[circa.key] = written.has(circa.key)
        ? written.get(circa.key)
        : (work.link.campaign?.values[campaign.name] ?? null);
    }
  }
  return agreed;
}
