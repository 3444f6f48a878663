/**
 * Makes a Campaign for an Event that never had one and whose status has reached the chosen ones.
 * The Event's id is the key of the write, so that it makes one Campaign however often it is sent.
 */
import { linkProblem } from "../../model/problems/problem.ts";
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
import { replaceTasks, withProblem, type ResolvedTask } from "../plan/link-task.ts";
import type { MappingsSnapshot } from "../mappings/active-mappings.ts";
import { readEventOf, type ReadEventParts } from "../read/read-event.ts";
import { resolveLinkOf } from "../read/read-sides.ts";
import type { UserDirectory } from "../read/users.ts";
import { reachesStatus, type CreationRule } from "./setting/check-setting.ts";
import { blankCampaign, planCreation } from "./plan-creation.ts";
import { upsertCampaigns, type NewCampaign } from "./upsert-campaigns.ts";

export interface CreateParts extends ReadEventParts {
  readonly database: Database;
  readonly onFailpoint: OnFailpoint;
  readonly salesforce: SalesforceClient;
  readonly creating: CampaignCreationClient;
  readonly circa: CircaClient;
  readonly names: PackageNames;
  readonly users: UserDirectory;
  readonly onMappingsChanged: () => void;
}

interface Creation {
  /** In their order; those whose Campaign was made are connected to it. */
  readonly tasks: readonly ResolvedTask[];
  /** Events whose Campaign this made, now or in a pass that did not finish. */
  readonly made: ReadonlySet<string>;
}

/**
 * Creates the Campaigns that are wanted and connects the tasks to them; a failure is the error of
 * those tasks alone.
 */
export async function createCampaigns(
  parts: CreateParts,
  tasks: readonly ResolvedTask[],
  inForce: MappingsSnapshot,
): Promise<Creation> {
  const fresh = tasks.filter(({ known, error }) => known === null && error === undefined);
  const { database } = parts;
  const pasts = await eventPasts(database.query, fresh.map(eventIdOf));
  const before = fresh.filter(
    ({ eventId, link }) => link.campaign !== null && pasts.get(eventId)?.creating === true,
  );
  const made = new Set(before.map(eventIdOf));
  const { rule } = inForce.creation;
  if (rule === null) return { tasks, made };
  const wanted = fresh.filter((task) => isWanted(task, rule, pasts.get(task.eventId)));
  if (wanted.length === 0) return { tasks, made };
  const ended = await create(parts, wanted, inForce, rule);
  for (const { eventId, link } of ended) if (link.campaign !== null) made.add(eventId);
  return { tasks: replaceTasks(tasks, ended), made };
}

const eventIdOf = ({ eventId }: ResolvedTask) => eventId;

function isWanted(task: ResolvedTask, rule: CreationRule, past: EventPast | undefined): boolean {
  const { event, link, error } = task;
  if (event === null || error !== undefined || past?.linked === true) return false;
  if (link.campaign !== null || link.problem !== null || link.fixes.length > 0) return false;
  return isUnconnected(task) && reachesStatus(rule, event.values["status"]);
}

/** Without the contract's attribute Salesforce alone says who is connected. */
function isUnconnected({ event }: ResolvedTask): boolean {
  return event !== null && (event.campaignId === null || event.campaignId === undefined);
}

/** @returns the tasks in their order, connected where their Campaign was made */
async function create(
  parts: CreateParts,
  wanted: readonly ResolvedTask[],
  inForce: MappingsSnapshot,
  rule: CreationRule,
): Promise<readonly ResolvedTask[]> {
  let tasks = wanted;
  try {
    const free = await withoutBinned(parts, wanted);
    // A Campaign is never taken back, so the Event is read once more first.
    const read = await Promise.all(free.map((task) => readEventOf(parts, task)));
    const unconnected = read.map(unlessConnected);
    tasks = replaceTasks(tasks, unconnected);
    const planned = await planAll(parts, unconnected, inForce, rule);
    tasks = replaceTasks(tasks, planned.tasks);
    if (planned.campaigns.length === 0) return tasks;
    return replaceTasks(tasks, await make(parts, planned.campaigns, inForce.campaignFields));
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    // A field may have gone or been hidden; what the setting needs is checked again as well.
    if (error.kind === "configuration") parts.onMappingsChanged();
    return tasks.map((task) => ({ ...task, error: task.error ?? error }));
  }
}

/** An Event whose Campaign is in the recycle bin had one: it gets no other. */
async function withoutBinned(
  { database, clock, creating }: CreateParts,
  wanted: readonly ResolvedTask[],
): Promise<ResolvedTask[]> {
  const binned = await creating.eventsWithBinnedCampaign(wanted.map(eventIdOf));
  if (binned.size > 0) {
    await database.write(async (trx) => {
      await markLinked(trx, [...binned], clock.now());
      await endCreating(trx, [...binned]);
    });
  }
  return wanted.filter(({ eventId }) => !binned.has(eventId));
}

function unlessConnected(task: ResolvedTask): ResolvedTask {
  if (task.error !== undefined || task.event === null || isUnconnected(task)) return task;
  const error = new SystemError("circa", "conflict", "the Event was connected meanwhile");
  return { ...task, error };
}

async function make(
  parts: CreateParts,
  campaigns: readonly NewCampaign[],
  fields: readonly string[],
): Promise<readonly ResolvedTask[]> {
  const { database, clock, onFailpoint } = parts;
  const ids = campaigns.map(({ task }) => task.eventId);
  await database.write((trx) => markCreating(trx, ids, clock.now()));
  onFailpoint("creations_marked");
  const { arrived, refused } = await upsertCampaigns(parts, campaigns);
  onFailpoint("creations_answered");
  const tasks = [...refused, ...(await readBack(parts, arrived, fields))];
  const gaveUp = tasks.filter(({ error, link }) => error === undefined && link.campaign === null);
  await database.write((trx) => endCreating(trx, gaveUp.map(eventIdOf)));
  return tasks;
}

/** @returns all tasks, and what is to be made for those that still want a Campaign */
async function planAll(
  { users }: CreateParts,
  tasks: readonly ResolvedTask[],
  { mappings, recordTypes: offered }: MappingsSnapshot,
  rule: CreationRule,
): Promise<{ readonly tasks: ResolvedTask[]; readonly campaigns: readonly NewCampaign[] }> {
  const campaign = blankCampaign(rule);
  const still = tasks.filter(
    ({ event, error }) => error === undefined && reachesStatus(rule, event?.values["status"]),
  );
  const pairs = still.flatMap(({ event }) => (event === null ? [] : [{ event, campaign }]));
  const lookup = await users.lookup(pairs, mappings);
  const recordTypes = await offered.lookup([campaign]);
  const campaigns: NewCampaign[] = [];
  const plan = (task: ResolvedTask): ResolvedTask => {
    const { event } = task;
    if (event === null || !still.includes(task)) return task;
    const error = lookup.failureOf({ event, campaign });
    if (error !== null) return { ...task, error };
    const context = { timeZone: event.timeZone, ...lookup };
    const planned = planCreation({ rule, mappings, event, context, recordTypes });
    if (!planned.ok) return withProblem(task, planned.problem);
    campaigns.push({ task, values: planned.values, mapped: planned.mapped });
    return task;
  };
  return { tasks: tasks.map(plan), campaigns };
}

/** The new Campaigns with what Salesforce has made of them, defaults and automation included. */
async function readBack(
  { salesforce, log }: CreateParts,
  tasks: readonly ResolvedTask[],
  fields: readonly string[],
): Promise<ResolvedTask[]> {
  if (tasks.length === 0) return [];
  try {
    const campaigns = await salesforce.campaigns({ eventIds: tasks.map(eventIdOf), fields });
    const byEvent = new Map(campaigns.map((campaign) => [campaign.eventId, campaign]));
    return tasks.map((task) => {
      const resolved = resolveLinkOf(task, new Map(), byEvent);
      const { campaign } = resolved.link;
      if (campaign === null) return withProblem(resolved, linkProblem("CAMPAIGN_NOT_VISIBLE", {}));
      log.info({ event: task.eventId, campaign: campaign.id }, "Campaign created");
      return resolved;
    });
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    log.warn({ error: describeError(error) }, "created Campaigns can't be read; trying again");
    return tasks.map((task) => ({ ...task, error }));
  }
}
