/** Why a picklist takes a value not now, in words for the person who has to choose another one. */
import type { CampaignField } from "../../model/fields.ts";
import type { Mapping } from "../mappings/mapping.ts";
import type { ListedValue, RemovedValue } from "../../model/picklists.ts";
import type { Problem } from "../../model/problems/problem.ts";
import { quoteText, showValue } from "../values/show-value.ts";
import { describeList } from "../values/choices/picklist-vocabulary.ts";

export const notForRecordTypeCode = "VALUE_NOT_FOR_RECORD_TYPE";
/** Shown on each Event, and kept as one problem of the field that lists them. */
export const valueRemovedCode = "VALUE_REMOVED";

const ofField = ({ circa }: Mapping) => ({ fieldKey: circa.key, fieldLabel: circa.label });
const inCirca = ({ circa }: Mapping) => `Circa's ${quoteText(circa.label)}`;
const onCampaign = ({ label }: CampaignField) => `the Campaign's ${quoteText(label)}`;
const choose = (values: readonly ListedValue[]) =>
  `Choose one of ${describeList(values.map(({ value }) => value))}`;

export function notForRecordType(
  mapping: Mapping,
  value: string,
  recordTypeLabel: string,
  offered: readonly ListedValue[],
): Problem {
  const { campaign } = mapping;
  return {
    code: notForRecordTypeCode,
    message: `${inCirca(mapping)} holds ${quoteText(value)}, which ${onCampaign(campaign)} does not offer for its record type ${quoteText(recordTypeLabel)}.`,
    hint: `${choose(offered)} in ${inCirca(mapping)}, or have an admin add the value to the record type.`,
    ...ofField(mapping),
  };
}

export function notForControllingValue(
  mapping: Mapping,
  value: string,
  controller: { readonly field: CampaignField; readonly value: unknown },
  allowed: readonly ListedValue[],
): Problem {
  const name = quoteText(controller.field.label);
  const now = controller.value == null ? "blank" : showValue(controller.value);
  const change = `change ${name}, on which it depends`;
  return {
    code: "VALUE_NOT_FOR_CONTROLLING_VALUE",
    message: `${inCirca(mapping)} holds ${quoteText(value)}, which ${onCampaign(mapping.campaign)} does not allow while the Campaign's ${name} is ${now}.`,
    hint:
      allowed.length === 0
        ? `Leave ${inCirca(mapping)} blank, or ${change}.`
        : `${choose(allowed)} in ${inCirca(mapping)}, or ${change}.`,
    ...ofField(mapping),
  };
}

/** How a value went, as far as describe still tells. */
export function describeRemoval({ campaign }: Mapping, removed: RemovedValue): string {
  const entry = campaign.picklistValues.find(({ value }) => value === removed.value);
  if (removed.successor !== null) return `now ${quoteText(removed.successor)}, as it seems`;
  // Describe leaves out what is switched off, as it does what is no more.
  if (entry === undefined) return "removed or renamed";
  return entry.active ? "taken off the record type" : "switched off";
}

export function valueRemoved(mapping: Mapping, held: readonly RemovedValue[]): Problem {
  const { campaign, direction, listed } = mapping;
  const values = held.map(
    (removed) => `${quoteText(removed.value)} (${describeRemoval(mapping, removed)})`,
  );
  const place = direction === "to_salesforce" ? inCirca(mapping) : onCampaign(campaign);
  return {
    code: valueRemovedCode,
    message: `${inCirca(mapping)} holds ${values.join(", ")}, which Salesforce no longer offers in ${onCampaign(campaign)}.`,
    hint: `${choose(listed)} in ${place}, or have an admin bring the value back.`,
    ...ofField(mapping),
  };
}
