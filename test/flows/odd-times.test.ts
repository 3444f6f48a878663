/** Times that can't be right, and lists that move while they are read: the sweep finds all the same. */
import type { SweepFindings } from "../../middleware/intake/sweep/sweep.ts";
import { openDatabase } from "../../middleware/store/database/database.ts";
import { writeCheckpoint } from "../../middleware/store/intake/checkpoints.ts";
import { circaEmulator } from "../support/circa-emulator.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { movingClock, type MovingClock } from "../support/moving-clock.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { mapNewField } from "../support/picklist-org.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

let sync: RunningSync;
let clock: MovingClock;
let odd: OneLink;
let link: OneLink;
let edits = 0;
const dayMs = 24 * 3_600_000;

beforeAll(async () => {
  clock = movingClock();
  sync = await startSync({ links: 30, clock });
  await sync.settled();
  odd = await oneLink(sync, 0);
  link = await oneLink(sync, 1);
  await sweep();
});
afterAll(() => sync.close());

const sweep = () => sync.admin<SweepFindings>("POST", "/api/sweep");
const store = () => openDatabase({ kind: "sqlite", dataDir: sync.environment()["DATA_DIR"] ?? "" });
const oddRow = (updatedAt: unknown) => oddFirst({ updated_at: updatedAt });
const oddFirst = (values: Record<string, unknown>) =>
  circaEmulator(sync).setFaults({
    clear: true,
    requests: [
      {
        kind: "odd_row",
        values,
        method: "GET",
        path: "/events",
        caller: "integration",
      },
    ],
  });

/** Edits both sides of a link so that nobody tells; only the sweep can find it. */
async function expectSweepFinds(of: OneLink): Promise<void> {
  edits += 1;
  const location = `told to nobody ${edits}`;
  await circaEmulator(sync).setFaults({ webhooks: [{ kind: "drop" }] });
  await of.editEvent({ location });
  await salesforceAdmin(sync).setFaults({ name: "dropEvents" });
  await of.editCampaign({ Sponsorship_Fee__c: 1_000 + edits });
  await sweep();
  await eventuallyHolds("both edits have arrived", async () => {
    expect((await of.campaign())["Circa_Location__c"]).toBe(location);
    expect(await of.eventValue("Sponsorship Fee")).toBe(1_000 + edits);
  });
  await sync.settled();
}

test.each([
  ["in the future", "2031-06-01T00:00:00Z"],
  ["beyond all years", "9999-12-31T23:59:59Z"],
  ["in the far past", "1970-01-01T00:00:00Z"],
  ["in seconds", Math.floor(Date.now() / 1_000)],
  ["in milliseconds", Date.now()],
  ["in seconds of the future", 1_938_000_000],
  ["that is none", "soon"],
  ["that is null", null],
  ["that is an object", {}],
])("an Event is dated with a time %s, once: nothing is passed over afterwards", async (_, time) => {
  await oddRow(time);
  await odd.editEvent({ location: `dated oddly ${edits}` });
  await sweep();
  await expectSweepFinds(link);
  await expectSweepFinds(odd);
});

test.each([
  ["with a control character", "ev\u0000ent", "ev\ufffdent"],
  ["longer than the Campaign's field", "e".repeat(65), "e".repeat(64)],
])(
  "a list names an Event whose id is %s: it is told, the others go through",
  async (_, id, shown) => {
    await oddFirst({ id });
    await odd.editEvent({ location: `named oddly ${edits}` });
    await sweep();
    expect((await sync.status()).circaPassedOver.map((it) => it.id)).toContain(shown);
    await expectSweepFinds(link);
  },
);

test("a Campaign is stamped with a time in the future: the others are found", async () => {
  const stamp = "2031-06-01T00:00:00.000Z";
  await salesforceAdmin(sync).setSilently(odd.campaignId, { SystemModstamp: stamp });
  await sweep();
  await expectSweepFinds(link);
  await expectSweepFinds(odd);
});

test.each([
  ["in the future", '{"newestMs":1938000000000,"lastId":"","settled":true}'],
  ["in the future, of an older release", "1938000000000"],
  ["that no calendar has", '{"newestMs":1e300,"lastId":"","settled":true}'],
  ["before all times", '{"newestMs":-5,"lastId":"","settled":false}'],
  ["that can't be read", "{"],
])("a store whose sweeps stand at a time %s finds its way back", async (_, value) => {
  await sync.stopMiddleware();
  const database = await store();
  await database.write(async (trx) => {
    for (const name of ["sweep_circa", "sweep_salesforce", "poll_circa"] as const) {
      await writeCheckpoint(trx, name, value, Date.now());
    }
  });
  await database.close();
  await sync.startMiddleware();
  await sync.settled();
  await expectSweepFinds(link);
});

test("what lies behind is looked at when nothing has come for a day", async () => {
  clock.forward(20 * 60_000);
  await sweep();
  clock.forward(20 * 60_000);
  await sweep();
  expect(await sweep()).toMatchObject({ eventsRead: 0, campaignsRead: 0 });
  // Dated before what has been read already: no sweep of what has moved comes by.
  await circaEmulator(sync).setFaults({ webhooks: [{ kind: "drop" }] });
  clock.forward(dayMs + 60_000);
  expect((await sweep()).eventsRead).toBe(30);
  // Once more behind the pages that were read, unless the stream has asked for that meanwhile.
  await sweep();
  expect((await sweep()).eventsRead).toBeLessThan(30);
});

test("an Event that slips from page to page while they are read is found by the next pass", async () => {
  // Webhooks were lost on the way here; who starts anew polls nothing in its first minute.
  await sync.stopMiddleware();
  await sync.startMiddleware();
  await sync.settled();
  await sweep();
  const links = await Promise.all(Array.from({ length: 30 }, (_, at) => oneLink(sync, at)));
  await circaEmulator(sync).setFaults({
    clear: true,
    webhooks: [{ kind: "drop", times: 30 }],
    requests: [{ kind: "drift", method: "GET", path: "/events", caller: "integration" }],
  });
  for (const [at, it] of links.entries()) await it.editEvent({ location: `slips ${at}` });
  expect((await sweep()).eventsRead).toBe(29);
  await sync.settled();
  await circaEmulator(sync).setFaults({ clear: true });
  expect((await sweep()).eventsRead).toBeGreaterThan(29);
  await eventuallyHolds("all are there", async () => {
    for (const [at, it] of links.entries()) {
      expect((await it.campaign())["Circa_Location__c"]).toBe(`slips ${at}`);
    }
  });
});

test("a formula that other records move is compared by every sweep, and nothing of it was missed", async () => {
  const field = { label: "Total of others", type: "double", precision: 18, scale: 2 };
  const rules = { calculated: true, createable: false, updateable: false, nillable: true };
  const admin = salesforceAdmin(sync);
  await admin.changeField({ field: "Total_Of_Others__c", set: { ...field, ...rules } });
  await admin.changeFieldPermission({ field: "Total_Of_Others__c", readable: true });
  await admin.setSilently(link.campaignId, { Total_Of_Others__c: 1 });
  await mapNewField(sync, {
    label: "Total of others",
    type: "NUMBER",
    campaignField: "Total_Of_Others__c",
    direction: "From_Salesforce",
  });
  await sweep();
  await sync.settled();
  const followed = (total: number) =>
    eventuallyHolds("the Event follows", async () => {
      expect(await (await oneLink(sync, 1)).eventValue("Total of others")).toBe(total);
    });
  await followed(1);
  await admin.setSilently(link.campaignId, { Total_Of_Others__c: 2 });
  expect(await sweep()).toMatchObject({ missed: 0, unsettled: 0 });
  await followed(2);
});
