/**
 * Salesforce's side of a link, and the mappings, go only when two signs agree: an answer without
 * Campaigns, mappings, fields or values that were there, or of another form, takes nothing away.
 */
import { eventually, eventuallyHolds } from "../support/eventually.ts";
import { circaEmulator } from "../support/circa-emulator.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin, type SalesforceAdmin } from "../support/salesforce-admin.ts";

let sync: RunningSync;
let admin: SalesforceAdmin;
let link: OneLink;
let mapped: number;

beforeAll(async () => {
  sync = await startSync({ links: 4 });
  admin = salesforceAdmin(sync);
  mapped = (await sync.settled()).mappings.active.length;
  link = await oneLink(sync);
}, 120_000);
afterAll(() => sync.close());
afterEach(() => admin.clearFaults());

const expectAllLinked = async () => {
  expect((await sync.status()).links).toBe(4);
  const events = await marketer(sync).events();
  expect(events.filter((event) => event["salesforce_campaign_id"] !== null)).toHaveLength(4);
};

test("queries without Campaigns for a while: Circa is not told to let go", async () => {
  const caller = "integration";
  await admin.setFaults({ name: "lacks", of: "query", forMs: 4_000, caller });
  await link.editEvent({ location: "while Campaigns were missing" });
  await link.editCampaign({ Sponsorship_Fee__c: 11 });
  await eventually("the link waits", async () => ((await sync.status()).backlog?.later ?? 0) > 0);
  await expectAllLinked();
  await eventuallyHolds(
    "both have it, without a sweep",
    async () => {
      expect((await link.campaign())["Circa_Location__c"]).toBe("while Campaigns were missing");
      expect(await link.eventValue("Sponsorship Fee")).toBe(11);
    },
    40_000,
  );
  await expectAllLinked();
}, 120_000);

test("queries without Campaigns when a new Event is deleted: the Campaign that names it is let go", async () => {
  const eventId = await marketer(sync).create({ name: "Short-lived", status: "CONSIDERING" });
  const campaigns = campaignManager(sync);
  const campaignId = await campaigns.create({ Name: "Short-lived" });
  await sync.settled();
  await admin.setFaults({ name: "lacks", of: "query", forMs: 3_000, caller: "integration" });
  // Salesforce has not told of it yet.
  await admin.setSilently(campaignId, { Circa_Event_Id__c: eventId });
  await marketer(sync).remove(eventId);
  await eventuallyHolds(
    "the Campaign is free",
    async () => expect((await campaigns.campaign(campaignId))["Circa_Event_Id__c"]).toBeNull(),
    40_000,
  );
  await campaigns.remove(campaignId);
}, 60_000);

test("one Campaign missing where others are named: its own answer counts", async () => {
  const names = [link.campaignId];
  await admin.setFaults({ name: "lacks", of: "query", names, forMs: 4_000, caller: "integration" });
  await link.editEvent({ location: "while one was missing" });
  await eventuallyHolds(
    "the Campaign has it",
    async () => {
      expect((await link.campaign())["Circa_Location__c"]).toBe("while one was missing");
    },
    40_000,
  );
  await expectAllLinked();
}, 120_000);

const lacking: [what: string, fault: Record<string, unknown>][] = [
  ["no mapping", { of: "query", object: "Circa_Field_Mapping__mdt" }],
  ["no Campaign field", { of: "describe" }],
  ["no values of a picklist", { of: "picklist", names: ["Event_Tier__c"] }],
];

test.each(lacking)(
  "%s in an answer, and word of a change: all stay, and all is told",
  async (_what, fault) => {
    const tier = async () => (await marketer(sync).customKeys()).get("Event Tier") ?? "";
    const lockedBefore = await optionsOf(await tier());
    await admin.setFaults({ name: "lacks", times: 2, ...fault });
    await admin.tellMappingsChanged();
    await eventually(
      "it is noticed",
      async () => {
        const { mappings } = await sync.status();
        return mappings.unconfirmed.length > 0;
      },
      30_000,
    );
    expect((await sync.status()).mappings.active).toHaveLength(mapped);
    expect(await optionsOf(await tier())).toEqual(lockedBefore);
    await admin.clearFaults();
    await admin.tellMappingsChanged();
    await eventuallyHolds(
      "nothing is missing any more",
      async () => {
        expect((await sync.status()).mappings.unconfirmed).toEqual([]);
      },
      30_000,
    );
    expect((await sync.status()).mappings.active).toHaveLength(mapped);
  },
  120_000,
);

test("Circa's catalogue empty for once: no mapping goes", async () => {
  await circaEmulator(sync).setFaults({
    requests: [{ kind: "answer", body: { data: [] }, method: "GET", path: "/fields" }],
  });
  await admin.tellMappingsChanged();
  await eventually(
    "it is noticed",
    async () => {
      return (await sync.status()).mappings.unconfirmed.length > 0;
    },
    30_000,
  );
  expect((await sync.status()).mappings.active).toHaveLength(mapped);
}, 120_000);

const lackingAtStart: [what: string, of: object, inCirca: boolean][] = [
  ["no mapping", { of: "query", object: "Circa_Field_Mapping__mdt" }, false],
  ["a Campaign field less", { of: "describe", names: ["Event_Tier__c"] }, false],
  ["no field of Circa", {}, true],
];

test.each(lackingAtStart)(
  "%s in the first answer after a start: what was known before counts",
  async (_what, of, inCirca) => {
    await sync.settled();
    await sync.stopMiddleware();
    const answer = { kind: "answer", body: { data: [] }, method: "GET", path: "/fields" };
    if (inCirca) await circaEmulator(sync).setFaults({ requests: [{ ...answer, times: 2 }] });
    else await admin.setFaults({ name: "lacks", times: 2, ...of });
    await sync.startMiddleware();
    await eventually("it is noticed", async () => {
      const { mappings } = await sync.status();
      const lost = mappings.readAt !== null && mappings.active.length < mapped;
      if (lost) throw new Error(`${mappings.active.length} mappings are left`);
      return mappings.unconfirmed.length > 0;
    });
    await admin.clearFaults();
    await circaEmulator(sync).setFaults({ clear: true });
    await admin.tellMappingsChanged();
    await eventually("nothing is missing", async () => {
      return (await sync.status()).mappings.unconfirmed.length === 0;
    });
    expect((await sync.status()).mappings.active).toHaveLength(mapped);
  },
  120_000,
);

test("a mapping that somebody deletes, and tells of, goes at once with its lock", async () => {
  await admin.tellMappingsChanged();
  const { mappings } = await sync.settled();
  const gone = mappings.active[0]?.developerName ?? "";
  await admin.removeMapping(gone);
  await admin.tellMappingsChanged();
  await eventuallyHolds(
    "it is off",
    async () => {
      const { active } = (await sync.status()).mappings;
      expect(active.map(({ developerName }) => developerName)).not.toContain(gone);
      expect(active).toHaveLength(mapped - 1);
    },
    30_000,
  );
}, 120_000);

test("a Campaign that is deleted is let go", async () => {
  const last = await oneLink(sync, 3);
  await campaignManager(sync).remove(last.campaignId);
  await eventuallyHolds(
    "the Event is let go",
    async () => {
      expect(await last.eventValue("salesforce_campaign_id")).toBeNull();
    },
    30_000,
  );
}, 120_000);

async function optionsOf(key: string): Promise<unknown> {
  const answer = await fetch(`${sync.circa.api}/fields/${key}`, {
    headers: { authorization: `Bearer ${sync.circa.person.apiKey}` },
  });
  const field = (await answer.json()) as Record<string, unknown>;
  return [field["options"], field["crm_sync"]];
}
