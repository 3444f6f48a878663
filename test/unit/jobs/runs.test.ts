import {
  endRun,
  failRun,
  lastRun,
  openRun,
  unfinishedKinds,
} from "../../../middleware/store/intake/runs.ts";
import { engines, storeForEachTest } from "../../support/each-engine.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const startMs = Date.UTC(2026, 2, 1, 12);

describe.each(engines)("on %s", (engine) => {
  const store = storeForEachTest(engine);
  const open = (nowMs: number) => openRun(store(), "sweep", "slot-1", nowMs);
  const sweptAt = async (nowMs: number) => {
    const run = (await open(nowMs))!;
    await endRun(store().query, run.id, {}, nowMs);
    return run;
  };

  test("a slot is swept once, also by a process whose clock is a little behind", async () => {
    await sweptAt(startMs);
    expect(await open(startMs + minuteMs)).toBeNull();
    expect(await open(startMs - 10_000)).toBeNull();
  });

  test("the clock goes back an hour: a slot swept ahead of it is swept again, once", async () => {
    const ahead = await sweptAt(startMs + hourMs);
    const again = await sweptAt(startMs);
    expect(again.id).not.toBe(ahead.id);
    expect(again.resumed).toBe(false);
    expect(await open(startMs + minuteMs)).toBeNull();
    expect(await lastRun(store().query, "sweep")).toMatchObject({ id: again.id });
  });

  test("the clock goes back an hour: a failed run is gone on with at once", async () => {
    const unfinished = (nowMs: number) => unfinishedKinds(store().query, nowMs);
    const run = (await open(startMs))!;
    const failure = { reason: "down", retryAtMs: startMs + 5 * minuteMs, nowMs: startMs };
    await failRun(store().query, run.id, failure);
    expect(await unfinished(startMs + minuteMs)).toEqual([]);
    expect(await unfinished(startMs - hourMs)).toEqual(["sweep"]);
    expect(await unfinished(startMs + 5 * minuteMs)).toEqual(["sweep"]);
  });
});
