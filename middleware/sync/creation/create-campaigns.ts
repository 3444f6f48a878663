/**
 * Makes a Campaign for an Event that never had one and whose status has reached the chosen ones.
 * The Event's id is the key of the write, so that it makes one Campaign however often it is sent.
 */
import { describeError, SystemError } from "../../runtime/errors.ts";
import type { Database } from "../../store/database/database.ts";
import {
  endCreating,
  eventPasts,
  markCreating,
  markLinked,
  type EventPast,
} from "../../store/links/event-link-history.ts";
import type { OnFailpoint } from "../../runtime/failpoints.ts";
import type { CircaClient } from "../../systems/circa/client.ts";
import type { SalesforceClient } from "../../systems/salesforce/client.ts";
import type { CampaignCreationClient } from "../../systems/salesforce/campaigns/campaign-creation.ts";
import type { PackageNames } from "../../systems/salesforce/connection/names.ts";
import { linkProblem } from "../plan/link.ts";
import { addProblem, type LinkTask } from "../plan/link-task.ts";
import type { MappingsSnapshot } from "../mappings/active-mappings.ts";
import { readEventOf, type ReadEventParts } from "../read/read-event.ts";
import { resolveLinkOf } from "../read/read-sides.ts";
import type { UserDirectory } from "../read/users.ts";
import { reachesStatus, type CreationRule } from "./setting/check-setting.ts";
import { blankCampaign, planCreation } from "./plan-creation.ts";
import { upsertCampaigns, type NewCampaign } from "./upsert-campaigns.ts";

export interface CreateParts extends ReadEventParts {
  readonly database: Database;
  readonly connection: string;
  readonly onFailpoint: OnFailpoint;
  readonly salesforce: SalesforceClient;
  readonly creating: CampaignCreationClient;
  readonly circa: CircaClient;
  readonly names: PackageNames;
  readonly users: UserDirectory;
  readonly onMappingsChanged: () => void;
}

/**
 * Creates the Campaigns that are wanted and connects the tasks to them; a failure is the error of
 * those tasks alone.
 * @returns the tasks whose Campaign this made, now or in a pass that did not finish
 */
export async function createCampaigns(
  parts: CreateParts,
  tasks: readonly LinkTask[],
  inForce: MappingsSnapshot,
): Promise<ReadonlySet<LinkTask>> {
  const fresh = tasks.filter(({ known, error }) => known === null && error === undefined);
  const { database, connection } = parts;
  const ids = fresh.map(({ eventId }) => eventId);
  const pasts = await eventPasts(database.query, connection, ids);
  const made = new Set(
    fresh.filter(
      ({ eventId, link }) => link.campaign !== null && pasts.get(eventId)?.creating === true,
    ),
  );
  const { rule } = inForce.creation;
  if (rule === null) return made;
  const wanted = fresh.filter((work) => isWanted(work, rule, pasts.get(work.eventId)));
  if (wanted.length === 0) return made;
  try {
    for (const work of await create(parts, wanted, inForce, rule)) made.add(work);
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    // A field may have gone or been hidden; what the setting needs is checked again as well.
    if (error.kind === "configuration") parts.onMappingsChanged();
    for (const work of wanted) work.error ??= error;
  }
  return made;
}

function isWanted(work: LinkTask, rule: CreationRule, past: EventPast | undefined): boolean {
  const { event, link, error } = work;
  if (event === null || error !== undefined || past?.linked === true) return false;
  if (link.campaign !== null || link.problem !== null || link.fixes.length > 0) return false;
  return isUnconnected(work) && reachesStatus(rule, event.values["status"]);
}

/** Without the contract's attribute Salesforce alone says who is connected. */
function isUnconnected({ event }: LinkTask): boolean {
  return event !== null && (event.campaignId === null || event.campaignId === undefined);
}

async function create(
  parts: CreateParts,
  wanted: readonly LinkTask[],
  inForce: MappingsSnapshot,
  rule: CreationRule,
): Promise<readonly LinkTask[]> {
  const { database, connection, clock, creating, onFailpoint } = parts;
  const binned = await creating.eventsWithBinnedCampaign(wanted.map(({ eventId }) => eventId));
  if (binned.size > 0) {
    await database.write(async (trx) => {
      await markLinked(trx, connection, [...binned], clock.now());
      await endCreating(trx, connection, [...binned]);
    });
  }
  const tasks = wanted.filter(({ eventId }) => !binned.has(eventId));
  // A Campaign is never taken back, so the Event is read once more first.
  await Promise.all(tasks.map((work) => readEventOf(parts, work)));
  const still = tasks.filter((work) => {
    if (work.error !== undefined || work.event === null) return false;
    if (isUnconnected(work)) return reachesStatus(rule, work.event.values["status"]);
    work.error = new SystemError("circa", "conflict", "the Event was connected meanwhile");
    return false;
  });
  const campaigns = await planAll(parts, still, inForce, rule);
  if (campaigns.length === 0) return [];
  const ids = campaigns.map(({ work }) => work.eventId);
  await database.write((trx) => markCreating(trx, connection, ids, clock.now()));
  onFailpoint("creations_marked");
  const arrived = await upsertCampaigns(parts, campaigns);
  onFailpoint("creations_answered");
  await readBack(parts, arrived, inForce.campaignFields);
  const gaveUp = campaigns.filter(({ work }) => work.error === undefined && !work.link.campaign);
  await database.write((trx) =>
    endCreating(
      trx,
      connection,
      gaveUp.map(({ work }) => work.eventId),
    ),
  );
  return arrived.filter(({ link }) => link.campaign !== null);
}

async function planAll(
  { users }: CreateParts,
  tasks: readonly LinkTask[],
  { mappings, recordTypes: offered }: MappingsSnapshot,
  rule: CreationRule,
): Promise<NewCampaign[]> {
  const campaign = blankCampaign(rule);
  const pairs = tasks.flatMap(({ event }) => (event === null ? [] : [{ event, campaign }]));
  const lookup = await users.lookup(pairs, mappings);
  const recordTypes = await offered.lookup([campaign]);
  return tasks.flatMap((work): NewCampaign[] => {
    const { event } = work;
    if (event === null) return [];
    const failure = lookup.failureOf({ event, campaign });
    if (failure !== null) {
      work.error = failure;
      return [];
    }
    const context = { timeZone: event.timeZone, ...lookup };
    const planned = planCreation({ rule, mappings, event, context, recordTypes });
    if (planned.ok) return [{ work, values: planned.values, mapped: planned.mapped }];
    addProblem(work, planned.problem);
    return [];
  });
}

/** The new Campaigns with what Salesforce has made of them, defaults and automation included. */
async function readBack(
  { salesforce, log }: CreateParts,
  tasks: readonly LinkTask[],
  fields: readonly string[],
): Promise<void> {
  if (tasks.length === 0) return;
  try {
    const eventIds = tasks.map(({ eventId }) => eventId);
    const campaigns = await salesforce.campaigns({ eventIds, fields });
    const byEvent = new Map(campaigns.map((campaign) => [campaign.eventId, campaign]));
    for (const work of tasks) {
      resolveLinkOf(work, new Map(), byEvent);
      if (work.link.campaign === null) addProblem(work, notVisible());
      else log.info({ event: work.eventId, campaign: work.link.campaign.id }, "Campaign created");
    }
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    log.warn({ error: describeError(error) }, "created Campaigns can't be read; trying again");
    for (const work of tasks) work.error = error;
  }
}

function notVisible() {
  return linkProblem(
    "CAMPAIGN_NOT_VISIBLE",
    "The Campaign for this Event is in Salesforce, but the integration user can't see it.",
    "Share it with the integration user: with a private sharing model a Campaign of another owner is hidden.",
  );
}
