/** The custom Event Info fields of the demo's workspace: one of each type. */
import type { FieldType } from "../circa/entities.ts";
import { circaId } from "../circa/ids.ts";
import type { SeedField } from "../circa/seed.ts";

/** By the Campaign field that the demo org keeps them in (`../salesforce/demo-org`). */
const custom = [
  ["Booth_Number__c", "Booth Number", "TEXT"],
  ["Agenda__c", "Agenda", "LONG_TEXT"],
  ["Registration_Page__c", "Registration Page", "URL"],
  ["Onsite_Contact_Email__c", "Onsite Contact Email", "EMAIL"],
  ["Onsite_Contact_Phone__c", "Onsite Contact Phone", "PHONE"],
  ["Lead_Goal__c", "Lead Goal", "NUMBER"],
  ["Sponsorship_Fee__c", "Sponsorship Fee", "CURRENCY"],
  ["Win_Rate_Goal__c", "Win Rate Goal", "PERCENT"],
  ["Booth_Staffed__c", "Booth Staffed", "CHECKBOX"],
  ["Follow_Up_Due__c", "Follow-Up Due", "DATE"],
  ["Doors_Open__c", "Doors Open", "TIME"],
  ["Event_Tier__c", "Event Tier", "SELECT"],
  ["Products_Shown__c", "Products Shown", "MULTISELECT"],
  ["Executive_Sponsor__c", "Executive Sponsor", "PERSON"],
  ["Post_Event_Notes__c", "Post-Event Notes", "RICH_TEXT"],
] as const satisfies readonly (readonly [string, string, FieldType])[];

export type CustomCampaignField = (typeof custom)[number][0];
export const customCampaignFields = custom.map(([campaignField]) => campaignField);

/** What the team had typed in before the lists come from Salesforce. */
const typedInOptions: Partial<Record<CustomCampaignField, readonly string[]>> = {
  Event_Tier__c: ["A – Flagship", "B – Regional", "C – Local", "Not decided"],
  Products_Shown__c: ["Atlas Platform", "Beacon Analytics", "Compass Mobile", "Harbor Security"],
};

/** The mapping rows of the demo org name these ids: change them there as well. */
const firstCustomNumber = 196_901;

/** Circa's key of the custom field that belongs to a Campaign field: what the mapping rows name. */
export function customFieldKey(campaignField: CustomCampaignField): string {
  const position = custom.findIndex(([name]) => name === campaignField);
  return circaId("CustomFieldType", firstCustomNumber + position);
}

export const customFields: readonly SeedField[] = custom.map(([campaignField, label, type]) => ({
  id: customFieldKey(campaignField),
  label,
  field_type: type,
  options: typedInOptions[campaignField],
  section: "Custom",
}));
