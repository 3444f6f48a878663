/** The kinds of Campaign fields that the value table tells apart, and their names. */

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
