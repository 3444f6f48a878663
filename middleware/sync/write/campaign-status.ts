/** The sync's state as the Campaign itself shows it. Pure. */
import type { PackageNames } from "../../systems/salesforce/connection/names.ts";
import { describeHeldBlank, type HeldBlank } from "../plan/held-blanks.ts";
import type { Problem } from "../../model/problems/problem.ts";
import { wordsOf, type ProblemWords } from "../../model/problems/words.ts";
import type { Campaign } from "../../model/records.ts";
import { shorten } from "../values/shorten.ts";
import { storable } from "../values/storable.ts";
import { lengthInArea, normaliseText } from "../values/text.ts";

/** Length of `Circa_Sync_Message__c`. */
const maxMessageLength = 2_000;

/** @returns only the fields that differ from what the Campaign shows already */
export function campaignStatus(
  names: PackageNames,
  campaign: Campaign,
  problems: readonly Problem[],
  heldBlanks: readonly HeldBlank[] = [],
): Record<string, unknown> {
  const told = [
    ...problems.map((problem) => wordsOf(problem)),
    ...heldBlanks.map(describeHeldBlank),
  ];
  const wanted: Record<string, unknown> = {
    [names.syncStatus]: problems.length === 0 ? "In Sync" : "Attention",
    [names.syncMessage]: told.length === 0 ? null : messageOf(told),
  };
  const status: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(wanted)) {
    const shown = campaign.values[name] ?? null;
    const same = typeof shown === "string" ? normaliseText(shown) === value : shown === value;
    if (!same) status[name] = value;
  }
  return status;
}

/** A line for each problem or held blank: as many whole ones as fit, and how many more there are. */
function messageOf(problems: readonly ProblemWords[]): string {
  const lines = problems.map(({ message, hint }) => normaliseText(storable(`${message} ${hint}`)));
  for (let shown = lines.length; shown > 0; shown -= 1) {
    const text = [...lines.slice(0, shown), ...restOf(lines.length - shown)].join("\n");
    if (lengthInArea(text) <= maxMessageLength) return text;
  }
  const rest = restOf(lines.length - 1);
  const length = maxMessageLength - lengthInArea(["", ...rest].join("\n"));
  return [shorten(lines[0] ?? "", length, lengthInArea), ...rest].join("\n");
}

const restOf = (more: number): string[] => (more > 0 ? [`and ${more} more`] : []);
