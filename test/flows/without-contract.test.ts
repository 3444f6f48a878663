/** A Circa with its public API only: no webhooks, no locks, no connected Campaign, no versions. */
import { circaEmulator } from "../support/circa-emulator.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import type { Change } from "../../middleware/store/history/history.ts";

let sync: RunningSync;
let link: OneLink;

beforeAll(async () => {
  sync = await startSync({ links: 2 });
  await sync.settled();
  link = await oneLink(sync);
  await sync.stopMiddleware();
  await circaEmulator(sync).setSettings({ contract: false });
  // A store of its own: it never knew the contract.
  await sync.startMiddleware({ DATA_DIR: `${sync.environment()["DATA_DIR"] ?? ""}-public-api` });
  await sync.settled();
});
afterAll(() => sync.close());

const sweep = async () => {
  await sync.admin("POST", "/api/sweep");
  await sync.settled();
};

test("the gap is on /api/status, and the links are those that Salesforce names", async () => {
  const { mappings, circaIntake, links } = await sync.status();
  expect(mappings.lockGap).toMatch(/no field sync endpoint.*reverted/);
  expect(circaIntake).toBe("polling");
  expect(links).toBe(2);
});

test("an edited Event reaches its Campaign by asking Circa", async () => {
  await link.editEvent({ location: "asked for", "Booth Number": "Z9" });
  await sweep();
  await eventuallyHolds("the Campaign has it", async () => {
    expect(await link.campaign()).toMatchObject({
      Circa_Location__c: "asked for",
      Booth_Number__c: "Z9",
    });
  });
});

test("an edited Campaign reaches its Event at once", async () => {
  await link.editCampaign({ Sponsorship_Fee__c: 321 });
  await eventuallyHolds("the Event has the fee", async () => {
    expect(await link.eventValue("Sponsorship Fee")).toBe(321);
  });
});

test("an edit of a field that Salesforce owns is reverted by the next pass, and recorded", async () => {
  await link.editEvent({ "Sponsorship Fee": 1 });
  expect(await link.eventValue("Sponsorship Fee")).toBe(1);
  await sweep();
  // Without versions, two states of one second: which one is later shows once no copy can lag.
  const longMs = 40_000;
  await eventuallyHolds(
    "the fee is reverted",
    async () => expect(await link.eventValue("Sponsorship Fee")).toBe(321),
    longMs,
  );
  const { changes } = await sync.admin<{ changes: Change[] }>("GET", "/api/changes?limit=1000");
  expect(changes.filter(({ fieldLabel }) => fieldLabel === "Sponsorship Fee").at(-1)).toMatchObject(
    {
      note: "put_back_in_circa",
      oldValue: 1,
      newValue: 321,
    },
  );
});

test("two edits within Circa's one second both arrive", async () => {
  for (const location of ["first", "second", "third", "fourth"]) {
    await link.editEvent({ location });
    await sweep();
  }
  await eventuallyHolds("the Campaign has the last one", async () => {
    expect((await link.campaign())["Circa_Location__c"]).toBe("fourth");
  });
});

test("disconnecting in Salesforce ends the link and blanks nothing", async () => {
  const { campaignId, eventId } = link;
  await link.editCampaign({ Circa_Event_Id__c: null });
  await eventuallyHolds("there is one link less", async () => {
    expect((await sync.status()).links).toBe(1);
  });
  expect((await link.campaign())["Circa_Location__c"]).toBe(await link.eventValue("location"));
  await link.editCampaign({ Circa_Event_Id__c: eventId });
  await eventuallyHolds("the link is back", async () => {
    expect((await sync.status()).links).toBe(2);
  });
  expect((await link.campaign())["Id"]).toBe(campaignId);
});
