/** What switching a mapping on overwrites, and how long a change that nobody tells takes. */
import type { Change } from "../../middleware/store/history/history.ts";
import { circaEmulator } from "../support/circa-emulator.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

let sync: RunningSync;
let link: OneLink;

afterEach(() => sync.close());

async function start(options: Parameters<typeof startSync>[0]): Promise<void> {
  sync = await startSync({ links: 1, ...options });
  await sync.settled();
  link = await oneLink(sync);
}

async function switchOn(row: string, direction: string): Promise<void> {
  await salesforceAdmin(sync).setMapping(row, { Is_Active__c: true, Direction__c: direction });
  await salesforceAdmin(sync).tellMappingsChanged();
}

const overwritten = async () => {
  const { changes } = await sync.admin<{ changes: Change[] }>("GET", "/api/changes?limit=1000");
  return changes.filter(({ note }) => note === "first_contact");
};

describe("switched on for the first time", () => {
  beforeEach(() => start({ activateMappings: false }));

  test("a field FROM Salesforce: the Event's value is overwritten, and kept in the history", async () => {
    await link.editEvent({ location: "typed in Circa" });
    await link.editCampaign({ Circa_Location__c: "chosen in Salesforce" });
    await switchOn("Location_to_Campaign_Circa_Location", "From_Salesforce");
    await eventuallyHolds("the Event has the Campaign's value", async () => {
      expect(await link.eventValue("location")).toBe("chosen in Salesforce");
      expect(await overwritten()).toEqual([
        expect.objectContaining({
          oldValue: "typed in Circa",
          newValue: "chosen in Salesforce",
          direction: "from_salesforce",
        }),
      ]);
    });
  });

  test("a field TO Salesforce: the Campaign's value is overwritten, and kept in the history", async () => {
    await link.editEvent({ location: "typed in Circa" });
    await link.editCampaign({ Circa_Location__c: "chosen in Salesforce" });
    await switchOn("Location_to_Campaign_Circa_Location", "To_Salesforce");
    await eventuallyHolds("the Campaign has the Event's value", async () => {
      expect((await link.campaign())["Circa_Location__c"]).toBe("typed in Circa");
      expect(await overwritten()).toEqual([
        expect.objectContaining({
          oldValue: "chosen in Salesforce",
          newValue: "typed in Circa",
          direction: "to_salesforce",
        }),
      ]);
    });
  });

  test.each(["To_Salesforce", "From_Salesforce"])(
    "a picklist %s: the Event's values are overwritten, and kept in the history",
    async (direction) => {
      await link.editEvent({ "Products Shown": ["Atlas Platform"] });
      await link.editCampaign({ Products_Shown__c: "Summit Services;Compass Mobile" });
      await switchOn("Products_Shown", direction);
      await eventuallyHolds("the Event has the Campaign's values", async () => {
        expect(await link.eventValue("Products Shown")).toEqual([
          "Compass Mobile",
          "Summit Services",
        ]);
        expect(await overwritten()).toEqual([
          expect.objectContaining({
            oldValue: ["Atlas Platform"],
            newValue: ["Compass Mobile", "Summit Services"],
          }),
        ]);
      });
    },
  );

  test("a picklist TO Salesforce: afterwards the Event's value is the one that counts", async () => {
    await link.editCampaign({ Products_Shown__c: "Summit Services" });
    await switchOn("Products_Shown", "To_Salesforce");
    await eventuallyHolds("the Event has the Campaign's value", async () => {
      expect(await link.eventValue("Products Shown")).toEqual(["Summit Services"]);
    });
    await link.editEvent({ "Products Shown": ["Harbor Security"] });
    await eventuallyHolds("the Campaign has the Event's value", async () => {
      expect((await link.campaign())["Products_Shown__c"]).toBe("Harbor Security");
    });
  });
});

test("what nobody tells is found by the sweep when its time has come", async () => {
  await start({ env: { SWEEP_INTERVAL_SECONDS: "1" } });
  await circaEmulator(sync).setFaults({ webhooks: [{ kind: "drop", times: 10 }] });
  await salesforceAdmin(sync).setFaults({ name: "dropEvents", times: 10 });
  await link.editEvent({ location: "told to nobody" });
  await link.editCampaign({ Sponsorship_Fee__c: 17 });
  await eventuallyHolds("both edits arrive", async () => {
    expect((await link.campaign())["Circa_Location__c"]).toBe("told to nobody");
    expect(await link.eventValue("Sponsorship Fee")).toBe(17);
  });
});
