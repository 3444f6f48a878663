/** Compares Campaigns with the Events as they were last seen, without asking Circa. */
import type { LinkPlan } from "../../sync/plan/link-plan.ts";
import { eventSnapshots } from "../../store/intake/event-snapshots.ts";
import { initialisedMappings } from "../../store/links/initial-syncs.ts";
import { linksOfEvents, type Link } from "../../store/links/links.ts";
import { knownProblems, type KnownProblems } from "../../store/history/open-problems.ts";
import { valueRemovedCode } from "../../sync/plan/choice-problems.ts";
import { movesSilently } from "../../model/fields.ts";
import type { Mapping } from "../../sync/mappings/mapping.ts";
import { planLink } from "../../sync/plan/plan.ts";
import type { Campaign, CircaEvent } from "../../model/records.ts";
import type { SweepParts } from "./parts.ts";

export interface Difference {
  readonly eventId: string;
  readonly campaignId: string;
  /** Of the Campaign, in milliseconds since the epoch; null when it is gone without a trace. */
  readonly changedAt: number | null;
  /** The Campaign is not as it was when both sides last agreed. */
  readonly moved: boolean;
  /** All that is to be done is a first contact of some mapping. */
  readonly firstContact: boolean;
  /** Open problems say so already. */
  readonly known: boolean;
  /** Our side of the comparison: the same again means that no pass worked on it meanwhile. */
  readonly state: string;
}

/** @param campaigns at most 500, each naming an Event */
export async function compareCampaigns(
  parts: SweepParts,
  campaigns: readonly Campaign[],
): Promise<Difference[]> {
  const { database, mappings: inForce, users } = parts;
  const { mappings, recordTypes } = await inForce.current();
  const eventIds = campaigns.map((campaign) => campaign.eventId ?? "");
  const [events, links, initialised, problems] = await Promise.all([
    eventSnapshots(database.query, eventIds),
    linksOfEvents(database.query, eventIds),
    initialisedMappings(database.query, eventIds),
    knownProblems(database.query, eventIds),
  ]);
  const pairs = campaigns.map((campaign, index) => ({
    campaign,
    eventId: eventIds[index] ?? "",
    event: events.get(eventIds[index] ?? "")?.event ?? null,
  }));
  const known = pairs.flatMap(({ event, campaign }) =>
    event === null ? [] : [{ event, campaign }],
  );
  const lookup = await users.lookup(known, mappings);
  const offered = await recordTypes.lookup(known.map(({ campaign }) => campaign));

  return pairs.flatMap(({ event, campaign, eventId }): Difference[] => {
    const link = links.get(eventId);
    const problem = problems.get(eventId);
    const difference = {
      eventId,
      campaignId: campaign.id,
      changedAt: campaign.modifiedAt,
      state: stateOf(event, link),
    };
    if (event === null || link?.campaignId !== campaign.id || namesAnother(event, campaign)) {
      const moved = link?.campaignId !== campaign.id;
      return [{ ...difference, moved, firstContact: false, known: problem?.link === true }];
    }
    if (lookup.failureOf({ event, campaign }) !== null) {
      // It is not known whether they differ: the link's own pass finds out, or says why not.
      return [{ ...difference, moved: false, firstContact: false, known: true }];
    }
    const all = planLink({
      mappings,
      event,
      campaign,
      initialised: initialised.get(eventId)?.mappings ?? new Set(),
      held: initialised.get(eventId)?.held,
      baseline: link.baseline,
      context: { timeZone: event.timeZone, ...lookup },
      recordTypes: offered,
    });
    const plan = withoutUnsure(all, initialised.get(eventId)?.unsure ?? new Set());
    if (!isDifferent(plan) && !mayBeOver(plan, problem, mappings)) return [];
    return [
      {
        ...difference,
        moved: hasMoved(plan, campaign, link),
        firstContact: isInitialSync(plan),
        known: (problem !== undefined && isKnown(plan, problem, mappings)) || isSilent(plan),
      },
    ];
  });
}

/** Two blanks that have met already are no news, though they have to meet again. */
function withoutUnsure(plan: LinkPlan, unsure: ReadonlySet<string>): LinkPlan {
  const known = new Set(plan.blankContacts.filter((identity) => unsure.has(identity)));
  return { ...plan, firstContacts: plan.firstContacts.filter((it) => !known.has(it)) };
}

function isDifferent({ changes, firstContacts, problems }: LinkPlan): boolean {
  // A value can become wrong by a field that is not mapped, such as the one it depends on.
  const wrong = problems.some(({ code }) => code !== valueRemovedCode);
  return changes.length > 0 || firstContacts.length > 0 || wrong;
}

/** Circa names another Campaign, or none. */
function namesAnother(event: CircaEvent, campaign: Campaign): boolean {
  return event.campaignId !== undefined && event.campaignId !== campaign.id;
}

/** Whether a value that is to be changed, or that is wrong, came from the Campaign's side. */
function hasMoved({ changes, problems }: LinkPlan, campaign: Campaign, link: Link): boolean {
  const baseline = ({ circa, campaign: field }: Mapping) =>
    circa.key in link.baseline &&
    JSON.stringify(link.baseline[circa.key] ?? null) ===
      JSON.stringify(campaign.values[field.name] ?? null);
  return problems.length > 0 || changes.some(({ mapping }) => !baseline(mapping));
}

function isInitialSync({ changes, problems, firstContacts }: LinkPlan): boolean {
  const only = changes.every(({ note }) => note === "first_contact") && problems.length === 0;
  return only && firstContacts.length > 0;
}

function isKnown(plan: LinkPlan, known: KnownProblems, mappings: readonly Mapping[]): boolean {
  if (known.link) return true;
  const keys = [...keysToMeet(plan, mappings), ...plan.problems.map(({ fieldKey }) => fieldKey)];
  return keys.every((key) => key !== null && known.fields.has(key));
}

/** Nothing is left of what an open problem was about: the link's own pass closes it, or says why not. */
function mayBeOver(
  plan: LinkPlan,
  known: KnownProblems | undefined,
  mappings: readonly Mapping[],
): boolean {
  if (known === undefined) return false;
  const left = new Set(keysToMeet(plan, mappings));
  return known.link || [...known.fields].some((key) => !left.has(key));
}

function keysToMeet(
  { changes, firstContacts }: LinkPlan,
  mappings: readonly Mapping[],
): readonly string[] {
  const contacts = mappings.filter(({ identity }) => firstContacts.includes(identity));
  return [
    ...changes.map(({ mapping }) => mapping.circa.key),
    ...contacts.map(({ circa }) => circa.key),
  ];
}

/** No notification could announce it: Salesforce has calculated other values by itself. */
function isSilent({ changes, problems, firstContacts }: LinkPlan): boolean {
  const only = problems.length === 0 && firstContacts.length === 0 && changes.length > 0;
  return only && changes.every(({ mapping }) => movesSilently(mapping.campaign));
}

function stateOf(event: CircaEvent | null, link: Link | undefined): string {
  return JSON.stringify([
    event?.version ?? null,
    event?.updatedAt ?? null,
    link?.campaignId ?? null,
    link?.baseline ?? null,
  ]);
}
