import { DemoError } from "../demo-error.ts";
import { expectSame, timeUntil, type Step } from "./step.ts";

export const droppedWebhook: Step = {
  title: "Lose a webhook: the sweep finds it",
  play: async (stage) => {
    const link = await stage.link("Nordic Security Forum");
    await stage.circaEmulator.send("POST", "/emulator/faults", {
      webhooks: [{ kind: "drop", types: ["event.updated"], times: 1 }],
    });
    let missed = 0;
    const tookMs = await timeUntil(
      async () => {
        const { status, body } = await stage.editEvent(link, { "Booth Number": "S-14" });
        expectSame(`Circa's answer (${JSON.stringify(body)})`, status, 200);
        ({ missed } = await stage.admin.sweep());
      },
      { Booth_Number__c: "S-14" },
      () => stage.readCampaign(link, "Booth_Number__c"),
    );
    if (missed < 1) throw new DemoError("The sweep says that no signal was missed, expected 1");
    return { seen: `${missed} missed signal found, Booth Number S-14`, tookMs };
  },
};
