import { readEventTemplates } from "../../../emulators/seed/event-templates.ts";
import { planEvent } from "../../../emulators/seed/planned-event.ts";
import { toCampaign } from "../../../emulators/seed/salesforce-campaign.ts";

const templates = readEventTemplates();
const plans = Array.from({ length: 5_000 }, (_, index) => planEvent(templates, index));

describe("the seed's Events", () => {
  test("are the same at every run", () => {
    expect(planEvent(templates, 4_321)).toEqual(plans[4_321]);
  });

  test("have names of their own that fit a Campaign", () => {
    expect(new Set(plans.map(({ name }) => name)).size).toBe(plans.length);
    expect(Math.max(...plans.map(({ name }) => name.length))).toBeLessThanOrEqual(80);
  });

  test("end on the day they start, or later", () => {
    const backwards = plans.filter(({ startDate, endDate }) => endDate < startDate);
    expect(backwards).toEqual([]);
  });

  test("have web addresses without accents or blanks", () => {
    const odd = plans.filter(({ website }) => !/^https:\/\/[a-z.]+\/[a-z0-9-]+$/.test(website));
    expect(odd).toEqual([]);
  });

  test("lie in time zones far from UTC on both sides", () => {
    const zones = new Set(plans.map(({ timeZone }) => timeZone));
    expect([...zones]).toEqual(
      expect.arrayContaining(["Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata"]),
    );
  });

  test("become Campaigns that name the Event and its leader", () => {
    const [plan] = plans;
    const userIds = new Map([[plan!.leader.email, "005000000000001AAA"]]);
    const campaign = toCampaign(plan!, { eventId: "RXZlbnQtMQ", briefUrl: null, userIds });
    expect(campaign).toMatchObject({
      Name: "Southern Cloud Expo",
      Circa_Event_Id__c: "RXZlbnQtMQ",
      OwnerId: "005000000000001AAA",
      StartDate: "2027-03-16",
      EndDate: "2027-03-18",
      Products_Shown__c: "Atlas Platform;Harbor Security",
    });
  });
});
