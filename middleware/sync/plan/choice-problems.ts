/** Why a picklist takes a value not now. */
import type { CampaignField } from "../../model/fields.ts";
import type { Mapping } from "../mappings/mapping.ts";
import type { ListedValue, RemovedValue } from "../../model/picklists.ts";
import type { ProblemCode } from "../../model/problems/index.ts";
import type { Words } from "../../model/problems/parameters.ts";
import { fieldProblem, type Problem } from "../../model/problems/problem.ts";
import { quoteText, showList, showText, showValue } from "../values/show-value.ts";

export const notForRecordTypeCode: ProblemCode = "VALUE_NOT_FOR_RECORD_TYPE";
/** Shown on each Event, and kept as one problem of the field that lists them. */
export const valueRemovedCode: ProblemCode = "VALUE_REMOVED";

const inCirca = ({ circa }: Mapping): Words => ({
  phrase: "circaField",
  label: showText(circa.label),
});
const onCampaign = ({ label }: CampaignField): Words => ({
  phrase: "campaignField",
  label: showText(label),
});
const listOf = (values: readonly ListedValue[]) => showList(values.map(({ value }) => value));

export function notForRecordType(
  mapping: Mapping,
  value: string,
  recordTypeLabel: string,
  offered: readonly ListedValue[],
): Problem {
  return fieldProblem(mapping.circa, "VALUE_NOT_FOR_RECORD_TYPE", {
    from: inCirca(mapping),
    to: onCampaign(mapping.campaign),
    value: quoteText(value),
    recordType: quoteText(recordTypeLabel),
    list: listOf(offered),
  });
}

export function notForControllingValue(
  mapping: Mapping,
  value: string,
  controller: { readonly field: CampaignField; readonly value: unknown },
  allowed: readonly ListedValue[],
): Problem {
  const parameters = {
    from: inCirca(mapping),
    to: onCampaign(mapping.campaign),
    value: quoteText(value),
    controller: quoteText(controller.field.label),
    now: controller.value == null ? ({ phrase: "blank" } as const) : showValue(controller.value),
  };
  return allowed.length === 0
    ? fieldProblem(mapping.circa, "VALUE_NOT_FOR_CONTROLLING_VALUE.none", parameters)
    : fieldProblem(mapping.circa, "VALUE_NOT_FOR_CONTROLLING_VALUE.choose", {
        ...parameters,
        list: listOf(allowed),
      });
}

/** How a value went, as far as describe still tells. */
export function describeRemoval({ campaign }: Mapping, removed: RemovedValue): Words {
  const entry = campaign.picklistValues.find(({ value }) => value === removed.value);
  if (removed.successor !== null)
    return { phrase: "nowCalled", value: quoteText(removed.successor) };
  // Describe leaves out what is switched off, as it does what is no more.
  if (entry === undefined) return { phrase: "removedOrRenamed" };
  return { phrase: entry.active ? "offRecordType" : "switchedOff" };
}

export function valueRemoved(mapping: Mapping, held: readonly RemovedValue[]): Problem {
  const { circa, campaign, direction, listed } = mapping;
  return fieldProblem(circa, "VALUE_REMOVED.event", {
    from: inCirca(mapping),
    to: onCampaign(campaign),
    values: held.map((removed) => ({
      phrase: "heldValue" as const,
      value: quoteText(removed.value),
      about: describeRemoval(mapping, removed),
    })),
    list: listOf(listed),
    place: direction === "to_salesforce" ? inCirca(mapping) : onCampaign(campaign),
  });
}
