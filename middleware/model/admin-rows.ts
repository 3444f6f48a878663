/** What an admin has entered in Salesforce, as read: nothing of it is known to be right. */
import type { BlankRule, Direction } from "./fields.ts";

/** A row of the mappings. */
export interface MappingRow {
  readonly developerName: string;
  readonly label: string;
  readonly circaFieldKey: string | null;
  readonly campaignField: string | null;
  readonly direction: Direction | null;
  readonly blankRule: BlankRule;
  readonly recordType: string | null;
  readonly active: boolean;
}

/** The setting by which Campaigns are created. */
export interface CreationSettingRow {
  readonly createCampaigns: boolean;
  readonly createAtStatus: string | null;
  readonly recordType: string | null;
  readonly parentCampaignId: string | null;
  readonly namePattern: string | null;
}
