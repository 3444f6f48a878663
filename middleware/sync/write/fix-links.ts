/**
 * Writes to Circa who is connected to whom, where Salesforce has moved. Both systems let a Campaign
 * have one Event at most, so that Events that change places stand in each other's way.
 */
import { linkProblem } from "../../model/problems/problem.ts";
import { describeError, SystemError } from "../../runtime/errors.ts";
import type { Database } from "../../store/database/database.ts";
import { eventIdsOfCampaigns } from "../../store/links/links.ts";
import type { OnFailpoint } from "../../runtime/failpoints.ts";
import type { CircaClient } from "../../systems/circa/client.ts";
import { replaceTasks, withProblem, type ResolvedTask } from "../plan/link-task.ts";
import { eventLock, type RecordMutex } from "./record-mutex.ts";
import { readEventOf, type ReadEventParts } from "../read/read-event.ts";

export interface FixLinkParts extends ReadEventParts {
  readonly database: Database;
  readonly circa: CircaClient;
  readonly onFailpoint: OnFailpoint;
  readonly campaignWrites: RecordMutex;
}

/**
 * Connects or disconnects these Events in Circa; each is read again after.
 * @returns the tasks in their order
 */
export async function fixLinksInCirca(
  parts: FixLinkParts,
  tasks: readonly ResolvedTask[],
): Promise<ResolvedTask[]> {
  const wanted = tasks.flatMap((task) =>
    task.link.fixes.flatMap((fix) =>
      fix.kind === "connect_in_circa" ? [{ task, campaignId: fix.campaignId }] : [],
    ),
  );
  if (wanted.length === 0) return [...tasks];
  const releases = wanted.filter(({ campaignId }) => campaignId === null);
  const released = await Promise.all(releases.map(({ task }) => connect(parts, task, null)));
  const moves = wanted.flatMap(({ task, campaignId }) =>
    campaignId === null ? [] : [{ task, campaignId }],
  );
  const refused: typeof moves = [];
  const moved = await Promise.all(
    moves.map(async (move) => {
      const connected = await connect(parts, move.task, move.campaignId);
      if (connected.refusal !== null) refused.push(move);
      return connected;
    }),
  );
  const ended = [...released, ...moved].map(({ task }) => task);
  // One after another: whom one lets go of may have arrived where it belongs by the next.
  for (const { task, campaignId } of refused) {
    const alone = await releaseOther(parts, task, campaignId);
    const again = await connect(parts, alone, campaignId);
    ended.push(again.refusal === null ? again.task : giveUp(again.task, again.refusal));
  }
  return replaceTasks(tasks, ended);
}

interface Connected {
  readonly task: ResolvedTask;
  /** What Circa says when another Event has the Campaign. */
  readonly refusal: SystemError | null;
}

async function connect(
  parts: FixLinkParts,
  task: ResolvedTask,
  campaignId: string | null,
): Promise<Connected> {
  const { circa, onFailpoint } = parts;
  if (task.error !== undefined) return { task, refusal: null };
  try {
    await parts.campaignWrites.run([eventLock(task.eventId)], async () => {
      onFailpoint("circa_link_sending");
      // An Event that a person has moved since it was read is where that person wants it.
      await circa.connectCampaign(task.eventId, campaignId, task.event?.version ?? null);
      onFailpoint("circa_link_answered");
    });
  } catch (error) {
    if (error instanceof SystemError && error.status === 409) return { task, refusal: error };
    return { task: { ...task, error }, refusal: null };
  }
  const read = await readEventOf(parts, task);
  const { error = notTaken(read, campaignId) } = read;
  return { task: { ...read, error }, refusal: null };
}

/** A Circa that says nothing of Campaigns leaves the link to Salesforce. */
function notTaken(
  { event, eventId }: ResolvedTask,
  campaignId: string | null,
): SystemError | undefined {
  if (event !== null && (event.campaignId === undefined || event.campaignId === campaignId)) {
    return undefined;
  }
  const what = campaignId === null ? "disconnected its Campaign" : `taken ${campaignId}`;
  return new SystemError("circa", "retry", `The Event ${eventId} has not ${what} yet`);
}

/**
 * Disconnects, in Circa, the Event of the Campaign's baseline: Circa still has
 * the baseline, so it is Salesforce that has moved. That Event's own pass says where to.
 */
async function releaseOther(
  { database, circa, campaignWrites }: FixLinkParts,
  task: ResolvedTask,
  campaignId: string,
): Promise<ResolvedTask> {
  const baseline = await eventIdsOfCampaigns(database.query, [campaignId]);
  const other = baseline.get(campaignId);
  if (other === undefined || other === task.eventId) return task;
  try {
    return await campaignWrites.run([eventLock(other)], async () => {
      const answer = await circa.readEvent(other);
      if (answer?.event.campaignId !== campaignId) return task;
      await circa.connectCampaign(other, null, answer.event.version);
      return { ...task, released: other };
    });
  } catch (error) {
    return { ...task, error };
  }
}

function giveUp(task: ResolvedTask, refusal: SystemError): ResolvedTask {
  const unlinked: ResolvedTask = {
    ...task,
    link: { campaign: null, fixes: [], problem: null },
    // What was agreed still tells which side has moved: without it neither could ever have its way.
    stillHolds: task.known?.campaignId ?? null,
  };
  return withProblem(unlinked, linkProblem("EVENT_TAKEN", { said: describeError(refusal) }));
}
