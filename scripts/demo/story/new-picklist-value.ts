import { expectSame, timeUntil, type Step } from "./step.ts";

const product = "Lantern Assistant";

export const newPicklistValue: Step = {
  title: "Add a picklist value in Salesforce",
  play: async (stage) => {
    const link = await stage.link("Tokyo Partner Day");
    const tookMs = await timeUntil(
      async () => {
        await stage.salesforceEmulator.send("POST", "/emulator/picklist-values", {
          object: "Campaign",
          field: "Products_Shown__c",
          value: product,
          label: product,
        });
        // Salesforce announces no new value: the sweep asks.
        await stage.admin.sweep();
      },
      { offered: true, locked: true },
      async () => {
        const { options, options_locked: locked } = await stage.field("Products Shown");
        return { offered: options.includes(product), locked };
      },
    );
    await timeUntil(
      async () => {
        const { status, body } = await stage.editEvent(link, { "Products Shown": [product] });
        expectSame(`Circa's answer (${JSON.stringify(body)})`, status, 200);
      },
      { Products_Shown__c: product },
      () => stage.readCampaign(link, "Products_Shown__c"),
    );
    return { seen: "offered and locked in Circa; chosen, it arrives", tookMs };
  },
};
