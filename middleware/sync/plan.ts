/**
 * The plan: pure comparison of the two sides of one link under the mappings. What it returns is
 * all that has to be written; nothing to write means that the link is in line.
 */
import type { Mapping } from "./mapping.ts";
import type { Problem } from "./problem.ts";
import type { Campaign, CircaEvent } from "./records.ts";
import type { Converted, ValueContext } from "./values/conversion.ts";

/** Why a field is written, for the history. */
export const changeNotes = [
  "first_contact",
  "put_back_in_circa",
  "put_back_in_salesforce",
] as const;
export type ChangeNote = (typeof changeNotes)[number];

/** One field to be written to one side. */
export interface FieldChange {
  readonly mapping: Mapping;
  readonly target: "campaign" | "event";
  readonly oldValue: unknown;
  /** In the target's own form. */
  readonly newValue: unknown;
  readonly note: ChangeNote | null;
}

export interface LinkPlan {
  readonly changes: readonly FieldChange[];
  readonly problems: readonly Problem[];
  /** Identities of the mappings that meet this link for the first time and can go through. */
  readonly firstContacts: readonly string[];
}

export interface PlanInput {
  readonly mappings: readonly Mapping[];
  readonly event: CircaEvent;
  readonly campaign: Campaign;
  /** Identities of the mappings that have met this link before. */
  readonly met: ReadonlySet<string>;
  /** The Campaign's values, by Circa field key, when both sides last agreed. */
  readonly agreed: Readonly<Record<string, unknown>>;
  readonly context: ValueContext;
}

export function planLink(input: PlanInput): LinkPlan {
  const changes: FieldChange[] = [];
  const problems: Problem[] = [];
  const firstContacts: string[] = [];
  for (const mapping of input.mappings) {
    const known = input.met.has(mapping.identity);
    const outcome = planField(input, mapping, known);
    if (outcome !== null && "code" in outcome) problems.push(outcome);
    else {
      if (outcome !== null) changes.push(outcome);
      if (!known) firstContacts.push(mapping.identity);
    }
  }
  return { changes, problems, firstContacts };
}

function planField(
  input: PlanInput,
  mapping: Mapping,
  known: boolean,
): FieldChange | Problem | null {
  const { context } = input;
  const { circa, campaign, conversion } = mapping;
  const eventValue = input.event.values[circa.key] ?? null;
  const campaignValue = input.campaign.values[campaign.name] ?? null;
  if (conversion.equal(eventValue, campaignValue, context)) return null;

  const toCampaign = known
    ? mapping.direction === "to_salesforce"
    : eventWinsAtFirst(mapping, campaignValue);
  const source = toCampaign ? eventValue : campaignValue;
  if (isBlank(source)) {
    if (mapping.blankRule === "keep") return null;
    if (!toCampaign && circa.required) return requiredInCirca(mapping);
    if (toCampaign && !campaign.nillable && campaign.type !== "boolean") {
      return requiredInSalesforce(mapping);
    }
  }
  const converted: Converted = toCampaign
    ? conversion.toCampaign(eventValue, context)
    : conversion.toCirca(campaignValue, context);
  if (!converted.ok) {
    return { ...converted.problem, fieldKey: circa.key, fieldLabel: circa.label };
  }
  return {
    mapping,
    target: toCampaign ? "campaign" : "event",
    oldValue: toCampaign ? campaignValue : eventValue,
    newValue: converted.value,
    note: known ? putBackNote(input, mapping, campaignValue, converted.value) : "first_contact",
  };
}

/**
 * At first contact a picklist takes the Campaign's value in either direction; a Campaign without
 * a value has none to give, and then the Event's stays.
 */
function eventWinsAtFirst(mapping: Mapping, campaignValue: unknown): boolean {
  if (mapping.direction === "from_salesforce") return false;
  return !mapping.picklist || isBlank(campaignValue);
}

/** The side that owns the field has not moved since both agreed, so it was the other one. */
function putBackNote(
  input: PlanInput,
  mapping: Mapping,
  campaignValue: unknown,
  newValue: unknown,
): ChangeNote | null {
  const key = mapping.circa.key;
  if (!(key in input.agreed)) return null;
  const agreed = input.agreed[key];
  if (mapping.direction === "to_salesforce") {
    return sameJson(agreed, newValue) ? "put_back_in_salesforce" : null;
  }
  return sameJson(agreed, campaignValue) ? "put_back_in_circa" : null;
}

function sameJson(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

export function isBlank(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return Array.isArray(value)
    ? value.length === 0
    : typeof value === "string" && value.trim() === "";
}

function requiredInCirca({ circa, campaign }: Mapping): Problem {
  return {
    code: "REQUIRED_IN_CIRCA",
    message: `${circa.label} is required in Circa, but the Campaign's ${campaign.label} is blank.`,
    hint: `Fill in ${campaign.label} on the Campaign.`,
    fieldKey: circa.key,
    fieldLabel: circa.label,
  };
}

function requiredInSalesforce({ circa, campaign }: Mapping): Problem {
  return {
    code: "REQUIRED_IN_SALESFORCE",
    message: `${campaign.label} is required on the Campaign, but ${circa.label} is blank in Circa.`,
    hint: `Fill in ${circa.label} on the Event.`,
    fieldKey: circa.key,
    fieldLabel: circa.label,
  };
}
