/** What the sweep finds is counted with its cause: exactly what was lost, and nothing else. */
import { salesforceAdmin } from "../support/salesforce-admin.ts";
import { circaEmulator } from "../support/circa-emulator.ts";
import { eventually, eventuallyHolds } from "../support/eventually.ts";
import { movingClock, type MovingClock } from "../support/moving-clock.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import type { SweepFindings } from "../../middleware/intake/sweep/sweep.ts";
import type { Change } from "../../middleware/store/history/history.ts";

let sync: RunningSync;
let clock: MovingClock;
let links: { eventId: string; campaignId: string }[];

/** Longer than a notice may be on its way, and shorter than webhooks' tolerance of clocks. */
const noticesAreDueMs = 90_000;

beforeEach(async () => {
  clock = movingClock();
  sync = await startSync({ links: 12, clock });
  await sync.settled();
  links = (await marketer(sync).events()).map((event) => ({
    eventId: String(event["id"]),
    campaignId: String(event["salesforce_campaign_id"]),
  }));
});
afterEach(() => sync.close());

const dropWebhooks = (times: number) =>
  circaEmulator(sync).setFaults({ webhooks: [{ kind: "drop", times }] });
const dropEvents = (times: number) =>
  salesforceAdmin(sync).setFaults({ name: "dropEvents", times });
const sweep = (query = "") => sync.admin<SweepFindings>("POST", `/api/sweep${query}`);
const changes = async () =>
  (await sync.admin<{ changes: Change[] }>("GET", "/api/changes?limit=1000")).changes;
const locationOf = async (campaignId: string) =>
  (await campaignManager(sync).campaign(campaignId))["Circa_Location__c"];
const feeOf = async (eventId: string) => {
  const key = (await marketer(sync).customKeys()).get("Sponsorship Fee")!;
  return (
    ((await marketer(sync).event(eventId))["custom_fields"] ?? {}) as Record<string, unknown>
  )[key];
};
const metric = async (cause: string) => {
  const text = await (
    await fetch(`${sync.middleware().url}/metrics`, { headers: adminHeaders() })
  ).text();
  return Number(
    new RegExp(`event_info_sync_sweep_missed_total{cause="${cause}"} (\\d+)`).exec(text)?.[1] ?? 0,
  );
};
const adminHeaders = () => ({ authorization: `Bearer ${sync.environment()["ADMIN_TOKEN"] ?? ""}` });

test("exactly the lost webhooks and the lost Platform Events are missed; a second sweep is idle", async () => {
  await dropWebhooks(5);
  for (const { eventId } of links.slice(0, 5)) {
    await marketer(sync).edit(eventId, { location: "told to nobody" });
  }
  await dropEvents(3);
  for (const { campaignId } of links.slice(5, 8)) {
    await campaignManager(sync).edit(campaignId, { Sponsorship_Fee__c: 777 });
  }
  // These are told.
  await marketer(sync).edit(links[8]!.eventId, { location: "told" });
  await campaignManager(sync).edit(links[9]!.campaignId, { Sponsorship_Fee__c: 778 });
  await eventuallyHolds("what was told has arrived", async () => {
    expect(await locationOf(links[8]!.campaignId)).toBe("told");
    expect(Number(await feeOf(links[9]!.eventId))).toBe(778);
  });
  await sync.settled();

  clock.forward(noticesAreDueMs);
  const findings = await sweep();
  expect(findings).toMatchObject({
    missed: 8,
    unsettled: 0,
    causes: { webhook_lost: 5, event_lost: 3 },
  });
  await eventuallyHolds("both sides agree", async () => {
    for (const { campaignId } of links.slice(0, 5)) {
      expect(await locationOf(campaignId)).toBe("told to nobody");
    }
    for (const { eventId } of links.slice(5, 8)) expect(Number(await feeOf(eventId))).toBe(777);
  });
  const { sweep: shown } = await sync.status();
  expect(shown.missed.day).toEqual({ webhook_lost: 5, event_lost: 3 });
  expect(shown.last).toMatchObject({ state: "done", findings: { missed: 8 } });
  expect(await metric("webhook_lost")).toBe(5);
  expect(await metric("event_lost")).toBe(3);

  await sync.settled();
  const written = (await changes()).length;
  expect(await sweep()).toMatchObject({ missed: 0, unsettled: 0 });
  expect(await sweep("?full=true")).toMatchObject({ missed: 0, unsettled: 0 });
  await sync.settled();
  expect(await changes()).toHaveLength(written);
});

test("a change whose notice may still come is repaired at once, and missed only if none comes", async () => {
  await dropWebhooks(1);
  await marketer(sync).edit(links[0]!.eventId, { location: "younger than a minute" });
  expect(await sweep()).toMatchObject({ missed: 0, unsettled: 1 });
  await eventuallyHolds("it is repaired", async () => {
    expect(await locationOf(links[0]!.campaignId)).toBe("younger than a minute");
  });
  // The next look of the schedule, or the next sweep, counts what has become of it.
  clock.forward(noticesAreDueMs);
  await sync.settled();
  await sweep();
  expect((await sync.status()).sweep.missed.day).toEqual({ webhook_lost: 1 });
});

test("a late webhook takes back what the sweep had found before it", async () => {
  const { eventId } = links[0]!;
  await dropWebhooks(1);
  await marketer(sync).edit(eventId, { location: "late" });
  expect(await sweep()).toMatchObject({ missed: 0, unsettled: 1 });
  const data = await marketer(sync).event(eventId);
  const timestamp = new Date().toISOString();
  const message = JSON.stringify({ type: "event.updated", timestamp, data });
  expect((await sync.sendWebhook(message)).status).toBe(202);
  clock.forward(noticesAreDueMs);
  await sweep();
  expect((await sync.status()).sweep.missed.day).toEqual({});
});

test("what was changed while no process was there says so", async () => {
  await dropWebhooks(1);
  await sync.stopMiddleware();
  await marketer(sync).edit(links[0]!.eventId, { location: "nobody was there" });
  clock.forward(noticesAreDueMs);
  await sync.startMiddleware();
  await sync.settled();
  await sweep();
  expect((await sync.status()).sweep.missed.day).toEqual({ middleware_down: 1 });
});

test("a problem that is known is not found again", async () => {
  await salesforceAdmin(sync).setFaults({
    name: "rejectRow",
    object: "Campaign",
    field: "Circa_Location__c",
    value: "refused",
    statusCode: "FIELD_INTEGRITY_EXCEPTION",
    message: "not this one",
    fields: ["Circa_Location__c"],
    times: 100,
  });
  await marketer(sync).edit(links[0]!.eventId, { location: "refused" });
  await eventually("the problem is open", async () => (await sync.status()).openProblems === 1);
  clock.forward(noticesAreDueMs);
  expect(await sweep()).toMatchObject({ missed: 0, unsettled: 0 });
  expect(await sweep("?full=true")).toMatchObject({ missed: 0, unsettled: 0 });
  expect((await sync.status()).openProblems).toBe(1);
});
