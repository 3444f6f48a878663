import { expectSame, timeUntil, type Step } from "./step.ts";

/** Auckland is half a day ahead of UTC: a date that went through UTC would arrive a day off. */
export const editInCirca: Step = {
  title: "Edit an Event: the Campaign follows",
  play: async (stage) => {
    const link = await stage.link("Southern Cloud Expo");
    const edit = { "Lead Goal": 275, "Start Date": "2027-03-15" };
    const tookMs = await timeUntil(
      async () => {
        const { status, body } = await stage.editEvent(link, edit);
        expectSame(`Circa's answer (${JSON.stringify(body)})`, status, 200);
      },
      { Lead_Goal__c: 275, StartDate: "2027-03-15" },
      () => stage.readCampaign(link, "Lead_Goal__c", "StartDate"),
    );
    return { seen: "Lead Goal 275, Start Date 2027-03-15", tookMs };
  },
};
