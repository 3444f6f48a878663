/**
 * Where the two systems disagree before the sync first meets them, so that the first contact has
 * something to settle. By the Event's position in `events.csv`; all others start out equal.
 */
import type { CustomCampaignField } from "./custom-fields.ts";

export interface Difference {
  readonly position: number;
  readonly field: CustomCampaignField;
  readonly circa: unknown;
  readonly salesforce: unknown;
}

export const differences: readonly Difference[] = [
  // FROM Salesforce: the Campaign's value fills the Event's blank.
  { position: 3, field: "Event_Tier__c", circa: null, salesforce: "A – Flagship" },
  { position: 4, field: "Sponsorship_Fee__c", circa: 12_000, salesforce: 13_300 },
  // TO Salesforce: the Event's value fills the Campaign's blank.
  { position: 7, field: "Lead_Goal__c", circa: 75, salesforce: null },
  { position: 10, field: "Doors_Open__c", circa: "07:45", salesforce: "08:30:00.000Z" },
  // A picklist takes the Campaign's value at the first contact, in either direction.
  {
    position: 12,
    field: "Products_Shown__c",
    circa: ["Atlas Platform"],
    salesforce: "Atlas Platform;Summit Services",
  },
];
