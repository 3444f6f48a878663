import { timeUntil, type Step } from "./step.ts";

export const editInSalesforce: Step = {
  title: "Edit a Campaign: the Event follows",
  play: async (stage) => {
    const link = await stage.link("Bay Area Builders Week");
    const tookMs = await timeUntil(
      () =>
        stage.editCampaign(link, { Event_Tier__c: "B – Regional", Sponsorship_Fee__c: 51_250.5 }),
      { "Event Tier": "B – Regional", "Sponsorship Fee": 51_250.5 },
      () => stage.readEvent(link, "Event Tier", "Sponsorship Fee"),
    );
    return { seen: "tier B – Regional, fee 51250.5", tookMs };
  },
};
