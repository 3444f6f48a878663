/** Whoever ended a link is respected: no other Campaign is made. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { circaEmulator } from "../support/circa-emulator.ts";
import { creatingIn, type Creating } from "../support/creating.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";

let sync: RunningSync;
let creating: Creating;

beforeAll(async () => {
  sync = await startSync({ links: 1 });
  creating = creatingIn(sync);
  await sync.settled();
});
afterAll(() => sync.close());

const people = () => marketer(sync);
const expectCreated = (eventId: string) => creating.expectCreated(eventId);
const expectNone = (eventId: string) => creating.expectNone(eventId);

describe("a link that was ended is respected", () => {
  test.each<[string, (eventId: string, campaignId: string) => Promise<unknown>]>([
    ["disconnected in Circa", (eventId) => people().connect(eventId, null)],
    [
      "disconnected in Salesforce",
      (_eventId, campaignId) => campaignManager(sync).edit(campaignId, { Circa_Event_Id__c: null }),
    ],
    ["deleted in Salesforce", (_eventId, campaignId) => campaignManager(sync).remove(campaignId)],
  ])("%s: no other Campaign, also after an edit and a new start", async (_how, end) => {
    await creating.switchOn();
    const eventId = await creating.newEvent();
    const campaign = await expectCreated(eventId);
    await sync.settled();
    await end(eventId, String(campaign["Id"]));
    await eventuallyHolds("neither side is connected", async () => {
      expect(await creating.connectedTo(eventId)).toBeNull();
      expect(await creating.campaignsOf(eventId)).toEqual([]);
    });
    const count = await creating.countCampaigns();
    await people().edit(eventId, { location: "elsewhere" });
    await expectNone(eventId);
    await sync.stopMiddleware();
    await sync.startMiddleware();
    await expectNone(eventId);
    expect(await creating.countCampaigns()).toBe(count);
  });

  test("a Campaign in the recycle bin counts, even when the store was lost", async () => {
    await creating.switchOn();
    const eventId = await creating.newEvent();
    const campaign = await expectCreated(eventId);
    await sync.settled();
    await sync.stopMiddleware();
    await campaignManager(sync).remove(String(campaign["Id"]));
    await people().connect(eventId, null);
    const dataDir = mkdtempSync(join(tmpdir(), "event-info-sync-"));
    try {
      await sync.startMiddleware({ DATA_DIR: dataDir });
      await sync.settled();
      await people().edit(eventId, { location: "elsewhere" });
      await expectNone(eventId);
    } finally {
      await sync.stopMiddleware();
      await sync.startMiddleware();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });

  test("connected and disconnected by a person before it was ever worked on", async () => {
    await creating.switchOn();
    const eventId = await creating.newEvent({ status: "CONSIDERING" });
    await sync.settled();
    const other = await campaignManager(sync).create({ Name: "Made by hand" });
    // Only the last of the two deliveries arrives.
    await circaEmulator(sync).setFaults({ webhooks: [{ kind: "drop", times: 2 }] });
    await people().connect(eventId, other);
    await people().connect(eventId, null);
    const data = await people().event(eventId);
    const timestamp = new Date().toISOString();
    await sync.sendWebhook(JSON.stringify({ type: "event.disconnected", timestamp, data }));
    await people().edit(eventId, { status: "COMMITTED" });
    await expectNone(eventId);
  });
});
