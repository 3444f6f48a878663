/** A planned Event as Circa holds it. */
import type { SeedEvent } from "../circa/seed.ts";
import { customCampaignFields, customFieldKey, type CustomCampaignField } from "./custom-fields.ts";
import type { PlannedEvent } from "./planned-event.ts";

/** Where the two systems know the Event by. */
export interface EventReferences {
  readonly id: string;
  readonly briefUrl: string;
  /** 18-character Id of the connected Campaign; null when there is none. */
  readonly campaignId: string | null;
}

export function toCircaEvent(plan: PlannedEvent, references: EventReferences): SeedEvent {
  const custom: Record<CustomCampaignField, unknown> = {
    Booth_Number__c: plan.booth,
    Agenda__c: plan.agenda,
    Registration_Page__c: plan.registrationPage,
    Onsite_Contact_Email__c: plan.onsiteContactEmail,
    Onsite_Contact_Phone__c: plan.onsiteContactPhone,
    Lead_Goal__c: plan.leadGoal,
    Sponsorship_Fee__c: plan.sponsorshipFee,
    Win_Rate_Goal__c: plan.winRateGoal,
    Booth_Staffed__c: plan.boothStaffed,
    Follow_Up_Due__c: plan.followUpDue,
    Doors_Open__c: plan.doorsOpen,
    Event_Tier__c: plan.tier,
    Products_Shown__c: plan.products,
    Executive_Sponsor__c: { email: plan.executiveSponsor.email },
    Post_Event_Notes__c: plan.postEventNotes,
  };
  return {
    id: references.id,
    salesforce_campaign_id: references.campaignId,
    name: plan.name,
    status: plan.status,
    types: [plan.type],
    roles: plan.roles,
    team: plan.team,
    leader: { email: plan.leader.email },
    start_date: plan.startDate,
    end_date: plan.endDate,
    time_zone: plan.timeZone,
    location: plan.location,
    website: plan.website,
    brief_url: references.briefUrl,
    planned_total: plan.plannedTotal,
    actual_total: plan.actualTotal,
    paid_total: plan.paidTotal,
    custom_fields: Object.fromEntries(
      customCampaignFields.map((field) => [customFieldKey(field), custom[field]]),
    ),
  };
}
