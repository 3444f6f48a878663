import { systemClock } from "../../../middleware/runtime/clock.ts";
import { SystemError, type SystemName } from "../../../middleware/runtime/errors.ts";
import { limitsFor } from "../../../middleware/queue/work-limits.ts";
import { createLog } from "../../../middleware/runtime/log.ts";
import { Circuit } from "../../../middleware/systems/circuit/circuit.ts";

let nowMs: number;
let circuit: Circuit;
let calls: number;

const newCircuit = (system: SystemName = "salesforce") =>
  new Circuit({
    system,
    clock: { ...systemClock, now: () => nowMs },
    log: createLog("silent"),
  });

beforeEach(() => {
  nowMs = Date.parse("2026-11-23T09:00:00Z");
  calls = 0;
  circuit = newCircuit();
});

const down = new SystemError("salesforce", "retry", "HTTP 503", { systemWide: true });
const answer = () => {
  calls += 1;
  return Promise.resolve("answer");
};
const fail = (error: Error) => () => {
  calls += 1;
  return Promise.reject(error);
};
/** Calls that fail, in a row, each as soon as it may be made. */
const failTimes = async (times: number, of = circuit) => {
  for (let time = 0; time < times; time += 1) {
    nowMs = Math.max(nowMs, of.status().nextCallAt ?? 0);
    await expect(of.run(fail(down))).rejects.toBe(down);
  }
};
const expectHeld = () => expect(circuit.run(answer)).rejects.toMatchObject({ kind: "held" });

test("two failures in a row hold nothing back", async () => {
  await failTimes(2);
  expect(circuit.state()).toBe("closed");
  await expect(circuit.run(answer)).resolves.toBe("answer");
  expect(circuit.status().failures).toBe(0);
});

test("calls that fail together count as one failure", async () => {
  await Promise.allSettled(Array.from({ length: 200 }, () => circuit.run(fail(down))));
  expect(circuit.status().failures).toBe(1);
  expect(circuit.state()).toBe("closed");
});

test("an hour of outage: a dozen calls until it counts as down, one each 5 s for two minutes, then one each 30 s", async () => {
  const startedMs = nowMs;
  const at: number[] = [];
  while (nowMs < startedMs + 3_600_000) {
    await Promise.allSettled(
      Array.from({ length: 8 }, () =>
        circuit.run(() => {
          at.push(nowMs);
          return fail(down)();
        }),
      ),
    );
    nowMs += 100;
  }
  const isDownMs = startedMs + 20_000;
  const isLongMs = startedMs + 120_000;
  const probes = at.filter((ms) => ms > isDownMs);
  const distances = (of: readonly number[]) =>
    of.slice(1).map((ms, index) => ms - (of[index] ?? 0));
  const early = distances(probes.filter((ms) => ms < isLongMs));
  expect(Math.min(...early)).toBeGreaterThanOrEqual(5_000);
  expect(Math.max(...early)).toBeLessThan(6_000);
  expect(Math.min(...distances(probes.filter((ms) => ms > isLongMs)))).toBeGreaterThanOrEqual(
    30_000,
  );
  expect(probes.length).toBeGreaterThan(110);
  // Three times eight at once before the first pause, then one at a time.
  expect(at.length - probes.length).toBeLessThanOrEqual(3 * 8 + 7);
});

test("while held no call is made, and the error says for how long", async () => {
  await failTimes(9);
  const made = calls;
  await expect(circuit.run(answer)).rejects.toMatchObject({
    kind: "held",
    retryAfterMs: 5_000,
    systemWide: true,
    message: expect.stringMatching(
      /^Salesforce is not called before 2026-11-23T09.*Z \(HTTP 503\)$/,
    ) as string,
  });
  expect(calls).toBe(made);
});

test("one call tries, those that come meanwhile wait for its outcome and follow it", async () => {
  await failTimes(9);
  nowMs += 30_000;
  expect(circuit.state()).toBe("half_open");
  let succeed: () => void = () => undefined;
  const trial = circuit.run(() => new Promise<void>((resolve) => (succeed = resolve)));
  const made = calls;
  const others = Array.from({ length: 10 }, () => circuit.run(answer));
  await Promise.resolve();
  expect(calls).toBe(made);
  expect(circuit.state()).toBe("open");
  succeed();
  await trial;
  await expect(Promise.all(others)).resolves.toHaveLength(10);
  expect(circuit.state()).toBe("closed");
});

test("when the try fails, those that waited for it are not made", async () => {
  await failTimes(9);
  nowMs += 30_000;
  const made = calls;
  const all = await Promise.allSettled(Array.from({ length: 10 }, () => circuit.run(fail(down))));
  expect(all.every(({ status }) => status === "rejected")).toBe(true);
  expect(calls).toBe(made + 1);
});

test("a refusal is an answer: the system is up", async () => {
  await failTimes(8);
  nowMs += 8_000;
  const refused = new SystemError("salesforce", "rejected", "too long");
  await expect(circuit.run(fail(refused))).rejects.toBe(refused);
  expect(circuit.state()).toBe("closed");
});

test("a failure of one call that the system reports by itself never holds the others", async () => {
  const own = new SystemError("salesforce", "retry", "UNABLE_TO_LOCK_ROW");
  for (let time = 0; time < 20; time += 1) {
    await expect(circuit.run(fail(own))).rejects.toBe(own);
  }
  expect(circuit.state()).toBe("closed");
});

test("Retry-After is kept to, then one call tries", async () => {
  const limit = new SystemError("circa", "limit", "HTTP 429", {
    retryAfterMs: 7_000,
    systemWide: true,
  });
  await expect(circuit.run(fail(limit))).rejects.toBe(limit);
  nowMs += 6_999;
  await expectHeld();
  nowMs += 1;
  await expect(circuit.run(answer)).resolves.toBe("answer");
});

test("a limit without a time: pauses that grow from 5 s to a quarter of an hour", async () => {
  const limit = new SystemError("salesforce", "limit", "REQUEST_LIMIT_EXCEEDED", {
    systemWide: true,
  });
  const pauses: number[] = [];
  for (let time = 0; time < 10; time += 1) {
    nowMs = circuit.status().nextCallAt ?? nowMs;
    await expect(circuit.run(fail(limit))).rejects.toBe(limit);
    pauses.push((circuit.status().nextCallAt ?? 0) - nowMs);
  }
  expect(pauses.slice(0, 3)).toEqual([5_000, 10_000, 20_000]);
  expect(pauses.at(-1)).toBe(900_000);
});

test("a clock that is set back does not hold calls for longer", async () => {
  await failTimes(9);
  nowMs -= 600_000;
  await expect(circuit.run(answer)).resolves.toBe("answer");
});

test("a try that hangs holds the others up for two seconds, and they are not made", async () => {
  await failTimes(9);
  nowMs += 30_000;
  const sleeps: number[] = [];
  const clock = {
    ...systemClock,
    now: () => nowMs,
    sleep: (ms: number) => Promise.resolve(void sleeps.push(ms)),
  };
  const hasty = new Circuit({ system: "circa", clock, log: createLog("silent") });
  hasty.hold(nowMs - 1, "down");
  let succeed: () => void = () => undefined;
  const trial = hasty.run(() => new Promise<void>((resolve) => (succeed = resolve)));
  await expect(hasty.run(answer)).rejects.toMatchObject({ kind: "held" });
  expect(sleeps).toEqual([2_000]);
  succeed();
  await trial;
  await expect(hasty.run(answer)).resolves.toBe("answer");
});

test("no batch without Salesforce, one to try it again; what waits for Circa waits, and only that", async () => {
  const salesforce = circuit;
  const circa = newCircuit("circa");
  expect(limitsFor({ salesforce, circa })).toEqual({ batches: Infinity, away: [] });
  await failTimes(9, circa);
  expect(limitsFor({ salesforce, circa })).toEqual({ batches: Infinity, away: ["circa"] });
  nowMs += 30_000;
  expect(limitsFor({ salesforce, circa })).toEqual({ batches: Infinity, away: [] });
  await failTimes(9);
  expect(limitsFor({ salesforce, circa }).batches).toBe(0);
  nowMs += 30_000;
  expect(limitsFor({ salesforce, circa }).batches).toBe(1);
});
