/**
 * From the Campaigns of a page to the links to compare again, and those that were missed.
 * A page is older than what is in the store by the time both are compared, so whatever seems to
 * have been missed is read once more before it counts.
 */
import { campaignSubject, eventSubject, type Subject } from "../../queue/due-links.ts";
import { eventIdsOfCampaigns } from "../../store/links/links.ts";
import { eventIdsOfOpenProblems } from "../../store/history/open-problems.ts";
import type { Finding } from "../../store/intake/sweep-findings.ts";
import { waitingLinks } from "../../queue/waiting-links.ts";
import type { Campaign } from "../../model/records.ts";
import { collectionSize } from "../../systems/salesforce/client.ts";
import { compareCampaigns, type Difference } from "./compare-campaigns.ts";
import { causeInSalesforce, type Circumstances } from "../../store/intake/missed-causes.ts";
import { noticeMs, type SweepParts } from "./parts.ts";

/** A Campaign as a page shows it. */
export type PageCampaign = Campaign & { readonly deleted?: boolean };

export interface Found {
  readonly subjects: readonly Subject[];
  readonly findings: readonly Finding[];
}

export interface FindContext {
  readonly circumstances: Circumstances;
  /** A sweep of what has moved has been past this time; null: none has been. */
  readonly sweptUntil: number | null;
}

/** Values of one `IN (…)` in our own store. */
export const chunkSize = 500;

/** @param campaigns at most `chunkSize` */
export async function findMissed(
  parts: SweepParts,
  context: FindContext,
  campaigns: readonly PageCampaign[],
): Promise<Found> {
  const { clock } = parts;
  const differences = [
    ...(await compareCampaigns(parts, campaigns.filter(isConnected))),
    ...(await leftLinks(parts, campaigns)),
  ];
  // Before the first pass nothing was known, so nothing was missed.
  const news = context.sweptUntil === null ? [] : differences;
  const untold = await withoutThoseInQueue(
    parts,
    news.filter(({ known }) => !known),
  );
  const missed = await readAgain(parts, untold);
  const nowMs = clock.now();
  return {
    // What problems say already is tried again as well: what it needs may have come meanwhile.
    subjects: [
      ...differences.map(({ eventId }) => eventSubject(eventId)),
      ...(await claimants(parts, campaigns)),
    ],
    findings: missed.map((difference): Finding => {
      const { eventId, campaignId, changedAt } = difference;
      const sweptPast = changedAt !== null && changedAt < (context.sweptUntil ?? 0);
      const young = changedAt !== null && nowMs - changedAt < noticeMs;
      return {
        eventId,
        campaignId,
        side: "salesforce",
        cause: causeInSalesforce({ ...difference, sweptPast }, context.circumstances),
        changedAt,
        settlesAt: young ? nowMs + noticeMs : null,
      };
    }),
  };
}

function isConnected(campaign: Pick<PageCampaign, "eventId" | "deleted">): boolean {
  return campaign.eventId !== null && campaign.deleted !== true;
}

/** Known links whose Campaign names another Event, or none, or is no longer there. */
async function leftLinks(
  { database }: SweepParts,
  campaigns: readonly Pick<PageCampaign, "id" | "eventId" | "deleted" | "modifiedAt">[],
): Promise<Difference[]> {
  const ids = campaigns.map(({ id }) => id);
  const known = await eventIdsOfCampaigns(database.query, ids);
  return campaigns.flatMap((campaign) => {
    const { id, modifiedAt } = campaign;
    const eventId = known.get(id);
    if (eventId === undefined) return [];
    if (isConnected(campaign) && campaign.eventId === eventId) return [];
    const state = `left ${id}`;
    const changedAt = modifiedAt === 0 ? null : modifiedAt;
    const moved = { moved: true, firstContact: false, known: false };
    return [{ eventId, campaignId: id, changedAt, state, ...moved }];
  });
}

/** Events whose problem is about a Campaign that no Event has now: they may have it. */
async function claimants(
  { database }: SweepParts,
  campaigns: readonly PageCampaign[],
): Promise<Subject[]> {
  const free = campaigns.filter((campaign) => !isConnected(campaign)).map(({ id }) => id);
  const events = await eventIdsOfOpenProblems(database.query, free);
  return [...events.values()].flat().map(eventSubject);
}

/** Leaves out links that are due already. */
async function withoutThoseInQueue(
  { database, clock }: SweepParts,
  differences: readonly Difference[],
): Promise<Difference[]> {
  const subjects = differences.flatMap(({ eventId, campaignId }) => [
    eventSubject(eventId),
    campaignSubject(campaignId),
  ]);
  const waiting = await waitingLinks(database.query, subjects, clock.now());
  return differences.filter(
    ({ eventId, campaignId }) =>
      !waiting.has(eventSubject(eventId)) && !waiting.has(campaignSubject(campaignId)),
  );
}

/** @returns those that are still different, and that no turn has dealt with meanwhile */
async function readAgain(
  parts: SweepParts,
  differences: readonly Difference[],
): Promise<Difference[]> {
  const { salesforce, mappings } = parts;
  const { comparedFields: fields } = await mappings.current();
  const confirmed: Difference[] = [];
  for (let start = 0; start < differences.length; start += collectionSize) {
    const before = differences.slice(start, start + collectionSize);
    const ids = before.map(({ campaignId }) => campaignId);
    const now = await salesforce.campaigns({ ids, fields });
    const here = new Map(now.map((campaign) => [campaign.id, campaign]));
    const gone = before
      .filter(({ campaignId }) => (here.get(campaignId)?.eventId ?? null) === null)
      .map(({ campaignId: id, changedAt }) => ({ id, eventId: null, modifiedAt: changedAt ?? 0 }));
    const connected = now.filter(isConnected);
    const after = [
      ...(await compareCampaigns(parts, connected)),
      ...(await leftLinks(parts, [...connected, ...gone])),
    ];
    const states = new Map(after.map((it) => [placeOf(it), it.state]));
    const same = before.filter((it) => states.get(placeOf(it)) === it.state);
    confirmed.push(...(await withoutThoseInQueue(parts, same)));
  }
  return confirmed;
}

const placeOf = ({ eventId, campaignId }: Difference) => `${eventId} ${campaignId}`;
