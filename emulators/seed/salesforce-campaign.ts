/** A planned Event as its Campaign holds it: the same facts, in Salesforce's way of writing them. */
import type { CustomCampaignField } from "./custom-fields.ts";
import type { PlannedEvent } from "./planned-event.ts";

export type SeedCampaign = Readonly<Record<string, unknown>>;

/** Where the two systems know the Event and its people by. */
export interface CampaignReferences {
  /** Null for a Campaign that is not connected. */
  readonly eventId: string | null;
  readonly briefUrl: string | null;
  /** User Id by e-mail. */
  readonly userIds: ReadonlyMap<string, string>;
}

export function toCampaign(plan: PlannedEvent, references: CampaignReferences): SeedCampaign {
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
    Doors_Open__c: `${plan.doorsOpen}:00.000Z`,
    Event_Tier__c: plan.tier,
    Products_Shown__c: plan.products.join(";"),
    Executive_Sponsor__c: references.userIds.get(plan.executiveSponsor.email),
    Post_Event_Notes__c: plan.postEventNotes,
  };
  return {
    Name: plan.name,
    IsActive: plan.status === "COMMITTED",
    Type: plan.type === "Trade Show" || plan.type === "Webinar" ? plan.type : "Conference",
    Status: plan.status === "COMPLETED" ? "Completed" : "Planned",
    OwnerId: references.userIds.get(plan.leader.email),
    StartDate: plan.startDate,
    EndDate: plan.endDate,
    BudgetedCost: plan.plannedTotal,
    ActualCost: plan.actualTotal,
    Circa_Event_Id__c: references.eventId,
    Circa_Event_Url__c: references.briefUrl,
    Circa_Event_Status__c: plan.status,
    Circa_Event_Types__c: plan.type,
    Circa_Roles__c: plan.roles.join(";"),
    Circa_Team__c: plan.team.name,
    Circa_Time_Zone__c: plan.timeZone,
    Circa_Location__c: plan.location,
    Circa_Website__c: plan.website,
    Circa_Paid_Total__c: plan.paidTotal,
    ...custom,
  };
}
