import { setTimeout as wait } from "node:timers/promises";
import { expectSame, timeUntil, type Step } from "./step.ts";

const seconds = 5;

/** A gateway's page, not Circa's own word: the Events are there, and what people type stays. */
export const passing404: Step = {
  title: `Circa answers 404 for ${seconds} s: nothing is disconnected`,
  play: async (stage) => {
    const link = await stage.link("Southern Cloud Expo");
    const other = await stage.link("Bay Area Builders Week");
    const expectLinked = async () => {
      const { eventId } = link;
      const seen = await stage.readCampaign(link, "Circa_Event_Id__c");
      expectSame("The Campaign's Event", seen, { Circa_Event_Id__c: eventId });
    };
    await stage.circaEmulator.send("POST", "/emulator/faults", {
      requests: [
        {
          kind: "answer",
          status: 404,
          content_type: "text/html",
          body: "<h1>404 Not Found</h1>",
          for_ms: seconds * 1_000,
          caller: "integration",
        },
      ],
    });
    const { status } = await stage.editEvent(link, { "Booth Number": "A-404" });
    expectSame("Circa's answer to a person", status, 200);
    await stage.editCampaign(other, { Sponsorship_Fee__c: 40_400 });
    await wait(seconds * 1_000);
    await expectLinked();
    const tookMs = await timeUntil(
      () => Promise.resolve(),
      { Booth_Number__c: "A-404", "Sponsorship Fee": 40_400, "Booth Number": "A-404" },
      async () => ({
        ...(await stage.readCampaign(link, "Booth_Number__c")),
        ...(await stage.readEvent(other, "Sponsorship Fee")),
        ...(await stage.readEvent(link, "Booth Number")),
      }),
      60_000,
    );
    await expectLinked();
    return { seen: "still connected; booth A-404 and fee 40400 arrive", tookMs };
  },
};
