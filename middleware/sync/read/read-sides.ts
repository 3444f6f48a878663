/** Reads both sides of a batch: Events from what was last seen, Campaigns always fresh. */
import type { DueLink } from "../../queue/due-links.ts";
import { eventIdOf } from "../../queue/due-links.ts";
import type { Database } from "../../store/database/database.ts";
import { eventSnapshots } from "../../store/intake/event-snapshots.ts";
import { initialisedMappings } from "../../store/links/initial-syncs.ts";
import { unconfirmed } from "../../store/history/write-journal.ts";
import { linksOfEvents, someLinkedCampaigns } from "../../store/links/links.ts";
import { SystemError } from "../../runtime/errors.ts";
import type { CircaClient } from "../../systems/circa/client.ts";
import type { SalesforceClient } from "../../systems/salesforce/client.ts";
import { doubtUnconfirmed, UnconfirmedAbsence } from "./confirm-gone.ts";
import { resolveLink } from "../plan/link.ts";
import type { Freshness } from "./freshness.ts";
import { replaceTasks, unresolved, type ReadTask, type ResolvedTask } from "../plan/link-task.ts";
import { isFresh, readEventOf, type ReadEventParts } from "./read-event.ts";
import { eventKind } from "../../model/link-kinds.ts";
import type { Campaign } from "../../model/records.ts";

export interface ReadParts extends ReadEventParts {
  readonly database: Database;
  readonly salesforce: SalesforceClient;
  readonly circa: CircaClient;
  readonly freshness: Freshness;
}

/**
 * @param links due links that name an Event
 * @param fields Campaign fields to read
 * @throws SystemError when the Campaigns can't be read; an Event that can't be is its link's error
 */
export async function readSides(
  parts: ReadParts,
  links: readonly DueLink[],
  fields: readonly string[],
): Promise<ResolvedTask[]> {
  const { freshness } = parts;
  const kept = await readKept(parts, links);
  const unknown = kept.filter(isUnknown);
  const read = replaceTasks(kept, await readEvents(parts, unknown));

  const { tasks, campaigns } = await resolveLinks(parts, read, fields);
  // What is wrong with a link is said of the Event as it is now, not as it was last seen; nor is a
  // link that could not be made tried again for an Event that may be gone, or made for one that
  // may name another Campaign by now.
  const isDoubtful = (task: ResolvedTask) =>
    task.link.problem !== null ||
    saysNothingOfCampaigns(task) ||
    (task.link.fixes.length > 0 && (task.due.attempts > 0 || !isFresh(freshness, task)));
  const unknownIds = new Set(unknown.map(({ eventId }) => eventId));
  const doubted = tasks.filter((task) => isDoubtful(task) && !unknownIds.has(task.eventId));
  const anew = await resolveLinks(parts, await readEvents(parts, doubted), fields);
  return takeOver(parts, replaceTasks(tasks, anew.tasks), [...campaigns, ...anew.campaigns]);
}

async function readKept({ database }: ReadParts, links: readonly DueLink[]): Promise<ReadTask[]> {
  const eventIds = links.map((due) => eventIdOf(due.subject) ?? "");
  const [seen, known, initialised, left] = await Promise.all([
    eventSnapshots(database.query, eventIds),
    linksOfEvents(database.query, eventIds),
    initialisedMappings(database.query, eventIds),
    unconfirmed(database.query, eventKind, eventIds),
  ]);
  return links.map((due, index): ReadTask => {
    const eventId = eventIds[index] ?? "";
    const link = known.get(eventId) ?? null;
    const of = seen.get(eventId);
    const contacts = initialised.get(eventId);
    const sameLink = contacts !== undefined && contacts.campaignId === link?.campaignId;
    return {
      due,
      eventId,
      eventWasSeen: of !== undefined,
      deletionTold: of?.deletionTold ?? false,
      seenAt: of?.updatedAt ?? 0,
      known: link,
      initialised: sameLink ? contacts.mappings : new Set(),
      held: sameLink ? contacts.held : new Set(),
      unsure: sameLink ? contacts.unsure : new Set(),
      unconfirmed: left.get(eventId) ?? [],
      shownBefore: of?.shown ?? "",
      event: of?.event ?? null,
      newest: of ?? null,
      wasRead: false,
      lookAgainMs: null,
      answers: [],
      error: undefined,
    };
  });
}

/** Nothing usable was kept of the Event. */
function isUnknown({ newest }: ReadTask): boolean {
  return newest === null || newest.event === null || newest.doubted;
}

/** The first notification of an Event may leave out which Campaign it has. */
function saysNothingOfCampaigns({ event, known }: ReadTask): boolean {
  return event !== null && event.campaignId === undefined && known === null;
}

/**
 * A Campaign whose Event has been moved elsewhere in Circa may be taken, though Salesforce still
 * names that Event there: Salesforce says what both had agreed on, so it is Circa that has moved.
 */
async function takeOver(
  { database, circa }: ReadParts,
  tasks: readonly ResolvedTask[],
  campaigns: readonly Campaign[],
): Promise<ResolvedTask[]> {
  const wanted = tasks.filter(({ link }) => link.problem?.code === "CAMPAIGN_TAKEN");
  if (wanted.length === 0) return [...tasks];
  const byId = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  const byEvent = new Map(campaigns.map((campaign) => [campaign.eventId, campaign]));
  const holders = wanted.flatMap(({ claimedId }) => byId.get(claimedId ?? "")?.eventId ?? []);
  const baseline = await linksOfEvents(database.query, holders);
  const taken = wanted.map(async (task): Promise<ResolvedTask> => {
    const claimed = byId.get(task.claimedId ?? "");
    const holder = claimed?.eventId ?? null;
    if (claimed === undefined || holder === null) return task;
    if (baseline.get(holder)?.campaignId !== claimed.id) return task;
    try {
      const says = (await circa.readEvent(holder))?.event.campaignId;
      if (says === undefined || says === claimed.id) return task;
      const free = new Map([...byId, [claimed.id, { ...claimed, eventId: null }]]);
      return resolveLinkOf({ ...task, takenFrom: holder }, free, byEvent);
    } catch (error) {
      return { ...task, error };
    }
  });
  return replaceTasks(tasks, await Promise.all(taken));
}

/** Reads the Events anew; one that is not found is gone only when a second sign says so. */
export async function readEvents<Task extends ReadTask>(
  parts: Omit<ReadParts, "salesforce" | "freshness">,
  tasks: readonly Task[],
): Promise<Task[]> {
  const read = await Promise.all(tasks.map((task) => readEventOf(parts, task)));
  return doubtUnconfirmed(parts, read);
}

/** Reads the Campaigns anew and says who is connected to whom. */
export async function resolveLinks(
  parts: Pick<ReadParts, "salesforce" | "database" | "clock">,
  tasks: readonly (ReadTask | ResolvedTask)[],
  fields: readonly string[],
): Promise<{ readonly tasks: ResolvedTask[]; readonly campaigns: readonly Campaign[] }> {
  if (tasks.length === 0) return { tasks: [], campaigns: [] };
  const { salesforce, database, clock } = parts;
  const readAtMs = clock.elapsedMs();
  const named = tasks.flatMap(({ event, known }) => [event?.campaignId, known?.campaignId]);
  const ids = [...new Set(named.filter((id): id is string => typeof id === "string"))];
  const eventIds = tasks.map(({ eventId }) => eventId);
  let campaigns: readonly Campaign[] = [];
  let isDoubtful = false;
  if (ids.length > 0) campaigns = await salesforce.campaigns({ ids, eventIds, fields });
  if (campaigns.length === 0) {
    // Others are asked for in the same call: another call may be answered by another copy.
    const others = await someLinkedCampaigns(database.query, witnesses);
    if (others.length > 0 || ids.length === 0) {
      campaigns = await salesforce.campaigns({ ids: [...ids, ...others], eventIds, fields });
    }
    isDoubtful = campaigns.length === 0 && others.length > 0;
  }
  const byId = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  const byEvent = new Map(campaigns.map((campaign) => [campaign.eventId, campaign]));
  const lost = tasks.filter(
    ({ known, error }) => error === undefined && known !== null && !byId.has(known.campaignId),
  );
  const lostIds = new Set(lost.flatMap(({ known }) => known?.campaignId ?? []));
  const gone = await findGone(parts, lostIds, [...byId.keys()]);
  const resolved = tasks.map((task) => {
    let { error } = task;
    if (isDoubtful && task.known === null) error ??= namesNone();
    const campaignId = task.known?.campaignId ?? "";
    if (lost.includes(task) && !gone.has(campaignId)) error = unconfirmedCampaign(campaignId);
    const before = "link" in task ? task : unresolved(task);
    return resolveLinkOf({ ...before, readAtMs, error }, byId, byEvent);
  });
  return { tasks: resolved, campaigns };
}

/** @returns those of the Campaigns that a second sign says are deleted */
async function findGone(
  { salesforce, database }: Pick<ReadParts, "salesforce" | "database">,
  lostIds: ReadonlySet<string>,
  foundIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (lostIds.size === 0) return new Set();
  const known = await someLinkedCampaigns(database.query, witnesses + lostIds.size);
  const others = [...foundIds, ...known].filter((id) => !lostIds.has(id));
  return salesforce.campaignsGone([...lostIds], others.slice(0, witnesses));
}

/** So many Campaigns that are there are asked for along with one that seems not to be. */
const witnesses = 3;

/** Nothing is known of what was asked for: the answer lacks others too, that must be there. */
export function namesNone(): SystemError {
  return new SystemError("salesforce", "retry", "Salesforce names none of the Campaigns");
}

function unconfirmedCampaign(id: string): SystemError {
  const message = `The Campaign ${id} is missing in an answer of Salesforce, and nothing else says that it was deleted`;
  return new SystemError("salesforce", "retry", message);
}

/** No Campaign names the missing Event any more, and the one that did is there: nothing is left to lose. */
function isLetGoByPerson(
  { error, known, eventId }: ReadTask,
  byId: ReadonlyMap<string, Campaign>,
  byEvent: ReadonlyMap<string | null, Campaign>,
): boolean {
  if (!(error instanceof UnconfirmedAbsence) || byEvent.has(eventId)) return false;
  return known === null || byId.has(known.campaignId);
}

/** Says who is connected to the Event, as the Campaigns that were read tell it. */
export function resolveLinkOf(
  task: ResolvedTask,
  byId: ReadonlyMap<string, Campaign>,
  byEvent: ReadonlyMap<string | null, Campaign>,
): ResolvedTask {
  const { eventId, event, known } = task;
  const holderId = byEvent.get(eventId)?.id ?? null;
  const seemsGone = isLetGoByPerson(task, byId, byEvent);
  const error = seemsGone ? undefined : task.error;
  if (error !== undefined) return { ...task, holderId, seemsGone };
  const says = event?.campaignId;
  const claimed = typeof says === "string" ? (byId.get(says) ?? null) : null;
  const namedNow = byId.get(known?.campaignId ?? "")?.eventId ?? null;
  const link = resolveLink({
    event,
    eventId,
    eventWasSeen: task.eventWasSeen,
    baselineCampaignId: known?.campaignId ?? null,
    holder: byEvent.get(eventId) ?? null,
    named: claimed,
  });
  const others = task.problems.filter((problem) => problem !== task.link.problem);
  return {
    ...task,
    holderId,
    seemsGone,
    error,
    claimedId: claimed?.id ?? null,
    movedTo: namedNow === eventId ? null : namedNow,
    link,
    // It has moved to a Campaign that it can't have: no person chose the old one anew.
    stillHolds: link.problem === null ? null : holderId,
    problems: link.problem === null ? others : [...others, link.problem],
  };
}
