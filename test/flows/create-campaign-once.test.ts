/** One Event, one Campaign: whatever is lost, doubled or killed on the way. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildMiddleware, startMiddleware } from "../../scripts/support/middleware-process.ts";
import { creatingIn, upsertPath, type Creating } from "../support/creating.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

let sync: RunningSync;
let creating: Creating;

beforeEach(async () => {
  sync = await startSync({ links: 1 });
  creating = creatingIn(sync);
  await sync.settled();
});
afterEach(() => sync.close());

const admin = () => salesforceAdmin(sync);
const people = () => marketer(sync);

test("the same webhook twice, and two edits at once: one Campaign", async () => {
  await creating.switchOn();
  const before = await creating.countCampaigns();
  const eventId = await creating.newEvent({ status: "CONSIDERING" });
  await Promise.all([
    people().edit(eventId, { status: "COMMITTED" }),
    people().edit(eventId, { location: "Bregenz" }),
  ]);
  const data = { ...(await people().event(eventId)), version: 1_000 };
  const body = JSON.stringify({ type: "event.updated", timestamp: new Date().toISOString(), data });
  await Promise.all([1, 2, 3].map(() => sync.sendWebhook(body)));
  await creating.expectCreated(eventId);
  await sync.settled();
  expect(await creating.countCampaigns()).toBe(before + 1);
});

test("the answer is lost after the commit: still one Campaign, and the history knows it", async () => {
  await creating.switchOn();
  const before = await creating.countCampaigns();
  await admin().setFaults({ name: "dropAfter", method: "PATCH", path: upsertPath });
  const eventId = await creating.newEvent();
  await creating.expectCreated(eventId);
  await eventuallyHolds("the history has the Campaign", async () => {
    const notes = (await creating.changesOf(eventId)).filter(
      ({ note }) => note === "created_campaign",
    );
    expect(notes.filter(({ fieldKey }) => fieldKey === "salesforce_campaign_id")).toHaveLength(1);
    expect(notes.map(({ fieldKey }) => fieldKey)).toContain("location");
  });
  expect(await creating.countCampaigns()).toBe(before + 1);
});

test("kill -9 between the Campaign and its connection: still one Campaign", async () => {
  await creating.switchOn();
  const before = await creating.countCampaigns();
  await sync.stopMiddleware();
  buildMiddleware();
  const child = await startMiddleware({ env: sync.environment() });
  await admin().setFaults({ name: "hangAfter", method: "PATCH", path: upsertPath });
  const eventId = await creating.newEvent();
  await eventuallyHolds("the Campaign is made", async () => {
    expect(await creating.campaignsOf(eventId)).toHaveLength(1);
  });
  process.kill(child.pid, "SIGKILL");
  await child.ended;
  expect(await creating.connectedTo(eventId)).toBeNull();
  await sync.startMiddleware();
  await creating.expectCreated(eventId);
  await eventuallyHolds("the history has the Campaign", async () => {
    expect((await creating.changesOf(eventId))[0]).toMatchObject({ note: "created_campaign" });
  });
  expect(await creating.countCampaigns()).toBe(before + 1);
});

test("two middlewares that know nothing of each other: one Campaign", async () => {
  await creating.switchOn();
  const before = await creating.countCampaigns();
  const dataDir = mkdtempSync(join(tmpdir(), "event-info-sync-"));
  // The first one's write waits in Salesforce until the second one has read that there is none.
  const slow = { name: "slow", delayMs: 2_000, method: "PATCH", path: upsertPath };
  await admin().setFaults(slow);
  const eventId = await creating.newEvent();
  await eventuallyHolds("the first write is under way", async () => {
    expect(await admin().faultsLeft()).toBe(0);
  });
  const second = await sync.startAnother({ DATA_DIR: dataDir });
  try {
    await creating.expectCreated(eventId);
    await eventuallyHolds("the first one has ended its pass, too", async () => {
      expect((await creating.changesOf(eventId))[0]).toMatchObject({ note: "created_campaign" });
    });
    expect(await creating.countCampaigns()).toBe(before + 1);
  } finally {
    await second.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
