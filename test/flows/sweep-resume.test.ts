/** A sweep that is cut off goes on from its last page, and never do two run at once. */
import { readConfig } from "../../middleware/runtime/config.ts";
import { openDatabase } from "../../middleware/store/database/database.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";
import { eventually } from "../support/eventually.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import type { SweepFindings } from "../../middleware/intake/sweep/sweep.ts";

const links = 60;
let sync: RunningSync;

beforeEach(async () => {
  sync = await startSync({ links });
  await sync.settled();
});
afterEach(() => sync.close());

const sweep = () => sync.admin<SweepFindings>("POST", "/api/sweep");
const admin = () => salesforceAdmin(sync);
/** The runs as they are kept, once no process holds the store. */
const keptRuns = async () => {
  const { storage } = readConfig(sync.environment());
  const database = await openDatabase(storage);
  const rows = await database.query.selectFrom("runs").selectAll().orderBy("id").execute();
  await database.close();
  return rows.map(({ id, state, attempts, findings }) => {
    const { eventsRead } = JSON.parse(findings) as { eventsRead?: number };
    return { id, state, attempts, eventsRead };
  });
};

test("a run that failed is gone on with from its last page, in its own row", async () => {
  await sweep();
  await admin().setFaults({ name: "unavailable", path: "/queryAll" });
  await expect(sweep()).rejects.toThrow("HTTP 503");
  expect((await sync.status()).sweep.last).toMatchObject({
    state: "failed",
    attempts: 1,
    reason: expect.stringContaining("Salesforce") as string,
  });
  await eventually("the sweep works again", () => sweep().catch(() => false));
  await sync.stopMiddleware();
  const runs = (await keptRuns()).slice(-2);
  expect(runs).toEqual([
    // Circa's half was done before the failure, and was not read again.
    { id: expect.any(Number) as number, state: "done", attempts: 1, eventsRead: links },
    { id: runs[0]!.id + 1, state: "done", attempts: 0, eventsRead: links },
  ]);
});

test("a run whose process ends in the middle is gone on with by the next one", async () => {
  await sweep();
  await admin().setFaults({ name: "hangBefore", path: "/queryAll" });
  const cutOff = sweep().catch(() => "cut off");
  await eventually(
    "the sweep waits for Salesforce",
    async () => (await admin().faultsLeft()) === 0,
  );
  await sync.stopMiddleware();
  await cutOff;
  const before = await keptRuns();
  expect(before.at(-1)).toMatchObject({ state: "running", eventsRead: links });
  await sync.startMiddleware();
  await sync.settled();
  await sweep();
  await sync.stopMiddleware();
  const after = await keptRuns();
  expect(after[before.length - 1]).toMatchObject({ state: "done", eventsRead: links });
  expect(after.every(({ state }) => state === "done")).toBe(true);
});

test("the schedule tries a failed slot again rather than giving it up", async () => {
  await sync.stopMiddleware();
  await sync.startMiddleware({ SWEEP_INTERVAL_SECONDS: "2" });
  await sync.settled();
  await admin().setFaults({ name: "unavailable", path: "/queryAll", times: 1 });
  await eventually("a slot's run has failed", async () => (await admin().faultsLeft()) === 0);
  await eventually("it has been gone on with", async () => {
    const { last } = (await sync.status()).sweep;
    return last?.state === "done" && last.slot.startsWith("slot-");
  });
  await sync.stopMiddleware();
  const runs = await keptRuns();
  expect(runs.filter(({ attempts }) => attempts > 0)).toMatchObject([{ state: "done" }]);
});

test("whoever asks during a sweep gets findings of one that began after", async () => {
  const [first, second, third] = await Promise.all([sweep(), sweep(), sweep()]);
  expect(first.eventsRead).toBe(links);
  // The two that came while the first was under way share one.
  expect(second).toEqual(third);
  await sync.stopMiddleware();
  expect((await keptRuns()).every(({ state }) => state === "done")).toBe(true);
});
