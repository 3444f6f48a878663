/** The write that makes Campaigns: one call for all of a batch, each for itself. */
import { linkProblem, type Problem } from "../../model/problems/problem.ts";
import { sayRefusals } from "../../model/answers/words.ts";
import { SystemError, type FieldRefusal } from "../../runtime/errors.ts";
import type { CampaignCreationClient } from "../../systems/salesforce/campaigns/campaign-creation.ts";
import { kindOfRefusal, kindOfRow } from "../../systems/salesforce/connection/errors.ts";
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
  return withProblem(task, notCreated(refusals, mapped, message));
}

function notCreated(
  refusals: readonly FieldRefusal[],
  mapped: ReadonlyMap<string, Mapping>,
  said: string,
): Problem {
  const fields = [...new Set(refusals.flatMap((refusal) => refusal.fields))];
  if (refusals.some(({ code }) => code === "REQUIRED_FIELD_MISSING")) {
    const missing = fields.filter((name) => !mapped.has(name));
    return linkProblem("CAMPAIGN_NOT_CREATED.required", { said, fields: missing });
  }
  const isSetting = fields.some((name) => name === "ParentId" || name === "RecordTypeId");
  return linkProblem(`CAMPAIGN_NOT_CREATED.${isSetting ? "setting" : "rule"}`, { said });
}
