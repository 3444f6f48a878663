/** Circa's word of our own write ends no turn's knowledge; anybody else's does. */
import { claim } from "../../../middleware/queue/claims.ts";
import { complete } from "../../../middleware/queue/completion.ts";
import { eventSubject, markDue } from "../../../middleware/queue/due-links.ts";
import { isOnlyWritten, OwnEchoes } from "../../../middleware/sync/write/own-echoes.ts";
import type { CircaEvent } from "../../../middleware/model/records.ts";
import { engines, storeForEachTest } from "../../support/each-engine.ts";

const subject = eventSubject("RXZlbnQtMQ");

const state = (
  version: number | null,
  values: Record<string, unknown> = { fee: 1 },
): CircaEvent => ({
  id: "RXZlbnQtMQ",
  name: "Expo",
  version,
  updatedAt: 1_000,
  timeZone: "UTC",
  campaignId: null,
  values,
});

test("only the state that was answered is an echo, and only where versions tell", () => {
  const echoes = new OwnEchoes();
  echoes.note(subject, 2, [state(7)]);
  echoes.note(subject, 3, [state(7), state(8)]);
  echoes.note(subject, 4, [state(null)]);
  const isEcho = (generation: number, ...written: CircaEvent[]) =>
    echoes.isEcho(subject, generation, written);
  expect(isEcho(2, state(7))).toBe(true);
  expect(isEcho(2, state(7, { fee: 2 }))).toBe(false);
  expect(isEcho(2, state(8))).toBe(false);
  expect(isEcho(2, { ...state(7), updatedAt: 2_000 })).toBe(false);
  expect(isEcho(3, state(7))).toBe(false);
  expect(isEcho(3, state(7), state(8))).toBe(true);
  expect(isEcho(4, state(null))).toBe(false);
  expect(isEcho(5, state(7))).toBe(false);
});

test("what a rule of Circa's changes beside a write is no work of ours", () => {
  const before = state(1, { fee: 1, note: "a" });
  expect(isOnlyWritten(before, state(2, { fee: 2, note: "a" }), new Set(["fee"]))).toBe(true);
  expect(isOnlyWritten(before, state(2, { fee: 2, note: "b" }), new Set(["fee"]))).toBe(false);
  expect(isOnlyWritten(before, state(2, { fee: 2 }), new Set(["fee"]))).toBe(false);
  const moved = { ...state(2, { fee: 2, note: "a" }), campaignId: "701000000000001AAA" };
  expect(isOnlyWritten(before, moved, new Set(["fee"]))).toBe(false);
});

describe.each(engines)("on %s", (engine) => {
  const store = storeForEachTest(engine);
  const tell = () => store().write((trx) => markDue(trx, [subject], "webhook", 1));

  /** A turn that is signalled `signals` times before it ends, knowing of some of them. */
  async function turn(signals: number, known: readonly number[]) {
    await tell();
    const times = { kind: "event", limit: 10, nowMs: Date.now(), termMs: 60_000 };
    const [link] = await claim(store(), "a", times);
    for (let nth = 0; nth < signals; nth += 1) await tell();
    const generations = new Set(known.map((nth) => link!.generation + nth));
    const toldNothing = (generation: number) => generations.has(generation);
    await store().write((trx) =>
      complete(store(), trx, "a", new Map([[link!, { kind: "done", toldNothing }]]), Date.now()),
    );
    return store().query.selectFrom("due_links").select("claimed_by").execute();
  }

  test("a link leaves the queue when all signals since told nothing, and only then", async () => {
    expect(await turn(2, [1, 2])).toEqual([]);
    expect(await turn(2, [2])).toEqual([{ claimed_by: null }]);
  });

  test("one signal among echoes is enough", async () => {
    expect(await turn(3, [1, 3])).toEqual([{ claimed_by: null }]);
  });
});
