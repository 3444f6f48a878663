/** Several processes, one system that is down: tried as often as by one. */
import { systemClock } from "../../../middleware/runtime/clock.ts";
import { SystemError } from "../../../middleware/runtime/errors.ts";
import { createSharedProbes } from "../../../middleware/cluster/shared-probes.ts";
import type { Database } from "../../../middleware/store/database/database.ts";
import { openPostgresWakeUps } from "../../../middleware/cluster/postgres-wake-ups.ts";
import { noWakeUps, type WakeUps } from "../../../middleware/cluster/wake-ups.ts";
import { createLog } from "../../../middleware/runtime/log.ts";
import { Circuit } from "../../../middleware/systems/circuit/circuit.ts";
import { eventually } from "../../support/eventually.ts";
import { startPostgres } from "../../../scripts/support/postgres-server.ts";
import { openTemporaryDatabase } from "../../support/temporary-database.ts";

const tenant = "default";
const log = createLog("silent");
const down = new SystemError("salesforce", "retry", "HTTP 503", { systemWide: true });
let database: Database;
let nowMs: number;
const clock = { ...systemClock, now: () => nowMs };

beforeEach(async () => {
  database = await openTemporaryDatabase();
  nowMs = Date.parse("2026-11-23T09:00:00Z");
});
afterEach(() => database.close());

const newProcess = (wakeUps: WakeUps = noWakeUps) =>
  new Circuit({
    system: "salesforce",
    clock,
    log,
    probes: createSharedProbes({ database, clock, log, wakeUps }),
  });
const fail = () => Promise.reject(down);
const takeForDown = async (circuit: Circuit) => {
  for (let time = 0; time < 9; time += 1) {
    nowMs = Math.max(nowMs, circuit.status().nextCallAt ?? 0);
    await expect(circuit.run(fail)).rejects.toBe(down);
  }
};

test("three processes try it at most once in 5 s between them, later in 30 s, and at least once in 61 s", async () => {
  const circuits = [newProcess(), newProcess(), newProcess()];
  for (const circuit of circuits) await takeForDown(circuit);
  const at: number[] = [];
  const isLongMs = nowMs + 120_000;
  const endMs = nowMs + 1_800_000;
  for (; nowMs < endMs; nowMs += 500) {
    for (const circuit of circuits) {
      await circuit
        .run(() => {
          at.push(nowMs);
          return fail();
        })
        .catch(() => undefined);
    }
  }
  const distances = (of: readonly number[]) =>
    of.slice(1).map((ms, index) => ms - (of[index] ?? 0));
  expect(Math.min(...distances(at))).toBeGreaterThanOrEqual(5_000);
  expect(Math.min(...distances(at.filter((ms) => ms > isLongMs)))).toBeGreaterThanOrEqual(30_000);
  expect(Math.max(...distances(at))).toBeLessThanOrEqual(61_000);
});

test("one that has to wait for its probe says for how long, and nothing is called", async () => {
  const [one, two] = [newProcess(), newProcess()];
  await takeForDown(two);
  await takeForDown(one);
  nowMs += 30_000;
  await expect(one.run(fail)).rejects.toBe(down);
  let called = false;
  const call = () => {
    called = true;
    return fail();
  };
  await expect(two.run(call)).rejects.toMatchObject({ kind: "held", retryAfterMs: 5_000 });
  expect(called).toBe(false);
});

test("a store that can't be asked keeps nobody from trying", async () => {
  const circuit = newProcess();
  await takeForDown(circuit);
  nowMs += 30_000;
  const away = await openTemporaryDatabase();
  await away.close();
  const probes = createSharedProbes({ database: away, clock, log, wakeUps: noWakeUps });
  expect(await probes.mayTry("salesforce", 30_000)).toBe(true);
});

test("as soon as it answers one, the others try it as well", async () => {
  const server = await startPostgres();
  const url = await server.createDatabase();
  const wakeUps = [
    openPostgresWakeUps({ url, tenant, log }),
    openPostgresWakeUps({ url, tenant, log }),
  ] as const;
  try {
    await eventually("both hear", () => wakeUps.every((it) => it.listening()));
    const [one, two] = [newProcess(wakeUps[0]), newProcess(wakeUps[1])];
    await takeForDown(one);
    await takeForDown(two);
    expect(two.state()).toBe("open");
    nowMs = one.status().nextCallAt ?? 0;
    await one.run(() => Promise.resolve());
    await eventually("the other may try", () => two.state() === "half_open");
    await two.run(() => Promise.resolve());
    expect(two.state()).toBe("closed");
  } finally {
    for (const it of wakeUps) await it.close();
    await server.close();
  }
});
