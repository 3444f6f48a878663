/**
 * One pass over a batch of due links, from start to end: read both sides, see who is connected,
 * plan, write what differs, and say how each link ends.
 */
import type { Clock } from "../runtime/clock.ts";
import { SystemError } from "../runtime/errors.ts";
import type { Completion, DueLink } from "../queue/due-links.ts";
import { campaignSubject, eventIdOf, eventSubject, markDue } from "../queue/due-links.ts";
import { delayAfterError } from "../queue/retry.ts";
import type { Database } from "../store/database/database.ts";
import { eventIdsOfCampaigns, someLinkedCampaigns } from "../store/links/links.ts";
import { eventIdsOfOpenProblems } from "../store/history/open-problems.ts";
import type { BatchResult } from "../queue/batch-result.ts";
import type { LastUsed } from "../runtime/last-used.ts";
import type { Log } from "../runtime/log.ts";
import type { OnFailpoint } from "../runtime/failpoints.ts";
import { markAfterPass } from "./record/mark-after-pass.ts";
import type { CircaClient } from "../systems/circa/client.ts";
import type { SalesforceClient } from "../systems/salesforce/client.ts";
import type { CampaignCreationClient } from "../systems/salesforce/campaigns/campaign-creation.ts";
import type { PackageNames } from "../systems/salesforce/connection/names.ts";
import { holdBackWriteLoops } from "./record/write-loops.ts";
import type { BoundFields } from "./plan/bound-fields.ts";
import { createCampaigns } from "./creation/create-campaigns.ts";
import { recordCreations } from "./creation/record-creations.ts";
import { showEventStatus } from "./write/event-status.ts";
import { fixLinksInCirca } from "./write/fix-links.ts";
import { findWrittenBefore, journalPlannedWrites } from "./record/journal-writes.ts";
import type { RecordMutex } from "./write/record-mutex.ts";
import type { OwnEchoes } from "./write/own-echoes.ts";
import type { CatalogueWatch } from "./read/catalogue-watch.ts";
import type { Freshness } from "./read/freshness.ts";
import { completionOf } from "./record/link-completion.ts";
import {
  pairOf,
  replaceTasks,
  unplanned,
  type PlannedTask,
  type ResolvedTask,
} from "./plan/link-task.ts";
import type { StalePicklistDetector } from "./read/stale-picklists.ts";
import type { ActiveMappings, MappingsSnapshot } from "./mappings/active-mappings.ts";
import { planLink } from "./plan/plan.ts";
import { isFresh, type AnswersBehind } from "./read/read-event.ts";
import { namesNone, readEvents, readSides, resolveLinks } from "./read/read-sides.ts";
import { recordOf } from "./record/link-record.ts";
import { recordPass } from "./record/record-pass.ts";
import { recordRetiredValues } from "./record/retired-values.ts";
import { markMovedDue, type HoldersSeen } from "./record/mark-moved-due.ts";
import type { UserDirectory } from "./read/users.ts";
import { writeCampaigns } from "./write/write-campaigns.ts";
import { writeEvent } from "./write/write-events.ts";

export interface SyncParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly onFailpoint: OnFailpoint;
  readonly salesforce: SalesforceClient;
  readonly creating: CampaignCreationClient;
  readonly circa: CircaClient;
  readonly names: PackageNames;
  readonly mappings: ActiveMappings;
  readonly stalePicklists: StalePicklistDetector;
  readonly catalogueWatch: CatalogueWatch;
  readonly freshness: Freshness;
  readonly campaignWrites: RecordMutex;
  readonly users: UserDirectory;
  readonly boundFields: BoundFields;
  readonly echoes: OwnEchoes;
  readonly statusTimes: LastUsed<string, number>;
  readonly holdersSeen: HoldersSeen;
  readonly answersBehind: AnswersBehind;
  /** What a mapping needs is not as it was when the mappings were read. */
  readonly onMappingsChanged: () => void;
}

/** @throws SystemError when a side can't be reached at all: then the whole batch is tried again */
export async function syncBatch(parts: SyncParts, batch: readonly DueLink[]): Promise<BatchResult> {
  try {
    return await runPass(parts, batch);
  } catch (error) {
    const before = parts.mappings.last()?.fingerprint;
    if (!(error instanceof SystemError) || error.kind !== "configuration") throw error;
    // A mapped field may be gone or hidden now; without its mapping the others go through.
    const { fingerprint } = await parts.mappings.refresh("anew", ["campaignFields"]);
    if (fingerprint === before) throw error;
    parts.onMappingsChanged();
    return runPass(parts, batch);
  }
}

async function runPass(parts: SyncParts, batch: readonly DueLink[]): Promise<BatchResult> {
  const { database, clock, mappings, onFailpoint } = parts;
  const inForce = await mappings.current();
  const named = batch.filter((due) => eventIdOf(due.subject) !== null);
  const unnamed = batch.filter((due) => eventIdOf(due.subject) === null);

  const { found, doubtful } = await findEvents(parts, unnamed);
  const read = named.length === 0 ? [] : await readSides(parts, named, inForce.campaignFields);
  onFailpoint("sides_read");
  const startAgain = () => {
    parts.onMappingsChanged();
    return runPass(parts, batch);
  };
  if (await parts.stalePicklists.refreshFor(read, inForce)) return startAgain();
  const created = await createCampaigns(parts, read, inForce);
  const resolved = await fixLinksInCirca(parts, created.tasks);
  const planned = await confirmPlans(parts, await planAll(parts, resolved, inForce), inForce);
  const checked = await parts.catalogueWatch.refreshFor(planned, inForce);
  if (checked === null) return startAgain();
  const writing = await holdBackWriteLoops(parts, checked);
  await journalPlannedWrites(parts, writing);
  onFailpoint("plans_kept");
  const eventsWritten = await Promise.all(
    writing.map((task) => writeEvent(parts, task, inForce.customKeys)),
  );
  const written = await writeCampaigns(parts, eventsWritten, inForce.statusFields);
  const tasks = await Promise.all(written.map((task) => showEventStatus(parts, task)));

  const outcomes = new Map<DueLink, Completion>(
    unnamed.map((due) => [due, doubtful.has(due) ? unanswered(due, clock) : { kind: "done" }]),
  );
  for (const task of tasks) outcomes.set(task.due, completionOf(parts, task));
  return {
    outcomes,
    async record(trx, held) {
      const nowMs = clock.now();
      const { mappings: activeMappings, fingerprint } = inForce;
      const { freshness } = parts;
      const context = {
        database,
        mappings: activeMappings,
        fingerprint,
        nowMs,
        freshness,
      };
      const own = tasks.filter(({ due }) => held.has(due.subject));
      const ownMade = own.filter(({ eventId }) => created.made.has(eventId));
      const records = own.map((task) => recordOf(task, context));
      const movedProblems = await recordPass(trx, context, records);
      await markAfterPass(trx, records, movedProblems);
      await recordCreations(trx, { ...context, eventIdField: parts.names.eventId }, ownMade);
      await recordRetiredValues(trx, { ...context, log: parts.log }, own);
      for (const [cause, eventIds] of found) {
        await markDue(trx, eventIds.map(eventSubject), cause, nowMs);
      }
      await markMovedDue(parts, trx, own, nowMs);
    },
  };
}

interface FoundEvents {
  readonly found: ReadonlyMap<DueLink["cause"], readonly string[]>;
  /** Nothing is known of their Campaigns: the answer lacks others too, that must be there. */
  readonly doubtful: ReadonlySet<DueLink>;
}

/** Campaigns whose Event was not known when they were notified: their Events become due. */
async function findEvents(
  { database, salesforce }: SyncParts,
  unnamed: readonly DueLink[],
): Promise<FoundEvents> {
  const found = new Map<DueLink["cause"], string[]>();
  if (unnamed.length === 0) return { found, doubtful: new Set() };
  const prefix = campaignSubject("").length;
  const ids = unnamed.map((due) => due.subject.slice(prefix));
  const [campaigns, known, open] = await Promise.all([
    salesforce.campaigns({ ids, fields: [] }),
    eventIdsOfCampaigns(database.query, ids),
    eventIdsOfOpenProblems(database.query, ids),
  ]);
  const holds = new Map(campaigns.map((campaign) => [campaign.id, campaign.eventId]));
  const doubtful = new Set<DueLink>();
  if (holds.size === 0) {
    // Others are asked for in the same call: another call may be answered by another copy.
    const others = await someLinkedCampaigns(database.query, 3);
    const again = await salesforce.campaigns({ ids: [...ids, ...others], fields: [] });
    for (const campaign of again) holds.set(campaign.id, campaign.eventId);
    if (again.length === 0 && others.length > 0) for (const due of unnamed) doubtful.add(due);
  }
  for (const due of unnamed) {
    const id = due.subject.slice(prefix);
    const named = [holds.get(id), known.get(id), ...(open.get(id) ?? [])];
    const eventIds = named.filter((it) => typeof it === "string");
    found.set(due.cause, [...(found.get(due.cause) ?? []), ...eventIds]);
  }
  return { found, doubtful };
}

function unanswered({ attempts }: DueLink, clock: Clock): Completion {
  const error = namesNone();
  return { kind: "again", delayMs: delayAfterError(error, attempts, clock), error: error.message };
}

/** Plans the tasks, or plans them anew: nothing of an earlier plan stays. */
async function planAll(
  { users }: SyncParts,
  tasks: readonly (ResolvedTask | PlannedTask)[],
  { mappings, recordTypes: offered }: MappingsSnapshot,
): Promise<PlannedTask[]> {
  const pairs = tasks.flatMap((task) => pairOf(task) ?? []);
  const lookup = await users.lookup(pairs, mappings);
  const recordTypes = await offered.lookup(pairs.map(({ campaign }) => campaign));
  return tasks.map((before): PlannedTask => {
    const task = unplanned(before);
    const pair = pairOf(task);
    if (pair === null) return task;
    const failure = lookup.failureOf(pair);
    // What can't be planned anew tells nothing yet: what was intended stays for the next pass.
    if (failure !== null) return { ...task, error: failure };
    const context = { timeZone: pair.event.timeZone, ...lookup };
    const same = task.known?.campaignId === pair.campaign.id;
    const plan = planLink({
      ...{ mappings, ...pair, context, recordTypes },
      initialised: same ? task.initialised : new Set<string>(),
      held: same ? task.held : new Set<string>(),
      baseline: same ? task.known.baseline : {},
    });
    const planned = { ...task, plan, context, problems: [...task.problems, ...plan.problems] };
    const confirmedEarlier = findWrittenBefore(planned, pair, mappings, context);
    return { ...planned, confirmedEarlier };
  });
}

/**
 * What was planned by a kept Event that may be old, or that leaves something out, is planned anew
 * by the Event as it is now. Where both sides agree nothing is asked.
 */
async function confirmPlans(
  parts: SyncParts,
  tasks: readonly PlannedTask[],
  inForce: MappingsSnapshot,
): Promise<PlannedTask[]> {
  const doubted = tasks.filter((task) => needsReading(parts.freshness, task));
  if (doubted.length === 0) return [...tasks];
  const read = await readEvents(parts, doubted);
  const moved = read.filter(
    ({ event }, nth) => event === null || event.campaignId !== doubted[nth]?.event?.campaignId,
  );
  const { tasks: anew } = await resolveLinks(parts, moved, inForce.campaignFields);
  const resolved = replaceTasks<ResolvedTask>(read, await fixLinksInCirca(parts, anew));
  return replaceTasks(tasks, await planAll(parts, resolved, inForce));
}

/** Circa's version guards what is written there; what it owns is guarded by this. */
function needsReading(freshness: Freshness, task: PlannedTask): boolean {
  const { plan, wasRead, error } = task;
  if (wasRead || error !== undefined) return false;
  if (plan.untold.length > 0) return true;
  const matters = plan.changes.some(
    ({ target, mapping }) => target === "campaign" || mapping.direction === "to_salesforce",
  );
  return matters && !isFresh(freshness, task);
}
