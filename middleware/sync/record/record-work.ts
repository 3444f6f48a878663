/** What a worked-on link leaves behind, all in the transaction that ends its turn. */
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
import type { WrittenTask } from "../plan/link-task.ts";
import { recordLinks, type RecordContext } from "./record-links.ts";
import { waitingProblem } from "../write/waiting.ts";

/**
 * A few statements per kind of row, however many links: other processes wait for the locks. Rows
 * are locked in the same order by everybody: Events by id, then what belongs to them, the queue last.
 * @returns the tasks whose problems were opened, seen again or closed
 */
export async function recordWorks(
  trx: Transaction<Tables>,
  context: RecordContext,
  tasks: readonly WrittenTask[],
): Promise<Set<WrittenTask>> {
  await recordEvents(trx, context, tasks);
  await recordWrites(trx, context, tasks);
  const all = tasks.flatMap((task) => problemsOf(task, context.nowMs));
  const { eventIds, letGo } = await setProblems(trx, all, context.nowMs);
  await recordLinks(
    trx,
    context,
    tasks.filter((task) => task.error === undefined),
    letGo,
  );
  return new Set(tasks.filter(({ eventId }) => eventIds.has(eventId)));
}

/** What was seen of the Events, and what they show. */
async function recordEvents(
  trx: Transaction<Tables>,
  { database, nowMs }: RecordContext,
  tasks: readonly WrittenTask[],
): Promise<void> {
  const states = tasks.flatMap((task) => task.answers.map((state) => ({ task, state })));
  const all = states.map(({ state }) => state);
  const alive = tasks.filter((task) => task.deletionTold && task.event !== null);
  // Gone when it was read again: no later turn may start from what was kept of it.
  const gone = tasks.filter((task) => task.event === null && task.eventWasSeen);
  const shown = tasks.filter((task) => task.shown !== task.shownBefore);
  const others = [...gone, ...shown, ...alive].map(eventIdOf);
  const news = await saveEvents(database, trx, all, others);
  await noteAlive(trx, alive.map(eventIdOf));
  const back = states.filter(
    ({ state }, nth) => state.stepsBackFrom !== undefined && news[nth] === true,
  );
  await addChanges(
    trx,
    back.map((it) => stepBackOf(it, nowMs)),
  );
  await clearEventBodies(trx, gone.map(eventIdOf));
  await saveShown(trx, new Map(shown.map((task) => [task.eventId, task.shown])));
}

/** Circa's Event is older than it was: a backup was restored there. */
function stepBackOf(
  { task, state }: { readonly task: WrittenTask; readonly state: EventState },
  nowMs: number,
): Change {
  const { event } = state.answer;
  return {
    at: nowMs,
    eventId: task.eventId,
    eventName: event.name,
    campaignId: task.link.campaign?.id ?? task.known?.campaignId ?? "",
    fieldKey: "version",
    fieldLabel: "Version of the Event",
    campaignField: "",
    direction: "to_salesforce",
    oldValue: showMark(state.stepsBackFrom ?? event),
    newValue: showMark(event),
    cause: task.due.cause,
    note: "stepped_back_in_circa",
    latencyMs: null,
  };
}

/** The history, and what it may still lack. */
async function recordWrites(
  trx: Transaction<Tables>,
  { nowMs }: RecordContext,
  tasks: readonly WrittenTask[],
): Promise<void> {
  await addChanges(
    trx,
    tasks.flatMap((task) => changesOf(task, nowMs)),
  );
  const rests = tasks
    .filter(({ context: planned }) => planned !== null)
    .map((task) => [task.eventId, stillOpen(task)] as const);
  const ended = rests.filter(([, rest]) => rest.length === 0);
  await deletePendingWrites(
    trx,
    ended.map(([eventId]) => eventId),
  );
  await savePendingWrites(trx, new Map(rests.filter(([, rest]) => rest.length > 0)));
  await saveReverts(trx, tasks.flatMap(revertsOf), nowMs - revertsLastMs);
}

/** None of a link that waits and is not worth telling yet. */
function problemsOf(task: WrittenTask, nowMs: number): EventProblems[] {
  const { eventId } = task;
  // Where it is another Event's, this is how its release is told to the Event that claims it.
  const campaignId = task.link.campaign?.id ?? task.claimedId ?? task.holderId;
  if (task.error !== undefined) {
    const waiting = waitingProblem(task, nowMs);
    return waiting === null
      ? []
      : [
          {
            eventId,
            campaignId: campaignId ?? task.known?.campaignId ?? null,
            problems: [waiting],
            amongOthers: true,
          },
        ];
  }
  // Removed values are one problem of their field, not one per Event.
  const problems = task.problems.filter(({ code }) => code !== valueRemovedCode);
  return [{ eventId, campaignId, problems }];
}

const eventIdOf = ({ eventId }: WrittenTask) => eventId;

/** Of what was put back and taken, also when another field or side failed. */
function revertsOf({ written, reverts }: WrittenTask): Revert[] {
  return written.flatMap(({ change, at }) => {
    const rewrite = reverts.get(change);
    return rewrite === undefined ? [] : [{ ...rewrite, lastAt: at }];
  });
}

function changesOf(task: WrittenTask, nowMs: number): Change[] {
  return [
    ...task.confirmedEarlier.map((change) => toChange(change, nowMs)),
    ...task.written.map(({ change, at }) => toChange(toIntended(task, change), at)),
  ];
}
