/** What a turn leaves behind of the links themselves: who has whom, and who has to be looked at again. */
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
import type { WrittenTask } from "../plan/link-task.ts";
import { isFresh } from "../read/read-event.ts";
import type { Mapping } from "../mappings/mapping.ts";
import type { Database } from "../../store/database/database.ts";
import type { Freshness } from "../read/freshness.ts";

export interface RecordContext {
  readonly database: Database;
  readonly mappings: readonly Mapping[];
  /** Of the mappings that the turn went by. */
  readonly fingerprint: string;
  readonly nowMs: number;
  readonly freshness: Freshness;
}

/**
 * @param tasks finished ones: the others keep what was agreed before, the next turn starts there
 * @param letGo by Event: the Campaign that its link had a problem with until now
 */
export async function recordLinks(
  trx: Transaction<Tables>,
  context: RecordContext,
  tasks: readonly WrittenTask[],
  letGo: ReadonlyMap<string, string>,
): Promise<void> {
  const { database, mappings, fingerprint, nowMs } = context;
  const moved = tasks.filter((task) => (task.known?.campaignId ?? null) !== campaignOf(task));
  const joined = moved.filter((task) => campaignOf(task) !== null);
  // Before first contacts are touched: so does whoever takes other mappings over.
  const areOld = joined.length > 0 && (await activeMappings(trx, context)) !== fingerprint;
  const ended = moved.filter(
    ({ known, stillHolds }) => known !== null && known.campaignId !== stillHolds,
  );
  // Should it be there after all, and say what was agreed, then it is Salesforce that has moved.
  const waiting = ended.flatMap(({ seemsGone, known }) =>
    seemsGone && known !== null ? known : [],
  );
  const over = ended.filter(({ seemsGone }) => !seemsGone);
  await displaceLinks(trx, waiting);
  await deleteLinks(trx, over.map(eventIdOf));
  await markLinked(trx, joined.map(eventIdOf), nowMs);

  const linked = tasks.filter((task) => campaignOf(task) !== null);
  const fresh = linked.flatMap((task): Link[] => {
    const campaignId = campaignOf(task);
    const baseline = baselineValues(task, mappings);
    const same =
      !moved.includes(task) && JSON.stringify(task.known?.baseline) === JSON.stringify(baseline);
    return same || campaignId === null ? [] : [{ eventId: task.eventId, campaignId, baseline }];
  });
  const displaced = await saveLinks(database, trx, fresh, nowMs);
  const contacts = linked.flatMap((task) => contactsOf(task, context));
  await markInitialised(trx, contacts, nowMs);
  await releaseHeldBlanks(trx, linked.flatMap(releasedOf));
  await markDueAgain(trx, context, { tasks, joined, ended, displaced, letGo, areOld });
}

const activeMappings = (trx: Transaction<Tables>, { database }: RecordContext) =>
  holdCheckpoint(database, trx, "mappings_taken");

interface Moves {
  readonly tasks: readonly WrittenTask[];
  readonly joined: readonly WrittenTask[];
  readonly ended: readonly WrittenTask[];
  /** Events that have lost their Campaign, each with the Event that has it now. */
  readonly displaced: ReadonlyMap<string, string>;
  readonly letGo: ReadonlyMap<string, string>;
  /** The turn went by mappings of before. */
  readonly areOld: boolean;
}

/** What nobody else tells of. */
async function markDueAgain(
  trx: Transaction<Tables>,
  { nowMs }: RecordContext,
  { tasks, joined, ended, displaced, letGo, areOld }: Moves,
): Promise<void> {
  const due = new Map<Cause, Subject[]>();
  const add = (cause: Cause, subject: Subject) =>
    due.set(cause, [...(due.get(cause) ?? []), subject]);
  const causes = new Map(tasks.map((task) => [task.eventId, task.due.cause]));
  for (const [eventId, holder] of displaced) {
    add(causes.get(holder) ?? "retry", eventSubject(eventId));
  }
  // What Salesforce told of the Campaign meanwhile was put down to the Event that it had.
  for (const { known, due: of } of ended) {
    if (known !== null) add(of.cause, campaignSubject(known.campaignId));
  }
  // Whoever else claims it can have it now.
  for (const task of tasks) {
    const campaignId = letGo.get(task.eventId);
    if (campaignId === undefined || campaignId === campaignOf(task)) continue;
    add(task.due.cause, campaignSubject(campaignId));
  }
  for (const task of joined) {
    // They were no links yet when all links were signalled for the mappings in force now.
    if (areOld) add("mappings", eventSubject(task.eventId));
    // Salesforce tells only of connected Campaigns: nobody told what was edited since it was read.
    else if (wasConnectedHere(task)) add(task.due.cause, eventSubject(task.eventId));
  }
  for (const [cause, subjects] of due) await markDue(trx, subjects, cause, nowMs);
}

function wasConnectedHere({ link, eventId }: WrittenTask): boolean {
  return link.fixes.some((fix) => fix.kind === "write_event_id" && fix.eventId === eventId);
}

const campaignOf = (task: WrittenTask) => task.link.campaign?.id ?? null;
const eventIdOf = ({ eventId }: WrittenTask) => eventId;

/** Of the mappings that have met this link now; with a problem they will have to meet it again. */
function contactsOf(task: WrittenTask, { mappings, freshness }: RecordContext): InitialSync[] {
  const { eventId, link, plan, problems, unsure } = task;
  const mayHideValue = new Set(isFresh(freshness, task) ? [] : plan.blankContacts);
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
function releasedOf({ eventId, context, held, plan }: WrittenTask) {
  if (context === null || held.size === 0) return [];
  const still = new Set(plan.heldBlanks.map(({ mapping }) => mapping.identity));
  return [...held]
    .filter((mapping) => !still.has(mapping))
    .map((mapping) => ({ eventId, mapping }));
}

/** The Campaign's values now that both sides say the same; fields with a problem keep the old. */
function baselineValues(task: WrittenTask, mappings: readonly Mapping[]): Record<string, unknown> {
  const baseline: Record<string, unknown> = {};
  const open = new Set(task.problems.map((problem) => problem.fieldKey));
  const written = new Map(
    task.written
      .filter(({ change }) => change.target === "campaign")
      .map(({ change }) => [change.mapping.circa.key, change.newValue]),
  );
  for (const { circa, campaign } of mappings) {
    const before = task.known?.baseline ?? {};
    if (open.has(circa.key) || open.has(null)) {
      if (circa.key in before) baseline[circa.key] = before[circa.key];
    } else {
      baseline[circa.key] = written.has(circa.key)
        ? written.get(circa.key)
        : (task.link.campaign?.values[campaign.name] ?? null);
    }
  }
  return baseline;
}
