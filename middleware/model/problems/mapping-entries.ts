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
    remedy: "Choose To Salesforce or From Salesforce.",
  },
  UNKNOWN_CIRCA_FIELD: {
    meaning: "Circa has no such Event Info field, or has it no longer.",
    remedy: "Choose another field, or delete the row.",
  },
  UNKNOWN_CAMPAIGN_FIELD: {
    meaning: "Campaign has no such field that the integration user can see.",
    remedy: "Give its permission set read access to the field, or choose another one.",
  },
  RESERVED_CAMPAIGN_FIELD: {
    meaning: "The Campaign field belongs to the sync itself.",
    remedy: "Choose another field.",
  },
  CAMPAIGN_FIELD_TAKEN: {
    meaning: "Another row maps the same Campaign field.",
    remedy: "Keep one of the two rows.",
  },
  CIRCA_FIELD_TAKEN: {
    meaning: "Another row maps the same Circa field.",
    remedy: "Keep one of the two rows.",
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
    meaning: "The two fields' types don't fit, or not in this direction.",
    remedy: "Choose a field of a type that fits: values.md lists them.",
  },
  UNKNOWN_RECORD_TYPE: {
    meaning: "Campaign has no active record type of that developer name.",
    remedy: "Correct the name, or leave it blank.",
  },
  RECORD_TYPE_UNREADABLE: {
    meaning: "Salesforce does not give the record type's values to the integration user.",
    remedy: "Assign the record type to its profile or permission set, or leave it blank.",
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
    meaning: "There is no such record type, or the integration user has it not.",
    remedy: "Correct the developer name, or assign the record type.",
  },
  "Parent Campaign": {
    meaning: "There is no such Campaign, or the integration user can't see it.",
    remedy: "Correct the Id, or share the Campaign.",
  },
  "Campaign Name Pattern": {
    meaning: "The pattern names an unknown field, has loose braces, or no field at all.",
    remedy: "Use field keys in braces, like {name} ({start_date}).",
  },
  "Circa Sync Setting": {
    meaning: "The setting can't be read.",
    remedy: "Deploy this release's package and give the integration user its permission set.",
  },
} as const satisfies Entries;

export type SettingName = keyof typeof settingEntries;
