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
import { emptyPlan, type LinkTask } from "../plan/link-task.ts";
import { isFresh, readEventOf, type ReadEventParts } from "./read-event.ts";
import type { Campaign } from "../../model/records.ts";

export interface ReadParts extends ReadEventParts {
  readonly database: Database;
  readonly connection: string;
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
): Promise<LinkTask[]> {
  const { database, connection, freshness } = parts;
  const eventIds = links.map((due) => eventIdOf(due.subject) ?? "");
  const [seen, known, initialised, left] = await Promise.all([
    eventSnapshots(database.query, connection, eventIds),
    linksOfEvents(database.query, connection, eventIds),
    initialisedMappings(database.query, connection, eventIds),
    unconfirmed(database.query, connection, eventIds),
  ]);
  const isUnknown = ({ eventId }: LinkTask) => {
    const of = seen.get(eventId);
    return of === undefined || of.event === null || of.doubted;
  };
  const tasks = links.map((due, index): LinkTask => {
    const eventId = eventIds[index] ?? "";
    const link = known.get(eventId) ?? null;
    const of = seen.get(eventId);
    const contacts = initialised.get(eventId);
    const sameLink = contacts !== undefined && contacts.campaignId === link?.campaignId;
    return {
      due,
      eventId,
      event: of?.event ?? null,
      eventWasSeen: of !== undefined,
      deletionTold: of?.deletionTold ?? false,
      seenAt: of?.updatedAt ?? 0,
      known: link,
      initialised: sameLink ? contacts.mappings : new Set(),
      held: sameLink ? contacts.held : new Set(),
      unsure: sameLink ? contacts.unsure : new Set(),
      readAtMs: 0,
      holderId: null,
      claimedId: null,
      takenFrom: null,
      seemsGone: false,
      movedTo: null,
      released: null,
      unconfirmed: left.get(eventId) ?? [],
      confirmedEarlier: [],
      newest: of ?? null,
      wasRead: false,
      lookAgainMs: null,
      answers: [],
      ownStates: [],
      link: { campaign: null, fixes: [], problem: null },
      stillHolds: null,
      plan: emptyPlan,
      planned: false,
      problems: [],
      written: [],
      error: undefined,
      shown: of?.shown ?? "",
      shownBefore: of?.shown ?? "",
      unshown: undefined,
      reverts: new Map(),
    };
  });
  await readEvents(parts, tasks.filter(isUnknown));

  const found = await resolveLinks(parts, tasks, fields);
  // What is wrong with a link is said of the Event as it is now, not as it was last seen; nor is a
  // link that could not be made tried again for an Event that may be gone, or made for one that
  // may name another Campaign by now.
  const isDoubtful = (work: LinkTask) =>
    work.link.problem !== null ||
    saysNothingOfCampaigns(work) ||
    (work.link.fixes.length > 0 && (work.due.attempts > 0 || !isFresh(freshness, work)));
  const doubted = tasks.filter((work) => isDoubtful(work) && !isUnknown(work));
  await readEvents(parts, doubted);
  const anew = await resolveLinks(parts, doubted, fields);
  await takeOver(parts, tasks, [...found, ...anew]);
  return tasks;
}

/** The first notification of an Event may leave out which Campaign it has. */
function saysNothingOfCampaigns({ event, known }: LinkTask): boolean {
  return event !== null && event.campaignId === undefined && known === null;
}

/**
 * A Campaign whose Event has been moved elsewhere in Circa may be taken, though Salesforce still
 * names that Event there: Salesforce says what both had agreed on, so it is Circa that has moved.
 */
async function takeOver(
  { database, connection, circa }: ReadParts,
  tasks: readonly LinkTask[],
  campaigns: readonly Campaign[],
): Promise<void> {
  const wanted = tasks.filter(({ link }) => link.problem?.code === "CAMPAIGN_TAKEN");
  if (wanted.length === 0) return;
  const byId = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  const byEvent = new Map(campaigns.map((campaign) => [campaign.eventId, campaign]));
  const holders = wanted.flatMap(({ claimedId }) => byId.get(claimedId ?? "")?.eventId ?? []);
  const baseline = await linksOfEvents(database.query, connection, holders);
  await Promise.all(
    wanted.map(async (work) => {
      const claimed = byId.get(work.claimedId ?? "");
      const holder = claimed?.eventId ?? null;
      if (claimed === undefined || holder === null) return;
      if (baseline.get(holder)?.campaignId !== claimed.id) return;
      try {
        const says = (await circa.readEvent(holder))?.event.campaignId;
        if (says === undefined || says === claimed.id) return;
        work.takenFrom = holder;
        resolveLinkOf(
          work,
          new Map([...byId, [claimed.id, { ...claimed, eventId: null }]]),
          byEvent,
        );
      } catch (failure) {
        work.error = failure;
      }
    }),
  );
}

/** Reads the Events anew; one that is not found is gone only when a second sign says so. */
export async function readEvents(
  parts: Omit<ReadParts, "salesforce" | "freshness">,
  tasks: readonly LinkTask[],
): Promise<void> {
  await Promise.all(tasks.map((work) => readEventOf(parts, work)));
  await doubtUnconfirmed(parts, tasks);
}

/** Reads the Campaigns anew and says who is connected to whom. */
export async function resolveLinks(
  parts: Pick<ReadParts, "salesforce" | "database" | "connection" | "clock">,
  tasks: readonly LinkTask[],
  fields: readonly string[],
): Promise<readonly Campaign[]> {
  if (tasks.length === 0) return [];
  const { salesforce, database, connection, clock } = parts;
  for (const work of tasks) work.readAtMs = clock.elapsedMs();
  const named = tasks.flatMap(({ event, known }) => [event?.campaignId, known?.campaignId]);
  const ids = [...new Set(named.filter((id): id is string => typeof id === "string"))];
  const eventIds = tasks.map(({ eventId }) => eventId);
  let campaigns: readonly Campaign[] = [];
  if (ids.length > 0) campaigns = await salesforce.campaigns({ ids, eventIds, fields });
  if (campaigns.length === 0) {
    // Others are asked for in the same call: another call may be answered by another copy.
    const others = await someLinkedCampaigns(database.query, connection, witnesses);
    if (others.length > 0 || ids.length === 0) {
      campaigns = await salesforce.campaigns({ ids: [...ids, ...others], eventIds, fields });
    }
    if (campaigns.length === 0 && others.length > 0) {
      for (const work of tasks.filter(({ known }) => known === null)) work.error ??= namesNone();
    }
  }
  const byId = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  const byEvent = new Map(campaigns.map((campaign) => [campaign.eventId, campaign]));
  const lost = tasks.filter(
    ({ known, error }) => error === undefined && known !== null && !byId.has(known.campaignId),
  );
  if (lost.length > 0) {
    const known = await someLinkedCampaigns(database.query, connection, witnesses + lost.length);
    const lostIds = new Set(lost.flatMap(({ known: link }) => link?.campaignId ?? []));
    const others = [...byId.keys(), ...known].filter((id) => !lostIds.has(id));
    const gone = await salesforce.campaignsGone([...lostIds], others.slice(0, witnesses));
    for (const work of lost) {
      if (!gone.has(work.known?.campaignId ?? "")) work.error = unconfirmedCampaign(work);
    }
  }
  for (const work of tasks) resolveLinkOf(work, byId, byEvent);
  return campaigns;
}

/** So many Campaigns that are there are asked for along with one that seems not to be. */
const witnesses = 3;

/** Nothing is known of what was asked for: the answer lacks others too, that must be there. */
export function namesNone(): SystemError {
  return new SystemError("salesforce", "retry", "Salesforce names none of the Campaigns");
}

function unconfirmedCampaign({ known }: LinkTask): SystemError {
  const id = known?.campaignId ?? "";
  const message = `The Campaign ${id} is missing in an answer of Salesforce, and nothing else says that it was deleted`;
  return new SystemError("salesforce", "retry", message);
}

/** No Campaign names the missing Event any more, and the one that did is there: nothing is left to lose. */
function isLetGoByPerson(
  { error, known, eventId }: LinkTask,
  byId: ReadonlyMap<string, Campaign>,
  byEvent: ReadonlyMap<string | null, Campaign>,
): boolean {
  if (!(error instanceof UnconfirmedAbsence) || byEvent.has(eventId)) return false;
  return known === null || byId.has(known.campaignId);
}

/** Says who is connected to the Event, as the Campaigns that were read tell it. */
export function resolveLinkOf(
  work: LinkTask,
  byId: ReadonlyMap<string, Campaign>,
  byEvent: ReadonlyMap<string | null, Campaign>,
): void {
  work.holderId = byEvent.get(work.eventId)?.id ?? null;
  work.seemsGone = isLetGoByPerson(work, byId, byEvent);
  if (work.seemsGone) work.error = undefined;
  if (work.error !== undefined) return;
  const before = work.link.problem;
  const says = work.event?.campaignId;
  const claimed = typeof says === "string" ? (byId.get(says) ?? null) : null;
  work.claimedId = claimed?.id ?? null;
  const namedNow = byId.get(work.known?.campaignId ?? "")?.eventId ?? null;
  work.movedTo = namedNow === work.eventId ? null : namedNow;
  work.link = resolveLink({
    event: work.event,
    eventId: work.eventId,
    eventWasSeen: work.eventWasSeen,
    baselineCampaignId: work.known?.campaignId ?? null,
    holder: byEvent.get(work.eventId) ?? null,
    named: claimed,
  });
  // It has moved to a Campaign that it can't have: no person chose the old one anew.
  work.stillHolds = work.link.problem === null ? null : work.holderId;
  const others = work.problems.filter((problem) => problem !== before);
  work.problems = work.link.problem === null ? others : [...others, work.link.problem];
}
