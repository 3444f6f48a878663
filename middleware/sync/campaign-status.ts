/** The sync's state as the Campaign itself shows it. Pure. */
import type { PackageNames } from "../systems/salesforce/names.ts";
import type { Problem } from "./problem.ts";
import type { Campaign } from "./records.ts";
import { shorten } from "./shorten.ts";

/** Length of `Circa_Sync_Message__c`. */
const longestMessage = 2_000;

/** @returns only the fields that differ from what the Campaign shows already */
export function campaignStatus(
  names: PackageNames,
  campaign: Campaign,
  problems: readonly Problem[],
): Record<string, unknown> {
  const text = problems.map(({ message, hint }) => `${message} ${hint}`).join("\n");
  const wanted: Record<string, unknown> = {
    [names.syncStatus]: problems.length === 0 ? "In Sync" : "Attention",
    [names.syncMessage]: text === "" ? null : shorten(text, longestMessage),
  };
  const status: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(wanted)) {
    const shown = campaign.values[name] ?? null;
    const same =
      typeof shown === "string" ? shown.replaceAll("\r\n", "\n") === value : shown === value;
    if (!same) status[name] = value;
  }
  return status;
}
