/** The process dies between a write and its record, and somebody edits before the next one runs. */
import type { Change } from "../../middleware/store/history/history.ts";
import type { Step } from "../../middleware/runtime/failpoints.ts";
import { eventually, eventuallyHolds } from "../support/eventually.ts";
import { startCrashableSync, type CrashableSync } from "../support/crashable-sync.ts";
import { campaignManager, marketer } from "../support/people.ts";

let sync: CrashableSync;
let eventId: string;
let campaignId: string;
let feeKey: string;

beforeEach(async () => {
  sync = await startCrashableSync(1);
  await settled();
  const [event] = await marketer(sync).events();
  eventId = String(event?.["id"]);
  campaignId = String(event?.["salesforce_campaign_id"]);
  feeKey = (await marketer(sync).customKeys()).get("Sponsorship Fee") ?? "";
});
afterEach(() => sync.close());

const settled = () =>
  eventuallyHolds("nothing is due and the stream delivers", async () => {
    expect(await sync.status()).toMatchObject({
      backlog: { due: 0, later: 0 },
      stream: { state: "subscribed" },
      mappings: { readAt: expect.any(Number) as number },
    });
  });
const editEvent = (location: string) => marketer(sync).edit(eventId, { location });
const editCampaign = (fee: number) =>
  campaignManager(sync).edit(campaignId, { Sponsorship_Fee__c: fee });

/** What the history tells of a field, oldest first. */
async function tellings(fieldKey: string): Promise<[unknown, unknown][]> {
  const answer = await sync.admin<{ changes: Change[] }>("GET", "/api/changes?limit=1000&after=0");
  const own = (answer?.changes ?? []).filter((change) => change.fieldKey === fieldKey);
  return own.map(({ oldValue, newValue }) => [oldValue, newValue]);
}

async function expectTold(fieldKey: string, chain: readonly unknown[]): Promise<void> {
  const pairs = chain.slice(1).map((value, nth) => [chain[nth], value]);
  await eventuallyHolds("the history tells each value after the one before", async () => {
    expect((await tellings(fieldKey)).slice(-pairs.length)).toEqual(pairs);
  });
}

async function dieAt(step: Step, edit: () => Promise<unknown>): Promise<void> {
  await sync.dieAt({ step, times: 1 });
  await edit();
  await eventually(`it dies at ${step}`, () => sync.isDead());
}

test("a Campaign that was written each time", async () => {
  await editEvent("before");
  await expectTold("location", ["Auckland, New Zealand", "before"]);
  await dieAt("campaign_writes_answered", () => editEvent("first"));
  await editEvent("second");
  await sync.restart({ step: "campaign_writes_answered", times: 1 });
  await eventually("it dies again", () => sync.isDead());
  await editEvent("third");
  await sync.restart();
  await expectTold("location", ["before", "first", "second", "third"]);
  await settled();
  expect(sync.rows("pending_writes")).toEqual([]);
});

test("an Event that was written each time", async () => {
  await editCampaign(100);
  await expectTold(feeKey, [29_400, 100]);
  await dieAt("event_write_answered", () => editCampaign(200));
  await editCampaign(300);
  await sync.restart({ step: "event_write_answered", times: 1 });
  await eventually("it dies again", () => sync.isDead());
  await editCampaign(400);
  await sync.restart();
  await expectTold(feeKey, [100, 200, 300, 400]);
  await settled();
  expect(sync.rows("pending_writes")).toEqual([]);
});
