/** The kinds of Campaign fields that the value table tells apart, and their names. */
import type { CampaignField } from "../../../model/fields.ts";

/** REST's describe types; text areas and lookups come in two kinds each. */
export const campaignKinds = {
  string: "text",
  textarea: "text area",
  richtext: "rich text area",
  combobox: "combo box",
  url: "URL",
  email: "email",
  phone: "phone",
  picklist: "picklist",
  multipicklist: "multi-select picklist",
  date: "date",
  datetime: "date/time",
  time: "time",
  double: "number",
  int: "whole number",
  currency: "currency",
  percent: "percent",
  boolean: "checkbox",
  user: "user lookup",
  lookup: "lookup",
  id: "record Id",
  anyType: "field of changing type",
  encryptedstring: "encrypted text",
  location: "geolocation",
  address: "address",
  base64: "file",
  unknown: "field of a type unknown here",
} as const;

export type CampaignKind = keyof typeof campaignKinds;

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
