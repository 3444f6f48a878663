/** The write that makes Campaigns: one call for all of a batch, each for itself. */
import { sayRefusals } from "../../model/answers/words.ts";
import { SystemError, type FieldRefusal } from "../../runtime/errors.ts";
import type { CampaignCreationClient } from "../../systems/salesforce/campaigns/campaign-creation.ts";
import { kindOfRefusal, kindOfRow } from "../../systems/salesforce/connection/errors.ts";
import { linkProblem } from "../plan/link.ts";
import { withProblem, type ResolvedTask } from "../plan/link-task.ts";
import type { Mapping } from "../mappings/mapping.ts";
import type { PackageNames } from "../../systems/salesforce/connection/names.ts";

export interface NewCampaign {
  readonly task: ResolvedTask;
  /** By API name, without the Event's id. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The mappings that gave a value, by the Campaign field's API name. */
  readonly mapped: ReadonlyMap<string, Mapping>;
}

interface Upserted {
  /** Those whose Campaign is in Salesforce now. */
  readonly arrived: readonly ResolvedTask[];
  /** Each with the problem or the error that says why not. */
  readonly refused: readonly ResolvedTask[];
}

/**
 * Writes them; a refused field is left out (the link's own write reports it), and a Campaign that
 * is refused as a whole becomes its task's problem or error.
 * @throws SystemError when a whole call fails: whether Campaigns were made is not known then
 */
export async function upsertCampaigns(
  { creating, names }: { readonly creating: CampaignCreationClient; readonly names: PackageNames },
  campaigns: readonly NewCampaign[],
): Promise<Upserted> {
  const arrived: ResolvedTask[] = [];
  const refused: ResolvedTask[] = [];
  let rest = campaigns;
  // Salesforce may refuse one field after another; each round leaves the refused ones out.
  while (rest.length > 0) {
    const again: NewCampaign[] = [];
    const results = await creating.upsertByEvent(
      rest.map(({ task, values }) => ({ eventId: task.eventId, values })),
    );
    for (const [index, campaign] of rest.entries()) {
      const result = results[index];
      const refusals = result?.ok === false ? result.refusals : [];
      // Another process was faster: its Campaign is the one.
      if (refusals.length === 0 || isThereAlready(refusals, names)) arrived.push(campaign.task);
      else {
        const less = leaveOut(campaign, refusals);
        if (less === null) refused.push(refusedTask(campaign, refusals));
        else again.push(less);
      }
    }
    rest = again;
  }
  return { arrived, refused };
}

function isThereAlready(refusals: readonly FieldRefusal[], { eventId }: PackageNames): boolean {
  return refusals.some(
    ({ code, message, fields }) =>
      code === "DUPLICATE_VALUE" && (fields.includes(eventId) || message.includes(eventId)),
  );
}

/** @returns null when a refusal is about more than mapped fields that the Campaign can lack */
function leaveOut(campaign: NewCampaign, refusals: readonly FieldRefusal[]): NewCampaign | null {
  const refused = refusals.flatMap(({ fields }) => fields);
  const optional = (name: string) => campaign.mapped.has(name) && name !== "Name";
  if (refused.length === 0 || !refused.every(optional)) return null;
  if (refusals.some((it) => it.fields.length === 0 || !isAboutValues(it))) return null;
  const keep = ([name]: readonly [string, unknown]) => !refused.includes(name);
  return {
    task: campaign.task,
    values: Object.fromEntries(Object.entries(campaign.values).filter(keep)),
    mapped: new Map([...campaign.mapped].filter(keep)),
  };
}

function isAboutValues(refusal: FieldRefusal): boolean {
  const kind = kindOfRefusal(refusal);
  // What the new Campaign refers to may be gone.
  return kind === "rejected" || kind === "not_found" || refusal.code === "INVALID_FIELD";
}

function refusedTask(
  { task, mapped }: NewCampaign,
  refusals: readonly FieldRefusal[],
): ResolvedTask {
  const message = sayRefusals(refusals);
  const blocking = refusals.filter((refusal) => !isAboutValues(refusal));
  if (blocking.length > 0) {
    const text = `Salesforce creating a Campaign: ${message}`;
    const error = new SystemError("salesforce", kindOfRow(blocking), text, { refusals });
    return { ...task, error };
  }
  return withProblem(
    task,
    linkProblem(
      "CAMPAIGN_NOT_CREATED",
      `Salesforce refuses the new Campaign for this Event: ${message}`,
      hintFor(refusals, mapped),
    ),
  );
}

function hintFor(refusals: readonly FieldRefusal[], mapped: ReadonlyMap<string, Mapping>): string {
  const fields = [...new Set(refusals.flatMap((refusal) => refusal.fields))];
  if (refusals.some(({ code }) => code === "REQUIRED_FIELD_MISSING")) {
    const list = fields.filter((name) => !mapped.has(name)).join(", ");
    return `Give ${list} a value: map an Event field To Salesforce to it and fill that in, or set a default value in Salesforce.`;
  }
  if (fields.some((name) => name === "ParentId" || name === "RecordTypeId")) {
    return "Correct the record type and the parent Campaign in Circa Sync Setting.";
  }
  return "Correct the Event, or the rule in Salesforce that is named here.";
}
