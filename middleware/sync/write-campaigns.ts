/** Writes to Salesforce: one composite call for all Campaigns of a batch, each for itself. */
import { sayRefusals } from "../answers/words.ts";
import type { Clock } from "../clock.ts";
import { awaySystem, SystemError, type FieldRefusal } from "../errors.ts";
import type { Log } from "../log.ts";
import type { AtStep } from "../steps.ts";
import type { SalesforceClient, WriteResult } from "../systems/salesforce/client.ts";
import { kindOfRefusal, kindOfRow } from "../systems/salesforce/errors.ts";
import type { PackageNames } from "../systems/salesforce/names.ts";
import { campaignStatus } from "./campaign-status.ts";
import { refuseDependents } from "./check-choices.ts";
import { linkProblem } from "./link.ts";
import { addProblem, type LinkWork } from "./link-work.ts";
import type { OneAtATime } from "./one-at-a-time.ts";
import type { FieldChange } from "./plan.ts";
import type { Problem } from "./problem.ts";
import { problemCodeOf } from "./problem-catalogue/salesforce-entries.ts";

/** Salesforce may refuse one field after another; each round leaves the refused ones out. */
const mostRounds = 5;

export interface CampaignWriteParts {
  readonly salesforce: SalesforceClient;
  readonly names: PackageNames;
  readonly clock: Clock;
  readonly log: Log;
  readonly atStep: AtStep;
  readonly campaignWrites: OneAtATime;
  /** What a mapping needs is not as it was when the mappings were read. */
  readonly onMappingsChanged: () => void;
}

/** One Campaign's write: the link's fixes, the planned fields and the sync state shown there. */
interface CampaignWrite {
  readonly work: LinkWork;
  readonly campaignId: string;
  changes: FieldChange[];
  /** The link itself: a refusal of it can't be left out. */
  readonly linkValues: Readonly<Record<string, unknown>>;
  readonly showStatus: boolean;
  /** Fields of the state that Salesforce refuses: the others are written without them. */
  readonly unshown: Set<string>;
}

/** Writes everything planned for the Campaigns of these links. */
export async function writeCampaigns(
  parts: CampaignWriteParts,
  works: readonly LinkWork[],
  statusFields: ReadonlySet<string>,
): Promise<void> {
  let rest = works.flatMap((work) => writesOf(work, parts.names));
  for (let round = 1; rest.length > 0; round += 1) {
    const bodies = rest.map((write) => ({ write, values: valuesOf(write, parts, statusFields) }));
    const filled = bodies.filter(({ values }) => Object.keys(values).length > 0);
    if (filled.length === 0) return;
    const again: CampaignWrite[] = [];
    const results = await send(parts, filled);
    if (results.some(lacksPermission)) parts.onMappingsChanged();
    const at = parts.clock.now();
    for (const [index, { write }] of filled.entries()) {
      const result = results[index];
      if (result === undefined || result instanceof SystemError) write.work.error = result;
      else if (result.ok)
        write.work.written.push(...write.changes.map((change) => ({ change, at })));
      else if (leaveOut(parts, write, result.refusals, statusFields) && round < mostRounds)
        again.push(write);
      else {
        fail(write, result.refusals);
        if (stillShown(write)) again.push(write);
      }
    }
    rest = again;
  }
}

/** What was refused is given up; the Campaign must not go on saying that all is in sync. */
function stillShown(write: CampaignWrite): boolean {
  const { work, changes, showStatus } = write;
  if (!showStatus || changes.length === 0 || work.error !== undefined) return false;
  if (work.link.campaign === null) return false;
  write.changes = [];
  return true;
}

/** A whole call that fails is every record's own error: each link is tried again by itself. */
async function send(
  parts: CampaignWriteParts,
  bodies: readonly { write: CampaignWrite; values: Record<string, unknown> }[],
): Promise<(WriteResult | SystemError)[]> {
  const records = bodies.map(({ write, values }) => ({ id: write.campaignId, values }));
  try {
    parts.atStep("campaign_writes_sending");
    const ids = records.map(({ id }) => id);
    const results = await parts.campaignWrites.run(ids, () =>
      parts.salesforce.updateCampaigns(records),
    );
    parts.atStep("campaign_writes_answered");
    return results;
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    return records.map(() => error);
  }
}

/** The mapping goes off, and on again once the field may be written. */
function lacksPermission(result: WriteResult | SystemError): boolean {
  if (result instanceof SystemError || result.ok) return false;
  return result.refusals.some(({ code }) => code === "INVALID_FIELD_FOR_INSERT_UPDATE");
}

function writesOf(work: LinkWork, names: PackageNames): CampaignWrite[] {
  if (work.error !== undefined && !isOnlyCircaAway(work)) return [];
  const writes: CampaignWrite[] = [];
  const own = work.link.campaign?.id;
  for (const fix of work.link.fixes) {
    if (fix.kind !== "write_event_id" || fix.campaignId === own) continue;
    // What the Campaign shows of the sync is no longer so.
    const linkValues = {
      [names.eventId]: null,
      [names.syncStatus]: null,
      [names.syncMessage]: null,
    };
    writes.push({
      work,
      campaignId: fix.campaignId,
      changes: [],
      linkValues,
      showStatus: false,
      unshown: new Set(),
    });
  }
  if (own !== undefined) {
    const fix = work.link.fixes.find((it) => it.kind === "write_event_id" && it.campaignId === own);
    const linkValues = fix === undefined ? {} : { [names.eventId]: work.eventId };
    const changes = work.plan.changes.filter((change) => change.target === "campaign");
    // Not in line yet: the turn that finishes the Event says so.
    const showStatus = work.error === undefined;
    writes.push({ work, campaignId: own, changes, linkValues, showStatus, unshown: new Set() });
  }
  return writes;
}

/** The Event could not be written because Circa is away: Salesforce gets its part all the same. */
function isOnlyCircaAway({ planned, error }: LinkWork): boolean {
  return planned && awaySystem(error) === "circa";
}

function valuesOf(
  { work, changes, linkValues, showStatus, unshown }: CampaignWrite,
  { names, clock }: CampaignWriteParts,
  statusFields: ReadonlySet<string>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const isShown = (name: string) => statusFields.has(name) && !unshown.has(name);
  for (const [name, value] of Object.entries(linkValues)) {
    if (name === names.eventId || isShown(name)) values[name] = value;
  }
  for (const { mapping, newValue } of changes) values[mapping.campaign.name] = newValue;
  const { campaign } = work.link;
  if (!showStatus || campaign === null) return values;
  const status = campaignStatus(names, campaign, work.problems);
  for (const [name, value] of Object.entries(status)) {
    if (isShown(name)) values[name] = value;
  }
  // Not for its own sake: a Campaign that only gave a value is not touched to say so.
  if (Object.keys(values).length > 0 && isShown(names.lastSynced)) {
    values[names.lastSynced] = new Date(clock.now()).toISOString();
  }
  return values;
}

/** @returns true when there is something left to write without the refused fields */
function leaveOut(
  { log }: CampaignWriteParts,
  write: CampaignWrite,
  refusals: readonly FieldRefusal[],
  statusFields: ReadonlySet<string>,
): boolean {
  let found = false;
  for (const refusal of refusals) {
    if (kindOfRefusal(refusal) !== "rejected" && refusal.code !== "INVALID_FIELD") return false;
    for (const field of refusal.fields) {
      if (!statusFields.has(field) || write.unshown.has(field)) continue;
      const about = { campaign: write.campaignId, field, error: refusal.message };
      log.warn(about, "Salesforce refuses a field that shows the sync's state");
      write.unshown.add(field);
      found = true;
    }
    for (const change of write.changes) {
      const { circa, campaign } = change.mapping;
      if (!refusal.fields.includes(campaign.name)) continue;
      addProblem(write.work, {
        code: problemCodeOf(refusal.code),
        message: `Salesforce refuses ${circa.label} = ${JSON.stringify(change.newValue)}: ${sayRefusals([refusal])}`,
        hint: `Change ${circa.label} on the Event to a value that the Campaign's ${campaign.label} takes.`,
        fieldKey: circa.key,
        fieldLabel: circa.label,
      });
      write.changes = write.changes.filter((it) => it !== change);
      found = true;
    }
  }
  const { campaign } = write.work.link;
  if (found && campaign !== null) {
    // Salesforce's API does not mind which value a dependent picklist's other field has.
    const refused = refuseDependents(write.changes, campaign);
    for (const problem of refused.values()) addProblem(write.work, problem);
    write.changes = write.changes.filter((change) => !refused.has(change));
  }
  return found;
}

const isOfRecord = ({ fieldKey }: Problem): boolean => fieldKey === null;

/** No field of ours is to blame: the record waits, as a problem or for its next try. */
function fail(
  { work, campaignId, changes, linkValues }: CampaignWrite,
  refusals: readonly FieldRefusal[],
): void {
  const message = sayRefusals(refusals);
  const kind = kindOfRow(refusals);
  if (kind !== "rejected") {
    work.error = new SystemError("salesforce", kind, `Salesforce writing a Campaign: ${message}`, {
      refusals,
    });
    return;
  }
  const linking = Object.keys(linkValues).length > 0;
  // Only the state was to be shown, and what is wrong with the record is known already.
  if (!linking && changes.length === 0 && work.problems.some(isOfRecord)) return;
  const releasing = linking && Object.values(linkValues).every((value) => value === null);
  const fields = changes.map((change) => change.mapping.circa.label).join(", ");
  const what = linking
    ? `to ${releasing ? "disconnect" : "connect"} the Campaign`
    : `the Campaign with ${fields === "" ? "the state of its sync" : fields}`;
  addProblem(
    work,
    linkProblem(
      linking ? "LINK_REFUSED" : "RECORD_REFUSED",
      `Salesforce refuses ${what}: ${message}`,
      "Correct the Event or the Campaign so that the rule named here is met.",
    ),
  );
  if (!linking) return;
  work.link = { campaign: null, fixes: [], problem: null };
  // Otherwise the next turn would take what is still there for somebody's new connection.
  if (releasing) work.stillHolds = campaignId;
}
