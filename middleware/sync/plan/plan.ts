/**
 * The plan: pure comparison of the two sides of one link under the mappings. What it returns is
 * all that has to be written; nothing to write means that the link is in line.
 */
import type { ChangeNote, FieldChange, FieldOutcome, LinkPlan, PlanInput } from "./link-plan.ts";
import { holdOtherEnds } from "./bound-fields.ts";
import { checkChoices, needsChoiceCheck } from "./check-choices.ts";
import type { HeldBlank } from "./held-blanks.ts";
import type { Mapping } from "../mappings/mapping.ts";
import { fieldProblem, type Problem } from "../../model/problems/problem.ts";
import { isBlankSource } from "../values/blank.ts";
import type { Converted } from "../values/conversion.ts";
import { quoteText, showText } from "../values/show-value.ts";

export function planLink(input: PlanInput): LinkPlan {
  const { mappings, initialised } = input;
  const heldBlanks: HeldBlank[] = [];
  const untold: Mapping[] = [];
  const outcomes = mappings.map((mapping) =>
    planField(input, mapping, initialised.has(mapping.identity), { heldBlanks, untold }),
  );
  const heldRemoved = needsChoiceCheck(input) ? checkChoices(input, outcomes) : [];
  holdOtherEnds(mappings, outcomes);
  const changes: FieldChange[] = [];
  const problems: Problem[] = [];
  const firstContacts: string[] = [];
  const blankContacts: string[] = [];
  for (const [index, mapping] of mappings.entries()) {
    const { identity } = mapping;
    const outcome = outcomes[index] ?? null;
    if (outcome !== null && "code" in outcome) problems.push(outcome);
    else {
      if (outcome !== null) changes.push(outcome);
      // A field that is not known has not been met.
      if (
        !initialised.has(identity) &&
        (outcome !== null || !untold.some((it) => it.identity === identity))
      ) {
        firstContacts.push(identity);
        if (outcome === null && isBlankOfSalesforce(input, mapping)) blankContacts.push(identity);
      }
    }
  }
  return { changes, problems, firstContacts, blankContacts, heldRemoved, heldBlanks, untold };
}

function isBlankOfSalesforce({ event, campaign }: PlanInput, mapping: Mapping): boolean {
  if (mapping.direction !== "from_salesforce") return false;
  const { circa, campaign: field } = mapping;
  return isBlank(event.values[circa.key]) && isBlank(campaign.values[field.name]);
}

/** What is found beside the outcomes. */
interface Aside {
  readonly heldBlanks: HeldBlank[];
  readonly untold: Mapping[];
}

function planField(
  input: PlanInput,
  mapping: Mapping,
  known: boolean,
  { heldBlanks, untold }: Aside,
): FieldOutcome {
  const { context } = input;
  const { circa, campaign, conversion } = mapping;
  const isTold = circa.key in input.event.values;
  if (!isTold) untold.push(mapping);
  const eventValue = input.event.values[circa.key] ?? null;
  const campaignValue = input.campaign.values[campaign.name] ?? null;
  if (conversion.equal(eventValue, campaignValue, context)) return null;

  const toCampaign = known
    ? mapping.direction === "to_salesforce"
    : eventWinsAtFirst(mapping, campaignValue);
  const source = toCampaign ? eventValue : campaignValue;
  // What Circa did not tell is not blank.
  if (toCampaign && !isTold) return notTold(mapping);
  const converted: Converted = toCampaign
    ? conversion.toCampaign(eventValue, context)
    : conversion.toCirca(campaignValue, context);
  if (isBlankSource(source, converted)) {
    const blank = toCampaign ? "event" : "campaign";
    if (!known) return fillBlank(input, mapping, blank, heldBlanks);
    if (input.held?.has(mapping.identity) === true) {
      heldBlanks.push({ mapping, blank, value: toCampaign ? campaignValue : eventValue });
      return null;
    }
    if (mapping.blankRule === "keep") return null;
  }
  if (!converted.ok) {
    return { ...converted.problem, fieldKey: circa.key, fieldLabel: circa.label };
  }
  return {
    mapping,
    target: toCampaign ? "campaign" : "event",
    oldValue: toCampaign ? campaignValue : eventValue,
    newValue: converted.value,
    note: known ? revertNote(input, mapping, campaignValue, converted.value) : "first_contact",
  };
}

function notTold({ circa, campaign }: Mapping): Problem {
  return fieldProblem(circa, "NOT_TOLD_BY_CIRCA", {
    own: quoteText(circa.label),
    kept: { phrase: "campaignField", label: showText(campaign.label) },
  });
}

/**
 * At the initial sync a blank overwrites nothing: the side that has none takes the other's value,
 * and where it can't, the two stay different until it changes.
 */
function fillBlank(
  { event, campaign, context }: PlanInput,
  mapping: Mapping,
  blank: HeldBlank["blank"],
  heldBlanks: HeldBlank[],
): FieldOutcome {
  const { circa, conversion } = mapping;
  const eventValue = event.values[circa.key] ?? null;
  const campaignValue = campaign.values[mapping.campaign.name] ?? null;
  const fillsEvent = blank === "event";
  const [oldValue, value] = fillsEvent ? [eventValue, campaignValue] : [campaignValue, eventValue];
  const converted = fillsEvent
    ? conversion.toCirca(value, context)
    : conversion.toCampaign(value, context);
  if (isBlankSource(value, converted)) return null;
  const writable = fillsEvent ? !circa.readOnly : mapping.campaign.updateable;
  if (writable && converted.ok) {
    const newValue = converted.value;
    return { mapping, target: blank, oldValue, newValue, note: "first_contact" };
  }
  heldBlanks.push({ mapping, blank, value });
  return null;
}

/**
 * At first contact a picklist takes the Campaign's value in either direction; a Campaign without
 * a value has none to give, and then the Event's stays.
 */
function eventWinsAtFirst(mapping: Mapping, campaignValue: unknown): boolean {
  if (mapping.direction === "from_salesforce") return false;
  return !mapping.campaignFirst || isBlank(campaignValue);
}

/** The side that owns the field has not moved since both agreed, so it was the other one. */
function revertNote(
  input: PlanInput,
  mapping: Mapping,
  campaignValue: unknown,
  newValue: unknown,
): ChangeNote | null {
  const key = mapping.circa.key;
  if (!(key in input.baseline)) return null;
  const baseline = input.baseline[key];
  if (mapping.direction === "to_salesforce") {
    return sameJson(baseline, newValue) ? "put_back_in_salesforce" : null;
  }
  return sameJson(baseline, campaignValue) ? "put_back_in_circa" : null;
}

export function sameJson(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

export function isBlank(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return Array.isArray(value)
    ? value.length === 0
    : typeof value === "string" && value.trim() === "";
}
