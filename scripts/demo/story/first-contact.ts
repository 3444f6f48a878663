import { timeUntil, type Step } from "./step.ts";

/** The seed leaves a tier and a fee that only Salesforce knows, and a goal that only Circa knows. */
export const firstContact: Step = {
  title: "The initial sync resolves what differed",
  play: async (stage) => {
    const fair = await stage.link("Rhine Industry Fair");
    const roadshow = await stage.link("Atlas Roadshow: Chicago");
    const tookMs = await timeUntil(
      () => Promise.resolve(),
      { "Event Tier": "A – Flagship", Lead_Goal__c: 75 },
      async () => ({
        ...(await stage.readEvent(fair, "Event Tier")),
        ...(await stage.readCampaign(roadshow, "Lead_Goal__c")),
      }),
      60_000,
    );
    return { seen: "tier from the Campaign, goal from the Event", tookMs };
  },
};
