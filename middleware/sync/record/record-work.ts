/** What is recorded of a processed link, all in the transaction that ends its pass. */
import type { EventState } from "../../store/intake/judge-event-state.ts";
import type { Transaction } from "kysely";
import {
  clearEventBodies,
  saveEvents,
  saveShown,
  noteAlive,
} from "../../store/intake/event-snapshots.ts";
import { addChanges, type Change } from "../../store/history/history.ts";
import { deletePendingWrites, savePendingWrites } from "../../store/history/write-journal.ts";
import { setProblems, type EventProblems } from "../../store/history/problems.ts";
import { saveReverts, type Revert } from "../../store/links/reverts.ts";
import type { Tables } from "../../store/database/tables.ts";
import { revertsLastMs } from "./alterations.ts";
import { valueRemovedCode } from "../plan/choice-problems.ts";
import { toChange, toIntended, stillOpen } from "./journal-writes.ts";
import { showMark } from "../../model/event-order.ts";
import type { LinkTask } from "../plan/link-task.ts";
import { recordLinks, type RecordContext } from "./record-links.ts";
import { waitingProblem } from "../write/waiting.ts";

/**
 * A few statements per kind of row, however many links: other processes wait for the locks. Rows
 * are locked in the same order everywhere: Events by id, then what belongs to them, the queue last.
 * @returns the tasks whose problems were opened, seen again or closed
 */
export async function recordWorks(
  trx: Transaction<Tables>,
  context: RecordContext,
  tasks: readonly LinkTask[],
): Promise<Set<LinkTask>> {
  await recordEvents(trx, context, tasks);
  await recordWrites(trx, context, tasks);
  const all = tasks.flatMap((work) => problemsOf(work, context.nowMs));
  const { eventIds, letGo } = await setProblems(trx, context.connection, all, context.nowMs);
  await recordLinks(
    trx,
    context,
    tasks.filter((work) => work.error === undefined),
    letGo,
  );
  return new Set(tasks.filter(({ eventId }) => eventIds.has(eventId)));
}

/** What was seen of the Events, and what they show. */
async function recordEvents(
  trx: Transaction<Tables>,
  { database, connection, nowMs }: RecordContext,
  tasks: readonly LinkTask[],
): Promise<void> {
  const states = tasks.flatMap((work) => work.answers.map((state) => ({ work, state })));
  const all = states.map(({ state }) => state);
  const alive = tasks.filter((work) => work.deletionTold && work.event !== null);
  // Deleted when it was read again: no later pass may start from what was kept of it.
  const gone = tasks.filter((work) => work.event === null && work.eventWasSeen);
  const shown = tasks.filter((work) => work.shown !== work.shownBefore);
  const others = [...gone, ...shown, ...alive].map(eventIdOf);
  const news = await saveEvents(database, trx, connection, all, others);
  await noteAlive(trx, connection, alive.map(eventIdOf));
  const back = states.filter(
    ({ state }, nth) => state.stepsBackFrom !== undefined && news[nth] === true,
  );
  await addChanges(
    trx,
    connection,
    back.map((it) => stepBackOf(it, nowMs)),
  );
  await clearEventBodies(trx, connection, gone.map(eventIdOf));
  await saveShown(trx, connection, new Map(shown.map((work) => [work.eventId, work.shown])));
}

/** Circa's Event is older than it was: a backup was restored there. */
function stepBackOf(
  { work, state }: { readonly work: LinkTask; readonly state: EventState },
  nowMs: number,
): Change {
  const { event } = state.answer;
  return {
    at: nowMs,
    eventId: work.eventId,
    eventName: event.name,
    campaignId: work.link.campaign?.id ?? work.known?.campaignId ?? "",
    fieldKey: "version",
    fieldLabel: "Version of the Event",
    campaignField: "",
    direction: "to_salesforce",
    oldValue: showMark(state.stepsBackFrom ?? event),
    newValue: showMark(event),
    cause: work.due.cause,
    note: "stepped_back_in_circa",
    latencyMs: null,
  };
}

/** The history, and what it may still lack. */
async function recordWrites(
  trx: Transaction<Tables>,
  { connection, nowMs }: RecordContext,
  tasks: readonly LinkTask[],
): Promise<void> {
  await addChanges(
    trx,
    connection,
    tasks.flatMap((work) => changesOf(work, nowMs)),
  );
  const rests = tasks
    .filter((work) => work.planned)
    .map((work) => [work.eventId, stillOpen(work)] as const);
  const ended = rests.filter(([, rest]) => rest.length === 0);
  await deletePendingWrites(
    trx,
    connection,
    ended.map(([eventId]) => eventId),
  );
  await savePendingWrites(trx, connection, new Map(rests.filter(([, rest]) => rest.length > 0)));
  await saveReverts(trx, connection, tasks.flatMap(revertsOf), nowMs - revertsLastMs);
}

/** None of a link that waits and is not worth telling yet. */
function problemsOf(work: LinkTask, nowMs: number): EventProblems[] {
  const { eventId } = work;
  // Where it is another Event's, this notifies the Event that claims it of the release.
  const campaignId = work.link.campaign?.id ?? work.claimedId ?? work.holderId;
  if (work.error !== undefined) {
    const waiting = waitingProblem(work, nowMs);
    return waiting === null
      ? []
      : [
          {
            eventId,
            campaignId: campaignId ?? work.known?.campaignId ?? null,
            problems: [waiting],
            amongOthers: true,
          },
        ];
  }
  // Removed values are one problem of their field, not one per Event.
  const problems = work.problems.filter(({ code }) => code !== valueRemovedCode);
  return [{ eventId, campaignId, problems }];
}

const eventIdOf = ({ eventId }: LinkTask) => eventId;

/** Of reverted and accepted values, also when another field or side failed. */
function revertsOf({ written, reverts }: LinkTask): Revert[] {
  return written.flatMap(({ change, at }) => {
    const rewrite = reverts.get(change);
    return rewrite === undefined ? [] : [{ ...rewrite, lastAt: at }];
  });
}

function changesOf(work: LinkTask, nowMs: number): Change[] {
  return [
    ...work.confirmedEarlier.map((change) => toChange(change, nowMs)),
    ...work.written.map(({ change, at }) => toChange(toIntended(work, change), at)),
  ];
}
