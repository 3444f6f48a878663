/**
 * Writes to Circa who is connected to whom, where Salesforce has moved. Both systems let a Campaign
 * have one Event at most, so that Events that change places stand in each other's way.
 */
import { describeError, SystemError } from "../../runtime/errors.ts";
import type { Database } from "../../store/database/database.ts";
import { eventIdsOfCampaigns } from "../../store/links/links.ts";
import type { OnFailpoint } from "../../runtime/failpoints.ts";
import type { CircaClient } from "../../systems/circa/client.ts";
import { linkProblem } from "../plan/link.ts";
import { addProblem, type LinkTask } from "../plan/link-task.ts";
import { eventLock, type RecordMutex } from "./record-mutex.ts";
import { readEventOf, type ReadEventParts } from "../read/read-event.ts";

export interface FixLinkParts extends ReadEventParts {
  readonly database: Database;
  readonly connection: string;
  readonly circa: CircaClient;
  readonly onFailpoint: OnFailpoint;
  readonly campaignWrites: RecordMutex;
}

/** Connects or disconnects these Events in Circa; each is read again after. */
export async function fixLinksInCirca(
  parts: FixLinkParts,
  tasks: readonly LinkTask[],
): Promise<void> {
  const wanted = tasks.flatMap((work) =>
    work.link.fixes.flatMap((fix) => (fix.kind === "connect_in_circa" ? [{ work, fix }] : [])),
  );
  if (wanted.length === 0) return;
  const releases = wanted.filter(({ fix }) => fix.campaignId === null);
  await Promise.all(releases.map(({ work }) => connect(parts, work, null)));
  const moves = wanted.filter(({ fix }) => fix.campaignId !== null);
  const refused: typeof moves = [];
  const tryConnecting = async (move: (typeof moves)[number]) => {
    const refusal = await connect(parts, move.work, move.fix.campaignId);
    if (refusal !== null) refused.push(move);
  };
  await Promise.all(moves.map(tryConnecting));
  // One after another: whom one lets go of may have arrived where it belongs by the next.
  for (const { work, fix } of refused) {
    const campaignId = fix.campaignId ?? "";
    await releaseOther(parts, work, campaignId);
    const refusal = await connect(parts, work, campaignId);
    if (refusal !== null) giveUp(work, refusal);
  }
}

/** @returns what Circa says when another Event has the Campaign */
async function connect(
  parts: FixLinkParts,
  work: LinkTask,
  campaignId: string | null,
): Promise<SystemError | null> {
  const { circa, onFailpoint } = parts;
  if (work.error !== undefined) return null;
  try {
    await parts.campaignWrites.run([eventLock(work.eventId)], async () => {
      onFailpoint("circa_link_sending");
      // Whom a person has moved since it was read is where that person wants it.
      await circa.connectCampaign(work.eventId, campaignId, work.event?.version ?? null);
      onFailpoint("circa_link_answered");
    });
    await readEventOf(parts, work);
    work.error ??= notTaken(work, campaignId);
  } catch (error) {
    if (error instanceof SystemError && error.status === 409) return error;
    work.error = error;
  }
  return null;
}

/** A Circa that says nothing of Campaigns leaves the link to Salesforce. */
function notTaken(
  { event, eventId }: LinkTask,
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
  { database, connection, circa, campaignWrites }: FixLinkParts,
  work: LinkTask,
  campaignId: string,
): Promise<void> {
  const baseline = await eventIdsOfCampaigns(database.query, connection, [campaignId]);
  const other = baseline.get(campaignId);
  if (other === undefined || other === work.eventId) return;
  try {
    await campaignWrites.run([eventLock(other)], async () => {
      const answer = await circa.readEvent(other);
      if (answer?.event.campaignId !== campaignId) return;
      await circa.connectCampaign(other, null, answer.event.version);
      work.released = other;
    });
  } catch (error) {
    work.error = error;
  }
}

function giveUp(work: LinkTask, refusal: SystemError): void {
  work.link = { campaign: null, fixes: [], problem: null };
  // What was agreed still tells which side has moved: without it neither could ever have its way.
  work.stillHolds = work.known?.campaignId ?? null;
  addProblem(
    work,
    linkProblem(
      "EVENT_TAKEN",
      `Circa refuses to connect this Event to the Campaign: ${describeError(refusal)}`,
      "The Campaign is connected to another Event in Circa. Disconnect one of the two.",
    ),
  );
}
