import { DemoError } from "../demo-error.ts";
import { expectSame, timeUntil, type Step } from "./step.ts";

export const droppedWebhook: Step = {
  title: "Lose a webhook: the sweep finds it",
  play: async (stage) => {
    const link = await stage.link("Nordic Security Forum");
    await stage.circaEmulator.send("POST", "/emulator/faults", {
      webhooks: [{ kind: "drop", types: ["event.updated"], times: 1 }],
    });
    let found = 0;
    const tookMs = await timeUntil(
      async () => {
        const { status, body } = await stage.editEvent(link, { "Booth Number": "S-14" });
        expectSame(`Circa's answer (${JSON.stringify(body)})`, status, 200);
        const { missed, unsettled } = await stage.admin.sweep();
        // So young a change may yet be announced: until then it is repaired, and not called missed.
        found = missed + unsettled;
      },
      { Booth_Number__c: "S-14" },
      () => stage.readCampaign(link, "Booth_Number__c"),
    );
    if (found < 1) throw new DemoError("The sweep says that it found no missed change, expected 1");
    return { seen: `${found} missed change found, Booth Number S-14`, tookMs };
  },
};
