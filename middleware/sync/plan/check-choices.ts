/**
 * The picklist rules that look beyond one field: the Campaign's record type, the field that
 * another one depends on, and values that Salesforce has taken away. Pure.
 */
import type { FieldChange, FieldOutcome, HeldRemoved, PlanInput } from "./link-plan.ts";
import { notForControllingValue, notForRecordType, valueRemoved } from "./choice-problems.ts";
import type { Mapping } from "../mappings/mapping.ts";
import {
  allowedValues,
  eventValues,
  findNotAllowed,
  findRemoved,
  storedValues,
  type RemovedValue,
} from "../../model/picklists.ts";
import type { Problem } from "../../model/problems/problem.ts";
import type { Campaign } from "../../model/records.ts";

/** Whether one of the rules may have something to say; asked for every link, so cheap. */
export function needsChoiceCheck({ mappings, campaign, recordTypes }: PlanInput): boolean {
  if (campaign.recordTypeId !== null && recordTypes !== undefined) return true;
  for (const mapping of mappings) {
    if (mapping.controller !== null || mapping.removed.length > 0) return true;
  }
  return false;
}

/**
 * Turns outcomes that break a rule into problems, in place.
 * @returns the removed values that the Event will go on holding
 */
export function checkChoices(input: PlanInput, outcomes: FieldOutcome[]): HeldRemoved[] {
  const held: HeldRemoved[] = [];
  for (const [index, mapping] of input.mappings.entries()) {
    const values = heldRemoved(input, mapping, outcomes[index] ?? null);
    if (values.length > 0) {
      held.push({ mapping, values });
      outcomes[index] = valueRemoved(mapping, values);
    } else {
      outcomes[index] = checkRecordType(input, outcomes[index] ?? null);
    }
  }
  // A value that may not be written can be the one that others depend on.
  while (checkDependents(input, outcomes));
  return held;
}

function heldRemoved(
  { event }: PlanInput,
  { circa, removed, listed }: Mapping,
  outcome: FieldOutcome,
): readonly RemovedValue[] {
  if (removed.length === 0 || isChangeOf(outcome, "event")) return [];
  return findRemoved(eventValues(event.values[circa.key]), removed, listed);
}

function checkRecordType(
  { campaign, recordTypes }: PlanInput,
  outcome: FieldOutcome,
): FieldOutcome {
  if (campaign.recordTypeId === null || !isChangeOf(outcome, "campaign")) return outcome;
  const { mapping, newValue } = outcome;
  // Salesforce itself minds the record type of restricted picklists only.
  if (!mapping.campaign.restrictedPicklist) return outcome;
  const recordType = recordTypes?.(campaign.recordTypeId);
  const offered = recordType?.list.get(mapping.campaign.name);
  if (recordType == null || offered === undefined) return outcome;
  const missing = storedValues(mapping.campaign, newValue).find(
    (value) => !offered.some((entry) => entry.value === value),
  );
  return missing === undefined
    ? outcome
    : notForRecordType(mapping, missing, recordType.label, offered);
}

/** Of the changes that are left to write, those whose controlling value was refused. */
export function refuseDependents(
  changes: readonly FieldChange[],
  campaign: Campaign,
): Map<FieldChange, Problem> {
  const mappings = changes.map(({ mapping }) => mapping);
  const outcomes: FieldOutcome[] = [...changes];
  while (checkDependents({ mappings, campaign }, outcomes));
  const refused = new Map<FieldChange, Problem>();
  for (const [index, change] of changes.entries()) {
    const outcome = outcomes[index];
    if (outcome != null && "code" in outcome) refused.set(change, outcome);
  }
  return refused;
}

type Target = Pick<PlanInput, "mappings" | "campaign">;

/** @returns true when one more became a problem */
function checkDependents(input: Target, outcomes: FieldOutcome[]): boolean {
  for (const [index, mapping] of input.mappings.entries()) {
    const { controller: field, campaign, direction } = mapping;
    const outcome = outcomes[index] ?? null;
    if (field === null || direction !== "to_salesforce") continue;
    if (outcome !== null && !isChangeOf(outcome, "campaign")) continue;
    const values = storedValues(campaign, valueAfter(input, outcomes, campaign.name));
    const value = valueAfter(input, outcomes, field.name);
    const refused = findNotAllowed(campaign, field, value, values);
    if (refused === undefined) continue;
    const allowed = allowedValues(campaign, field, value);
    outcomes[index] = notForControllingValue(mapping, refused, { field, value }, allowed);
    return true;
  }
  return false;
}

/** The Campaign's value once what is planned now is written. */
function valueAfter(
  { mappings, campaign }: Target,
  outcomes: readonly FieldOutcome[],
  fieldName: string,
): unknown {
  const index = mappings.findIndex((mapping) => mapping.campaign.name === fieldName);
  const outcome = outcomes[index] ?? null;
  return isChangeOf(outcome, "campaign") ? outcome.newValue : campaign.values[fieldName];
}

function isChangeOf(outcome: FieldOutcome, target: FieldChange["target"]): outcome is FieldChange {
  return outcome !== null && "target" in outcome && outcome.target === target;
}
