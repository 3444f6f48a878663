import { campaignKinds, type CampaignKind } from "../../../model/campaign-kinds.ts";
import type { CampaignField } from "../../../model/fields.ts";

/** What kind of field this is, for the value table. */
export function campaignKind(field: CampaignField): CampaignKind {
  // A text formula that shows a link or a picture holds HTML as well.
  if (field.htmlFormatted && (field.type === "textarea" || field.type === "string")) {
    return "richtext";
  }
  if (field.type === "reference") return field.referenceTo.includes("User") ? "user" : "lookup";
  const nameable = Object.hasOwn(campaignKinds, field.type) && !ownNames.has(field.type);
  return nameable ? (field.type as CampaignKind) : "unknown";
}

/** Kinds that are this table's own words, not describe's. */
const ownNames = new Set(["richtext", "user", "lookup", "unknown"]);
