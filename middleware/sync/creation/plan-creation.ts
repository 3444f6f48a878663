/** What a new Campaign begins with: the setting's values, and the Event's by the mappings. Pure. */
import type { RecordTypeLookup } from "../mappings/record-type-lists.ts";
import type { Mapping } from "../mappings/mapping.ts";
import { planLink } from "../plan/plan.ts";
import { introduced, type Problem } from "../../model/problems/problem.ts";
import type { Campaign, CircaEvent } from "../../model/records.ts";
import type { ValueContext } from "../values/conversion.ts";
import type { CreationRule } from "./setting/check-setting.ts";
import { fillPattern, type FilledName } from "./setting/name-pattern.ts";

export interface CreationInput {
  readonly rule: CreationRule;
  readonly mappings: readonly Mapping[];
  readonly event: CircaEvent;
  readonly context: ValueContext;
  readonly recordTypes: RecordTypeLookup;
}

export type PlannedCampaign =
  | {
      readonly ok: true;
      /** By API name, without the Event's id. */
      readonly values: Readonly<Record<string, unknown>>;
      /** The mappings that gave a value, by the Campaign field's API name. */
      readonly mapped: ReadonlyMap<string, Mapping>;
    }
  /** There can't be a Campaign without a name. */
  | { readonly ok: false; readonly problem: Problem };

/** The Campaign that is not there yet, as the plan's other side. */
export function blankCampaign(rule: CreationRule): Campaign {
  const recordTypeId = rule.recordType?.id ?? null;
  return { id: "", name: "", eventId: null, modifiedAt: 0, recordTypeId, values: {} };
}

/** Values that can't be carried over are left out: the link's own plan reports them. */
export function planCreation(input: CreationInput): PlannedCampaign {
  const { rule, event, context, recordTypes } = input;
  const mappings = input.mappings.filter(
    ({ direction, campaign }) => direction === "to_salesforce" && campaign.createable,
  );
  const campaign = blankCampaign(rule);
  const initialised = new Set<string>();
  const plan = planLink({
    mappings,
    event,
    campaign,
    initialised,
    baseline: {},
    context,
    recordTypes,
  });
  const mapped = new Map<string, Mapping>();
  const values: Record<string, unknown> = {
    IsActive: true,
    ...(rule.recordType === null ? {} : { RecordTypeId: rule.recordType.id }),
    ...(rule.parentCampaignId === null ? {} : { ParentId: rule.parentCampaignId }),
  };
  for (const { mapping, target, newValue } of plan.changes) {
    if (target !== "campaign") continue;
    values[mapping.campaign.name] = newValue;
    mapped.set(mapping.campaign.name, mapping);
  }
  if (!mapped.has("Name")) {
    const named = nameByPattern(input, mappings, plan.problems);
    if (!named.ok)
      return { ok: false, problem: introduced(named.problem, { phrase: "notCreatedYet" }) };
    values["Name"] = named.name;
  }
  return { ok: true, values, mapped };
}

/** A mapping to the Name comes first: its problem is not passed over by the pattern. */
function nameByPattern(
  { rule, event, context }: CreationInput,
  mappings: readonly Mapping[],
  problems: readonly Problem[],
): FilledName {
  const nameKey = mappings.find(({ campaign }) => campaign.name === "Name")?.circa.key;
  const value = nameKey === undefined ? null : (event.values[nameKey] ?? null);
  const problem = problems.find(({ fieldKey }) => fieldKey === nameKey);
  if (value !== null && problem !== undefined) return { ok: false, problem };
  return fillPattern(rule.namePattern, event, context);
}
