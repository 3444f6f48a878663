/** Writes to Salesforce: one composite call for all Campaigns of a batch, each for itself. */
import type { WriteResult } from "../../systems/salesforce/campaigns/schemas.ts";
import type { FieldChange } from "../plan/link-plan.ts";
import type { Clock } from "../../runtime/clock.ts";
import { awaySystem, SystemError, type FieldRefusal } from "../../runtime/errors.ts";
import type { Database } from "../../store/database/database.ts";
import { openProblemsOfEvents, type ShownProblem } from "../../store/history/problems-shown.ts";
import type { Log } from "../../runtime/log.ts";
import type { PackageNames } from "../../systems/salesforce/connection/names.ts";
import { campaignStatus } from "./campaign-status.ts";
import { isolateRefusals, type Attempt, type AttemptAnswer } from "./isolate-refusals.ts";
import { replaceTasks, withoutRestored, type WrittenTask } from "../plan/link-task.ts";
import {
  failRecord,
  failure,
  isAboutValues,
  nameIn,
  reportRefused,
  ruleCodes,
  toldAlready,
  type RefusalParts,
  type RefusedWrite,
} from "./refused-campaigns.ts";
import { leaveToTaker } from "./moved-campaigns.ts";
import { sendCampaigns, type SendParts } from "./send-campaigns.ts";

export interface CampaignWriteParts extends RefusalParts, SendParts {
  readonly database: Database;
  readonly names: PackageNames;
  readonly clock: Clock;
  readonly log: Log;
  /** What a mapping needs is not as it was when the mappings were read. */
  readonly onMappingsChanged: () => void;
}

/**
 * One Campaign's write under way: the link's fixes, the planned fields and the sync state shown
 * there. Nothing outside this file sees it.
 */
interface CampaignWrite extends RefusedWrite {
  /** As far as the write has come. */
  task: WrittenTask;
  readonly isolating: ReturnType<typeof isolateRefusals<FieldChange>>;
  /** The changes, in groups of those that belong together. */
  readonly groups: readonly (readonly FieldChange[])[];
  /** Problems of this Campaign that are open from before; null until a value is refused. */
  openBefore: readonly ShownProblem[] | null;
  attempt: Attempt<FieldChange>;
  /** Goes with the first attempt, and once more when the outcome is known. */
  withStatus: boolean;
  /** None, once Salesforce has taken them. */
  linkValues: Readonly<Record<string, unknown>>;
  readonly showStatus: boolean;
  /** Fields of the state that Salesforce refuses: the others are written without them. */
  readonly unshown: Set<string>;
  /** All that is left is to show what came of it. */
  ended: boolean;
}

/**
 * Writes everything planned for the Campaigns of these links.
 * @returns the tasks in their order
 */
export async function writeCampaigns(
  parts: CampaignWriteParts,
  tasks: readonly WrittenTask[],
  statusFields: ReadonlySet<string>,
): Promise<WrittenTask[]> {
  // An Event's id is unique: where Events change places, all let go before the first arrives.
  const releases = tasks.flatMap((task) => releaseOf(task, parts) ?? []);
  const released = replaceTasks(tasks, await writeAll(parts, releases, statusFields));
  const own = released.flatMap((task) => ownWriteOf(task, parts) ?? []);
  const left = leaveToTaker(own);
  const rest = own.filter((write) => !left.has(write));
  const written = await writeAll(parts, rest, statusFields);
  return replaceTasks(released, [
    ...written,
    ...[...left].map(([{ task }, error]) => ({ ...task, error })),
  ]);
}

/** @returns what became of the writes' tasks */
async function writeAll(
  parts: CampaignWriteParts,
  writes: readonly CampaignWrite[],
  statusFields: ReadonlySet<string>,
): Promise<WrittenTask[]> {
  let rest = writes;
  while (rest.length > 0) {
    const bodies = rest.map((write) => ({ write, values: valuesOf(write, parts, statusFields) }));
    const filled = bodies.filter(({ write, values }) => isWorthACall(write, values));
    if (filled.length === 0) break;
    const again: CampaignWrite[] = [];
    const results = await sendCampaigns(parts, filled);
    if (results.some(lacksPermission)) parts.onMappingsChanged();
    const refused = filled.filter((_, index) => isRefused(results[index]));
    await readOpenProblems(
      parts,
      refused.map(({ write }) => write),
    );
    for (const [index, { write }] of filled.entries()) {
      if (goOn(parts, write, results[index], statusFields)) again.push(write);
    }
    rest = again;
  }
  return writes.map(({ task }) => task);
}

const isRefused = (result: WriteResult | SystemError | undefined) =>
  result !== undefined && !(result instanceof SystemError) && !result.ok;

/** What is refused again in the same words needs no further question. */
async function readOpenProblems(
  { database }: CampaignWriteParts,
  writes: readonly CampaignWrite[],
): Promise<void> {
  const asking = writes.filter(
    ({ openBefore, groups }) => openBefore === null && groups.length > 0,
  );
  const eventIds = asking.map(({ task }) => task.eventId);
  const open = await openProblemsOfEvents(database.query, eventIds);
  for (const write of asking) {
    write.openBefore = open.filter(
      ({ eventId, campaignId }) =>
        eventId === write.task.eventId && campaignId === write.campaignId,
    );
  }
}

/** An empty one asks whether the Campaign takes a write at all, after one was refused. */
function isWorthACall({ attempt, ended, withStatus }: CampaignWrite, values: object): boolean {
  const asks = attempt.changes.length === 0 && attempt.restored.length === 0 && !ended;
  return Object.keys(values).length > 0 || (asks && !withStatus);
}

/** @returns true when there is something left to write */
function goOn(
  parts: CampaignWriteParts,
  write: CampaignWrite,
  result: WriteResult | SystemError | undefined,
  statusFields: ReadonlySet<string>,
): boolean {
  const { task, attempt } = write;
  if (result === undefined || result instanceof SystemError) {
    write.task = { ...task, error: result };
    return false;
  }
  const at = parts.clock.now();
  if (result.ok) {
    write.linkValues = {};
    const kept = withoutRestored(task, attempt);
    const taken = attempt.changes.map((change) => ({ change, at }));
    write.task = { ...kept, written: [...kept.written, ...taken] };
    if (write.ended) return false;
    return next(parts, write, { ok: true });
  }
  const { refusals } = result;
  if (leaveUnshown(parts, write, refusals, statusFields)) return true;
  if (write.ended) {
    if (write.isLink !== null && Object.keys(write.linkValues).length > 0)
      write.task = failRecord(write, refusals);
    return false;
  }
  if (!refusals.every((refusal) => isAboutValues(refusal, attempt.changes))) {
    write.task = { ...task, error: failure(refusals) };
    return false;
  }
  const isNamed = ({ mapping }: FieldChange) => nameIn(refusals, mapping.campaign.name);
  const tried = write.groups.filter((group) =>
    group.some((change) => attempt.changes.includes(change)),
  );
  return next(parts, write, {
    ok: false,
    refusals,
    named: new Set(attempt.changes.filter(isNamed)),
    certain: refusals.every(({ code, fields }) => !ruleCodes.has(code) && fields.length > 0),
    told: new Set(tried.flatMap((group) => toldAlready(group, refusals, write.openBefore ?? []))),
  });
}

/** @returns true when a field of the sync's state is to blame, which the next attempt leaves out */
function leaveUnshown(
  { log }: CampaignWriteParts,
  { campaignId, unshown }: CampaignWrite,
  refusals: readonly FieldRefusal[],
  statusFields: ReadonlySet<string>,
): boolean {
  let found = false;
  for (const { fields, message } of refusals) {
    for (const field of fields) {
      if (!statusFields.has(field) || unshown.has(field)) continue;
      const about = { campaign: campaignId, field, error: message };
      log.warn(about, "Salesforce refuses a field that shows the sync's state");
      unshown.add(field);
      found = true;
    }
  }
  return found;
}

/** @returns true when there is something left to write */
function next(
  parts: CampaignWriteParts,
  write: CampaignWrite,
  answer: AttemptAnswer<FieldChange>,
): boolean {
  const step = write.isolating.next(answer);
  write.withStatus = false;
  if (step.done !== true) {
    write.attempt = step.value;
    return true;
  }
  const { refused, record } = step.value;
  if (answer.ok && refused.length === 0 && record === null) return false;
  if (record !== null) write.task = failRecord(write, record);
  for (const it of refused) write.task = reportRefused(parts, write.task, it);
  write.ended = true;
  write.withStatus = record === null;
  write.attempt = { changes: [], restored: [] };
  return record === null;
}

/** The mapping goes off, and on again once the field may be written. */
function lacksPermission(result: WriteResult | SystemError): boolean {
  if (result instanceof SystemError || result.ok) return false;
  return result.refusals.some(({ code }) => code === "INVALID_FIELD_FOR_INSERT_UPDATE");
}

/** `resolveLink` lets go of one Campaign at most. */
function releaseOf(task: WrittenTask, parts: CampaignWriteParts): CampaignWrite | null {
  const { names } = parts;
  if (task.error !== undefined && !isOnlyCircaAway(task)) return null;
  const own = task.link.campaign?.id;
  const fix = task.link.fixes.find(
    (it) => it.kind === "write_event_id" && it.campaignId !== own && it.eventId === null,
  );
  if (fix?.kind !== "write_event_id") return null;
  // What the Campaign shows of the sync is no longer so.
  const linkValues = {
    [names.eventId]: null,
    [names.syncStatus]: null,
    [names.syncMessage]: null,
  };
  const { campaignId } = fix;
  const status = { withStatus: false, showStatus: false };
  return newWrite(parts, [], { task, campaignId, linkValues, isLink: "release", ...status });
}

function ownWriteOf(task: WrittenTask, parts: CampaignWriteParts): CampaignWrite | null {
  const own = task.link.campaign?.id;
  if (own === undefined || (task.error !== undefined && !isOnlyCircaAway(task))) return null;
  const fix = task.link.fixes.find((it) => it.kind === "write_event_id" && it.campaignId === own);
  const linkValues = fix === undefined ? {} : { [parts.names.eventId]: task.eventId };
  const isLink = fix === undefined ? null : "connect";
  const changes = task.plan.changes.filter((change) => change.target === "campaign");
  // Not in sync yet: the pass that finishes the Event says so.
  const status = { withStatus: true, showStatus: task.error === undefined };
  return newWrite(parts, changes, { task, campaignId: own, linkValues, isLink, ...status });
}

function newWrite(
  { boundFields }: CampaignWriteParts,
  changes: readonly FieldChange[],
  write: Omit<
    CampaignWrite,
    "isolating" | "groups" | "openBefore" | "attempt" | "unshown" | "ended"
  >,
): CampaignWrite {
  const groups = boundFields.groups(changes);
  const isolating = isolateRefusals(groups, { canTouch: true });
  // The first attempt is all of them.
  isolating.next();
  return {
    ...write,
    isolating,
    groups,
    openBefore: null,
    attempt: { changes, restored: [] },
    unshown: new Set(),
    ended: false,
  };
}

/** The Event could not be written because Circa is away: Salesforce gets its part all the same. */
function isOnlyCircaAway({ context, error }: WrittenTask): boolean {
  return context !== null && awaySystem(error) === "circa";
}

function valuesOf(
  { task, attempt, linkValues, showStatus, withStatus, unshown }: CampaignWrite,
  { names, clock }: CampaignWriteParts,
  statusFields: ReadonlySet<string>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const isShown = (name: string) => statusFields.has(name) && !unshown.has(name);
  for (const [name, value] of Object.entries(linkValues)) {
    if (name === names.eventId || isShown(name)) values[name] = value;
  }
  for (const { mapping, oldValue } of attempt.restored) values[mapping.campaign.name] = oldValue;
  for (const { mapping, newValue } of attempt.changes) values[mapping.campaign.name] = newValue;
  const { campaign } = task.link;
  if (!showStatus || !withStatus || campaign === null) return values;
  const status = campaignStatus(names, campaign, task.problems, task.plan.heldBlanks);
  for (const [name, value] of Object.entries(status)) {
    if (isShown(name)) values[name] = value;
  }
  // Not for its own sake: a Campaign that only gave a value is not touched to say so.
  if (Object.keys(values).length > 0 && isShown(names.lastSynced)) {
    values[names.lastSynced] = new Date(clock.now()).toISOString();
  }
  return values;
}
