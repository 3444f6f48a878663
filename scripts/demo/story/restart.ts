import { expectSame, timeUntil, type Step } from "./step.ts";

/** Time counts from the start of the process; Circa's webhook and the stream wait for it. */
export const restart: Step = {
  title: "Stop, edit both sides, start: both arrive",
  play: async (stage) => {
    const inCirca = await stage.link("London Customer Council");
    const inSalesforce = await stage.link("Singapore FinTech Gathering");
    await stage.middleware.stop();
    const edit = { "Onsite Contact Phone": "+44 20 7946 0999" };
    const { status, body } = await stage.editEvent(inCirca, edit);
    expectSame(`Circa's answer (${JSON.stringify(body)})`, status, 200);
    await stage.editCampaign(inSalesforce, { Follow_Up_Due__c: "2027-12-01" });
    const tookMs = await timeUntil(
      () => stage.middleware.start(),
      { Onsite_Contact_Phone__c: "+44 20 7946 0999", "Follow-Up Due": "2027-12-01" },
      async () => ({
        ...(await stage.readCampaign(inCirca, "Onsite_Contact_Phone__c")),
        ...(await stage.readEvent(inSalesforce, "Follow-Up Due")),
      }),
      60_000,
    );
    return { seen: "new phone number and follow-up date", tookMs };
  },
};
