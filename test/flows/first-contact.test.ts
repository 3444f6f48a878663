/** First contact of many links at once: its progress, and that it goes on where it was cut off. */
import type { Change } from "../../middleware/store/history/history.ts";
import {
  buildMiddleware,
  startMiddleware,
  type MiddlewareProcess,
} from "../../scripts/support/middleware-process.ts";
import { circaEmulator } from "../support/circa-emulator.ts";
import { eventually, eventuallyHolds } from "../support/eventually.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

const linkCount = 400;
/** Enough of them written to be in the middle, not enough to be done. */
const writtenInTheMiddle = linkCount / 4;
/** So slow that there is a middle to be found on any machine. */
const slowWriteMs = 200;
/** What a dead process had taken is free again after 15 s. */
const deadlineMs = 60_000;
/** The fee is the only one of the three in which the two sides differ. */
const rows = ["Sponsorship_Fee", "Booth_Number", "Location_to_Campaign_Circa_Location"];

let sync: RunningSync;
let child: MiddlewareProcess | undefined;

beforeAll(async () => {
  sync = await startSync({ links: linkCount, activateMappings: false });
  await eventually(
    "all links are known",
    async () => (await sync.status()).links === linkCount,
    deadlineMs,
  );
  await sync.settled();
});
afterAll(async () => {
  await child?.stop();
  await sync.close();
});

/** Each Campaign gets a fee of its own, by its Id. */
async function setFees(first = 1_000): Promise<Map<string, number>> {
  const { salesforce } = sync;
  const campaigns = await campaignManager(sync).query("SELECT Id FROM Campaign");
  const fees = new Map(campaigns.map(({ Id: id }, index) => [String(id), first + index]));
  const records = [...fees].map(([id, fee]) => ({
    attributes: { type: "Campaign" },
    id,
    Sponsorship_Fee__c: fee,
  }));
  for (let start = 0; start < records.length; start += 200) {
    const answer = await fetch(
      `${salesforce.url}/services/data/v${salesforce.apiVersion}/composite/sobjects`,
      {
        method: "PATCH",
        headers: {
          authorization: `Bearer ${salesforce.person.accessToken}`,
          "content-type": "application/json",
        },
        body: JSON.stringify({ records: records.slice(start, start + 200) }),
      },
    );
    expect(answer.ok).toBe(true);
  }
  return fees;
}

/** Fees on the Events, by Campaign. */
async function feesInCirca(): Promise<Map<string, unknown>> {
  const people = marketer(sync);
  const key = (await people.customKeys()).get("Sponsorship Fee")!;
  const events = await people.events();
  return new Map(
    events.map((event) => [
      String(event["salesforce_campaign_id"]),
      (event["custom_fields"] as Record<string, unknown>)[key] ?? null,
    ]),
  );
}

async function allChanges(): Promise<Change[]> {
  const all: (Change & { id: number })[] = [];
  for (;;) {
    const after = all.at(-1)?.id ?? 0;
    const path = `/api/changes?limit=1000&after=${after}`;
    const { changes } = await sync.admin<{ changes: (Change & { id: number })[] }>("GET", path);
    if (changes.length === 0) return all;
    all.push(...changes);
  }
}

/** Switches the mappings on; returns when some of the Events have their Campaign's fee. */
async function switchOnUntilTheMiddle(fees: ReadonlyMap<string, number>): Promise<void> {
  const slowly = { kind: "slow", delay_ms: slowWriteMs, probability: 1 };
  await circaEmulator(sync).setFaults({
    requests: [{ ...slowly, method: "PATCH", caller: "integration" }],
  });
  await setRows(true);
  await eventually("the first fees are written", async () => {
    const now = await feesInCirca();
    return [...now].filter(([id, fee]) => fee === fees.get(id)).length >= writtenInTheMiddle;
  });
  const { done, total } = (await sync.status()).firstContacts!;
  expect(total).toBe(linkCount * rows.length);
  expect(done).toBeLessThan(total);
}

async function expectAllMet(total: number): Promise<void> {
  await eventuallyHolds(
    "every link has a marker for every mapping",
    async () => {
      expect((await sync.status()).firstContacts).toEqual({ done: total, total });
    },
    deadlineMs,
  );
  await sync.settled();
}

/** Each overwritten fee once, with what it was and what it is. */
function expectRecorded(
  changes: readonly Change[],
  before: ReadonlyMap<string, unknown>,
  fees: ReadonlyMap<string, number>,
): void {
  const written = changes.map(({ eventId, fieldKey }) => `${eventId} ${fieldKey}`);
  expect(new Set(written).size).toBe(written.length);
  for (const { campaignId, oldValue, newValue, note } of changes) {
    expect({ oldValue, newValue, note }).toEqual({
      oldValue: before.get(campaignId),
      newValue: fees.get(campaignId),
      note: "first_contact",
    });
  }
}

const setRows = async (active: boolean) => {
  for (const row of rows) await salesforceAdmin(sync).setMapping(row, { Is_Active__c: active });
  await salesforceAdmin(sync).tellMappingsChanged();
};

test("killed in the middle of many links: it goes on, and no link is left out or done twice", async () => {
  const fees = await setFees();
  const before = await feesInCirca();
  await sync.stopMiddleware();
  buildMiddleware();
  child = await startMiddleware({ env: sync.environment() });
  await sync.settled();
  expect((await sync.status()).firstContacts).toEqual({ done: 0, total: 0 });

  await switchOnUntilTheMiddle(fees);
  process.kill(child.pid, "SIGKILL");
  await child.ended;
  await circaEmulator(sync).setFaults({ clear: true });

  await sync.startMiddleware();
  await expectAllMet(linkCount * rows.length);
  expect(await feesInCirca()).toEqual(fees);
  const changes = await allChanges();
  // Also what was written before the kill and never answered for.
  expect(changes).toHaveLength(linkCount);
  expectRecorded(changes, before, fees);
}, 180_000);

test("stopped in the middle of many links: it goes on, and every overwritten value is recorded", async () => {
  const known = (await allChanges()).length;
  await setRows(false);
  await eventuallyHolds("the mappings are off", async () => {
    expect((await sync.status()).mappings.active).toEqual([]);
  });
  await sync.settled();
  const before = await feesInCirca();
  const fees = await setFees(5_000);
  await switchOnUntilTheMiddle(fees);
  await sync.stopMiddleware();
  await circaEmulator(sync).setFaults({ clear: true });

  await sync.startMiddleware();
  await expectAllMet(linkCount * rows.length);
  expect(await feesInCirca()).toEqual(fees);
  const changes = (await allChanges()).slice(known);
  expect(changes).toHaveLength(linkCount);
  expectRecorded(changes, before, fees);
}, 180_000);
