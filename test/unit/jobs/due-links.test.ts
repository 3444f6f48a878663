import type { SystemName } from "../../../middleware/runtime/errors.ts";
import { claim, releaseClaims, type ClaimOptions } from "../../../middleware/queue/claims.ts";
import { complete } from "../../../middleware/queue/completion.ts";
import {
  backlog,
  eventSubject,
  isDueMoreThan,
  markDue,
  type Completion,
  type DueLink,
} from "../../../middleware/queue/due-links.ts";
import { rebaseAfterClockJump, nextDue } from "../../../middleware/queue/due-times.ts";
import { waitingLinks } from "../../../middleware/queue/waiting-links.ts";
import { engines, storeForEachTest } from "../../support/each-engine.ts";

const one = eventSubject("RXZlbnQtMQ");
const two = eventSubject("RXZlbnQtMg");
const kind = "event";
const done: Completion = { kind: "done" };
const again = (delayMs: number, waitsFor?: SystemName): Completion => ({
  kind: "again",
  delayMs,
  error: "no answer",
  waitsFor,
});
/** A claim whose time was up before it began. */
const over = { termMs: -1_000 };
const hourMs = 3_600_000;

describe.each(engines)("on %s", (engine) => {
  const store = storeForEachTest(engine);

  const tell = (...subjects: (typeof one)[]) =>
    store().write((trx) => markDue(trx, subjects, "webhook", Date.now()));
  const take = (owner: string, how: Partial<ClaimOptions> = {}) =>
    claim(store(), owner, { kind, limit: 10, nowMs: Date.now(), termMs: 60_000, ...how });
  const end = (owner: string, link: DueLink | undefined, outcome: Completion) =>
    store().write((trx) => complete(store(), trx, owner, new Map([[link!, outcome]]), Date.now()));
  const left = () => backlog(store(), Date.now());
  const moveTimes = (byMs: number) =>
    store()
      .query.updateTable("due_links")
      .set((eb) => ({
        due_at: eb("due_at", "+", byMs),
        scheduled_at: eb("scheduled_at", "+", byMs),
        claimed_until: eb("claimed_until", "+", byMs),
      }))
      .execute();
  const next = async (how: Pick<ClaimOptions, "away" | "atWork">) =>
    (await nextDue(store(), { kind, nowMs: Date.now(), ...how })).inMs;
  const nextInMs = (...away: SystemName[]) => next({ away });
  const mend = () => rebaseAfterClockJump(store(), { nowMs: Date.now(), termMs: 10_000 });

  test("signals for one link collapse into one entry, which keeps the first one's time", async () => {
    await store().write((trx) => markDue(trx, [one], "webhook", 10));
    await tell(one, two, one);
    expect((await take("a")).sort((a, b) => b.generation - a.generation)).toEqual([
      expect.objectContaining({ subject: one, generation: 2, signalledAt: 10, attempts: 0 }),
      expect.objectContaining({ subject: two, generation: 1 }),
    ]);
  });

  test("a link is never handed out twice at once", async () => {
    await tell(one);
    await take("a");
    expect(await take("b")).toEqual([]);
  });

  test("what is done leaves the queue", async () => {
    await tell(one);
    const [link] = await take("a");
    await end("a", link, done);
    expect(await left()).toEqual({ due: 0, later: 0 });
  });

  test("a link that was signalled while it was worked on stays due at once", async () => {
    await tell(one);
    const [link] = await take("a");
    await store().write((trx) => markDue(trx, [one], "webhook", 25));
    await end("a", link, done);
    expect(await take("b")).toEqual([expect.objectContaining({ subject: one, signalledAt: 25 })]);
  });

  test("a failed link waits, counts its attempts and keeps the time of its signal", async () => {
    await tell(one);
    const [link] = await take("a");
    await end("a", link, again(60_000));
    expect(await take("b")).toEqual([]);
    expect(await left()).toEqual({ due: 0, later: 1 });
    const inMs = await nextInMs();
    expect(inMs).toBeGreaterThan(30_000);
    expect(inMs).toBeLessThanOrEqual(60_000);
    await moveTimes(-60_000);
    expect(await nextInMs()).toBe(0);
    expect(await take("b")).toEqual([
      expect.objectContaining({ subject: one, attempts: 1, signalledAt: link!.signalledAt }),
    ]);
  });

  test("a link that waits for a system is left alone while that is away, without counting attempts", async () => {
    await tell(one, two);
    const [first, second] = await take("a");
    await end("a", first, again(-1, "circa"));
    await end("a", second, done);
    expect(await take("b", { away: ["circa"] })).toEqual([]);
    expect(await nextInMs("circa")).toBeNull();
    expect(await nextInMs("salesforce")).toBe(0);
    expect(await take("b", { away: ["salesforce"] })).toEqual([
      expect.objectContaining({ subject: first!.subject, attempts: 0 }),
    ]);
  });

  test("a new signal is worked on though the link waits for a system: the rest of it may go on", async () => {
    await tell(one);
    const [link] = await take("a");
    await end("a", link, again(60_000, "circa"));
    await tell(one);
    expect(await take("b", { away: ["circa"] })).toHaveLength(1);
  });

  test("a new signal ends the waiting and starts the attempts anew", async () => {
    await tell(one);
    const [link] = await take("a");
    await end("a", link, again(60_000));
    await tell(one);
    expect(await take("b")).toEqual([expect.objectContaining({ subject: one, attempts: 0 })]);
  });

  test("a dead worker's link is taken over, and its late answer has no effect", async () => {
    await tell(one);
    const [lost] = await take("dead", over);
    const [taken] = await take("heir");
    expect(taken?.subject).toBe(one);
    await end("dead", lost, done);
    expect(await take("third")).toEqual([]);
    await end("heir", taken, done);
    expect(await left()).toEqual({ due: 0, later: 0 });
  });

  test("the end of another's claim is a time to look again: it may have died", async () => {
    await tell(one);
    await take("dead", { termMs: 5_000 });
    const inMs = await nextInMs();
    expect(inMs).toBeGreaterThan(2_000);
    expect(inMs).toBeLessThanOrEqual(5_001);
    expect(await next({ atWork: ["dead"] })).toBeNull();
    await moveTimes(-60_000);
    expect(await nextInMs()).toBe(0);
  });

  test("whether much is due is known without counting all of it", async () => {
    await tell(one, two);
    const isMore = (count: number) => isDueMoreThan(store(), count, Date.now());
    expect([await isMore(1), await isMore(2)]).toEqual([true, false]);
  });

  test("what waits is told by the store's clock, where processes share it", async () => {
    const three = eventSubject("RXZlbnQtMw");
    await tell(three);
    await take("a");
    await tell(one, two);
    const [first] = await take("b", { limit: 1 });
    await end("b", first, again(60_000));
    const other = first?.subject === one ? two : one;
    const processTime = engine === "sqlite" ? Date.now() : 0;
    const waiting = await waitingLinks(store().query, [one, two, three], processTime);
    expect(Object.fromEntries(waiting)).toEqual({
      [three]: "claimed",
      [first!.subject]: "later",
      [other]: "due",
    });
  });

  test("a link in work here is not taken twice, though the clock says that its time is up", async () => {
    await tell(one);
    await take("a", over);
    expect(await take("b", { atWork: ["a"] })).toEqual([]);
  });

  test("released links are due at once, with the time of their notification", async () => {
    await tell(one);
    const batch = await take("a");
    await releaseClaims(store(), new Map([["a", batch]]));
    expect(await take("b")).toEqual(batch);
  });

  test("the clock goes back an hour: what was due is due, what was to wait waits as long", async () => {
    await tell(one, two);
    const [link] = await take("a", { limit: 1 });
    await end("a", link, again(60_000));
    await moveTimes(hourMs);
    expect(await take("b")).toEqual([]);
    await mend();
    expect(await take("b")).toHaveLength(1);
    expect(await nextInMs()).toBeLessThanOrEqual(60_000);
  });

  test("the clock goes back an hour: a dead worker's claim lasts no longer than a claim does", async () => {
    await tell(one);
    await take("dead");
    await moveTimes(hourMs);
    await mend();
    const { claimed_until: until } = await store()
      .query.selectFrom("due_links")
      .select("claimed_until")
      .executeTakeFirstOrThrow();
    expect(until).toBeLessThanOrEqual(Date.now() + 10_000);
  });

  test("several claim at once while signals come in: every link to one of them only", async () => {
    const subjects = Array.from({ length: 60 }, (_, at) => eventSubject(`event-${at}`));
    const taken: DueLink[] = [];
    const worker = async (name: string) => {
      for (let turn = 0; turn < 12; turn += 1) {
        const batch = await take(`${name}-${turn}`, { limit: 7 });
        taken.push(...batch);
        await tell(...subjects.slice(turn * 5, turn * 5 + 5));
      }
    };
    await Promise.all(["a", "b", "c", "d"].map(worker));
    for (let batch = await take("last"); batch.length > 0; batch = await take("last")) {
      taken.push(...batch);
    }
    expect(new Set(taken.map((link) => link.subject)).size).toBe(subjects.length);
    expect(taken).toHaveLength(subjects.length);
  });

  test("signalled while its outcome is recorded: never lost, never left claimed", async () => {
    await tell(one);
    for (let turn = 0; turn < 30; turn += 1) {
      const [link] = await take(`turn-${turn}`);
      expect(link?.subject).toBe(one);
      await Promise.all([end(`turn-${turn}`, link, done), tell(one)]);
    }
    const [last] = await take("last");
    await end("last", last, done);
    expect(await left()).toEqual({ due: 0, later: 0 });
  });
});
