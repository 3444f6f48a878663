/** What was kept of an Event is gone by only while it is fresh; what goes back in Circa is seen. */
import { cpSync, rmSync } from "node:fs";
import type { Change } from "../../middleware/store/history/history.ts";
import { circaAdmin } from "../support/circa-admin.ts";
import { circaEmulator } from "../support/circa-emulator.ts";
import { eventually, eventuallyHolds } from "../support/eventually.ts";
import { expectationsOf, type LinkExpectations } from "../support/link-expectations.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { marketer } from "../support/people.ts";
import { startSync, type RunningSync, type SyncOptions } from "../support/running-sync.ts";
import { syncNow } from "../support/sync-now.ts";

let sync: RunningSync;
let link: OneLink;
let expected: LinkExpectations;

afterEach(() => sync.close());

async function start(options: SyncOptions = {}): Promise<void> {
  sync = await startSync({ links: 2, ...options });
  await sync.settled();
  link = await oneLink(sync);
  expected = expectationsOf(link);
}

const eventReads = async () => (await circaAdmin(sync).requests())["GET /events/{id}"] ?? 0;
const stepsBack = async () => {
  const { changes } = await sync.admin<{ changes: Change[] }>("GET", "/api/changes?limit=1000");
  return changes.filter(({ note }) => note === "stepped_back_in_circa");
};
const versionOf = async () => Number(await link.eventValue("version"));
/** Edits until the versions of before are well behind, and the edits a second old. */
const editOften = async () => {
  const before = Date.now();
  for (const location of ["Bonn", "Köln", "Ulm"]) await link.editEvent({ location });
  await expected.campaign({ Circa_Location__c: "Ulm" });
  await sync.settled();
  // Circa's times are whole seconds: within one, a lower version may be a webhook that is late.
  const nextSecond = Math.floor(Date.now() / 1_000) + 1;
  await eventually("a second has passed", () => Promise.resolve(Date.now() / 1_000 >= nextSecond));
  return () => Math.ceil((Date.now() - before) / 1_000) + 1;
};

test("right after a webhook, and where both sides agree, Circa is not asked", async () => {
  await start();
  const before = await eventReads();
  await link.editEvent({ location: "Graz" });
  await expected.campaign({ Circa_Location__c: "Graz" });
  await syncNow(sync, link.campaignId);
  await sync.settled();
  expect(await eventReads()).toBe(before);
});

test("a store of before: no old value goes over a newer one, whatever asks for it", async () => {
  // The embedded database is a folder that can be put back.
  await start({ env: { DATABASE_URL: "" } });
  const folder = sync.environment()["DATA_DIR"] ?? "";
  const other = await oneLink(sync, 1);
  await sync.stopMiddleware();
  cpSync(folder, `${folder}-backup`, { recursive: true });
  await sync.startMiddleware();
  await sync.settled();
  await link.editEvent({ location: "newer" });
  await other.editEvent({ location: "newer too" });
  await expected.campaign({ Circa_Location__c: "newer" });
  await expectationsOf(other).campaign({ Circa_Location__c: "newer too" });
  await sync.stopMiddleware();
  rmSync(folder, { recursive: true });
  cpSync(`${folder}-backup`, folder, { recursive: true });
  await sync.startMiddleware();
  await sync.settled();

  await syncNow(sync, link.campaignId);
  await other.editCampaign({ Sponsorship_Fee__c: 321 });
  await expectationsOf(other).event({ "Sponsorship Fee": 321 });
  await sync.settled();
  expect(await link.campaign()).toMatchObject({ Circa_Location__c: "newer" });
  expect(await other.campaign()).toMatchObject({ Circa_Location__c: "newer too" });
  const { changes } = await sync.admin<{ changes: Change[] }>("GET", "/api/changes?limit=1000");
  expect(changes.filter(({ newValue }) => newValue === "newer")).toEqual([]);
  await link.editEvent({ location: "newest" });
  await expected.campaign({ Circa_Location__c: "newest" });
});

test("a Campaign's edit is reverted to the Event's current value, where webhooks are lost", async () => {
  await start();
  await sync.stopMiddleware();
  await sync.startMiddleware();
  await sync.settled();
  await circaEmulator(sync).setFaults({ webhooks: [{ kind: "drop", times: 1 }] });
  await link.editEvent({ location: "told to nobody" });
  await link.editCampaign({ Circa_Location__c: "by hand" });
  await expected.campaign({ Circa_Location__c: "told to nobody" });
});

describe("Circa is restored from a backup", () => {
  beforeEach(() => start());

  test("the next edit arrives, though its version was seen before; it is said once", async () => {
    const secondsAgo = await editOften();
    const version = await versionOf();
    await circaEmulator(sync).restore(secondsAgo());
    expect(await versionOf()).toBeLessThan(version);
    await link.editEvent({ location: "after the restore" });
    await eventually(
      "it arrives",
      async () => (await link.campaign())["Circa_Location__c"] === "after the restore",
      90_000,
    );
    expect(await stepsBack()).toEqual([
      expect.objectContaining({ eventId: link.eventId, oldValue: String(version) }),
    ]);
    await link.editEvent({ location: "and the one after it" });
    await expected.campaign({ Circa_Location__c: "and the one after it" });
    expect(await stepsBack()).toHaveLength(1);
  }, 120_000);

  test("an edit that counts up to the very version of before arrives as well", async () => {
    const secondsAgo = await editOften();
    const version = await versionOf();
    await circaEmulator(sync).restore(secondsAgo());
    const times = version - (await versionOf()) - 1;
    await circaEmulator(sync).setFaults({ webhooks: [{ kind: "drop", times }] });
    while ((await versionOf()) < version) {
      await link.editEvent({ location: `after the restore ${await versionOf()}` });
    }
    await eventuallyHolds(
      "it arrives",
      async () => {
        const location = await link.eventValue("location");
        expect((await link.campaign())["Circa_Location__c"]).toBe(location);
      },
      90_000,
    );
  }, 120_000);

  test("what nobody edits is found by the full comparison", async () => {
    const before = await link.eventValue("location");
    const secondsAgo = await editOften();
    await circaEmulator(sync).restore(secondsAgo());
    await sync.admin("POST", "/api/sweep?full=true");
    await eventually(
      "the Campaign follows",
      async () => (await link.campaign())["Circa_Location__c"] === before,
      40_000,
    );
    expect(await stepsBack()).toHaveLength(1);
  }, 120_000);
});

describe("a read that is older than the webhook before it", () => {
  beforeEach(() => start());
  const lagging = { kind: "stale", by_ms: 20_000, method: "GET", path: "/events/{id}" };
  const readsLag = (times: number) =>
    circaEmulator(sync).setFaults({ requests: [{ ...lagging, times }] });

  test("does not hide what the webhook told: the problem opens", async () => {
    await readsLag(4);
    await connectTo("701000000000000AAA");
    await eventuallyHolds("the problem is open", async () => {
      expect((await link.problems()).map(({ code }) => code)).toEqual(["CAMPAIGN_NOT_FOUND"]);
    });
    expect(await stepsBack()).toEqual([]);
  }, 60_000);

  test("does not hide that the Event is deleted, which counts as no version: it is let go", async () => {
    const data = await marketer(sync).event(link.eventId);
    await circaEmulator(sync).setFaults({
      webhooks: [{ kind: "drop", times: 1 }],
      requests: [{ ...lagging, times: 1 }],
    });
    await marketer(sync).remove(link.eventId);
    const timestamp = new Date().toISOString();
    await sync.sendWebhook(JSON.stringify({ type: "event.deleted", timestamp, data }));
    await eventuallyHolds(
      "the Campaign is free",
      async () => expect((await link.campaign())["Circa_Event_Id__c"]).toBeNull(),
      40_000,
    );
  }, 60_000);

  async function connectTo(campaignId: string): Promise<void> {
    const answer = await fetch(`${sync.circa.api}/events/${link.eventId}/salesforce_campaign`, {
      method: "PUT",
      headers: {
        authorization: `Bearer ${sync.circa.person.apiKey}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ campaign_id: campaignId }),
    });
    expect(answer.ok).toBe(true);
  }
});
