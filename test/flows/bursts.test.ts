/** Edits that come faster than they can be written: the last value counts, and it costs little. */
import { setTimeout as wait } from "node:timers/promises";
import { circaAdmin } from "../support/circa-admin.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

const links = 333;
const editsEach = 3;
const betweenEditsMs = 10;

let sync: RunningSync;
beforeAll(async () => {
  // A call to Salesforce takes its time, so that edits come while a write is under way.
  sync = await startSync({ links, salesforceDelayMs: 100, circaDelayMs: 20 });
  await sync.settled();
});
afterAll(() => sync.close());

/** Three edits to each, a moment apart; a few records at a time, as many people would do it. */
async function burst<T>(records: readonly T[], edit: (record: T, nth: number) => Promise<unknown>) {
  const atOnce = 40;
  for (let start = 0; start < records.length; start += atOnce) {
    const edits = records.slice(start, start + atOnce).map(async (record) => {
      for (let nth = 1; nth <= editsEach; nth += 1) {
        await edit(record, nth);
        await wait(betweenEditsMs);
      }
    });
    await Promise.all(edits);
  }
}

const overlaps = async () => {
  const read = async <T>(url: string) => (await (await fetch(url)).json()) as T;
  const circa = await read<{ requests: { overlapping_writes: number } }>(
    `${sync.circa.url}/emulator/stats`,
  );
  const salesforce = await read<{ overlappingWrites: number }>(
    `${sync.salesforce.url}/emulator/stats`,
  );
  return circa.requests.overlapping_writes + salesforce.overlappingWrites;
};

test("three edits 10 ms apart to each of 333 Events: every Campaign has the last one", async () => {
  const events = await marketer(sync).events();
  const before = await salesforceAdmin(sync).requests();
  await burst(events, async (event, nth) => {
    await marketer(sync).edit(String(event["id"]), { location: `${String(event["id"])} ${nth}` });
  });
  await eventuallyHolds(
    "every Campaign has its Event's last location",
    async () => {
      const campaigns = await campaignManager(sync).query(
        "SELECT Circa_Event_Id__c, Circa_Location__c FROM Campaign WHERE Circa_Event_Id__c != null",
      );
      const wrong = campaigns.filter(
        (campaign) =>
          campaign["Circa_Location__c"] !== `${String(campaign["Circa_Event_Id__c"])} ${editsEach}`,
      );
      expect(wrong).toEqual([]);
      expect(campaigns).toHaveLength(links);
    },
    40_000,
  );
  await sync.settled();
  expect(await overlaps()).toBe(0);
  const after = await salesforceAdmin(sync).requests();
  const writes = (after["collections.PATCH"] ?? 0) - (before["collections.PATCH"] ?? 0);
  // One call for each edit would be 999.
  expect(writes).toBeLessThan(150);
});

test("three edits 10 ms apart to each of 333 Campaigns: every Event has the last one", async () => {
  const events = await marketer(sync).events();
  const key = (await marketer(sync).customKeys()).get("Sponsorship Fee") ?? "";
  const feeOf = new Map(events.map((event, index) => [String(event["id"]), index * 10]));
  const before = await circaAdmin(sync).requests();
  await burst(events, (event, nth) =>
    campaignManager(sync).edit(String(event["salesforce_campaign_id"]), {
      Sponsorship_Fee__c: (feeOf.get(String(event["id"])) ?? 0) + nth,
    }),
  );
  await eventuallyHolds(
    "every Event has its Campaign's last fee",
    async () => {
      const wrong = (await marketer(sync).events()).filter((event) => {
        const fee = (event["custom_fields"] as Record<string, unknown>)[key];
        return fee !== (feeOf.get(String(event["id"])) ?? 0) + editsEach;
      });
      expect(wrong).toEqual([]);
    },
    40_000,
  );
  await sync.settled();
  expect(await overlaps()).toBe(0);
  const after = await circaAdmin(sync).requests();
  const writes = (after["PATCH /events/{id}"] ?? 0) - (before["PATCH /events/{id}"] ?? 0);
  // Circa has no bulk write: one for each edit would be 999.
  expect(writes).toBeLessThan(links * editsEach);
});
