/** What is wrong with an admin's rows and settings; they count as off until they are repaired. */
import type { Entries } from "./entry.ts";

export const mappingEntries = {
  NO_CIRCA_FIELD: {
    meaning: "The row names no Circa field.",
    remedy: "Choose one.",
  },
  NO_CAMPAIGN_FIELD: {
    meaning: "The row names no Campaign field.",
    remedy: "Choose one.",
  },
  NO_DIRECTION: {
    meaning: "The row names no direction.",
    remedy: "Choose To or From Salesforce.",
  },
  UNKNOWN_CIRCA_FIELD: {
    meaning: "Circa has no such Event Info field any more.",
    remedy: "Choose another one, or delete the row.",
  },
  UNKNOWN_CAMPAIGN_FIELD: {
    meaning: "The integration user sees no such Campaign field.",
    remedy: "Give its permission set read access, or choose another field.",
  },
  RESERVED_CAMPAIGN_FIELD: {
    meaning: "The Campaign field belongs to the sync itself.",
    remedy: "Choose another one.",
  },
  CAMPAIGN_FIELD_TAKEN: {
    meaning: "Another row maps the same Campaign field.",
    remedy: "Keep one of the two.",
  },
  CIRCA_FIELD_TAKEN: {
    meaning: "Another row maps the same Circa field.",
    remedy: "Keep one of the two.",
  },
  CIRCA_FIELD_READ_ONLY: {
    meaning: "The Circa field is derived and can't be written.",
    remedy: "Map it To Salesforce.",
  },
  CAMPAIGN_FIELD_READ_ONLY: {
    meaning: "The integration user may not write the Campaign field, or it is a formula.",
    remedy: "Give its permission set edit access, or choose another field.",
  },
  TYPES_DO_NOT_FIT: {
    meaning: "The two types don't fit, or not in this direction.",
    remedy: "Choose a fitting type: values.md lists them.",
  },
  UNKNOWN_RECORD_TYPE: {
    meaning: "Campaign has no active record type of that developer name.",
    remedy: "Correct it, or leave it blank.",
  },
  RECORD_TYPE_UNREADABLE: {
    meaning: "Salesforce hides the record type's values from the integration user.",
    remedy: "Assign the record type to that user, or leave it blank.",
  },
} as const satisfies Entries;

export type MappingProblemCode = keyof typeof mappingEntries;

/** By the setting's label in Salesforce. One fault switches the creation of Campaigns off. */
export const settingEntries = {
  "Create Campaigns": {
    meaning: "The integration user may not set what every new Campaign needs.",
    remedy: "Give it this release's permission set and Marketing User.",
  },
  "Create At Status": {
    meaning: "No Event status is named, an unknown one, or SKIPPING.",
    remedy: "Enter statuses that Circa has.",
  },
  "Campaign Record Type": {
    meaning: "There is no such record type, or it is not assigned to the integration user.",
    remedy: "Correct the developer name, or assign it.",
  },
  "Parent Campaign": {
    meaning: "There is no such Campaign, or the integration user can't see it.",
    remedy: "Correct the Id, or share it.",
  },
  "Campaign Name Pattern": {
    meaning: "The pattern names an unknown field or none, or has loose braces.",
    remedy: "Use field keys in braces, like {name} ({start_date}).",
  },
  "Circa Sync Setting": {
    meaning: "The setting can't be read.",
    remedy: "Deploy this release's package and give the integration user its permission set.",
  },
} as const satisfies Entries;

export type SettingName = keyof typeof settingEntries;
