/** One subscriber at a time: what the old one and the new one do around a change of hands. */
import { createLeases } from "../../../middleware/cluster/leases.ts";
import type { LeaderElection } from "../../../middleware/intake/stream/stream.ts";
import type { Database } from "../../../middleware/store/database/database.ts";
import { createLog } from "../../../middleware/runtime/log.ts";
import { engines, storeForEachTest } from "../../support/each-engine.ts";
import { eventually, eventuallyHolds } from "../../support/eventually.ts";
import { createManualClock } from "../../support/manual-clock.ts";
import { aSignal, campaignOf } from "../../support/scripted-sessions.ts";
import { superviseStream, type SupervisedStream } from "../../support/supervised-stream.ts";

let database: Database;
const open: SupervisedStream[] = [];

async function supervise(options: Parameters<typeof superviseStream>[0] = {}) {
  const it = await superviseStream({ database, ...options });
  open.push(it);
  return it;
}

const stateOf = (it: SupervisedStream) => it.stream.status().state;

afterEach(() => Promise.all(open.splice(0).map((it) => it.close())));

/** A lease that the test gives and takes. */
function lease() {
  let taken = new AbortController();
  let give: () => void = () => undefined;
  const lead: LeaderElection = async (work, stopping) => {
    while (!stopping.aborted) {
      await new Promise<void>((resolve) => {
        give = resolve;
        stopping.addEventListener("abort", () => resolve(), { once: true });
      });
      taken = new AbortController();
      const lost = AbortSignal.any([taken.signal, stopping]);
      if (!lost.aborted) await work(lost);
    }
  };
  return { lead, give: () => give(), take: () => taken.abort() };
}

describe("the lease", () => {
  const store = storeForEachTest("sqlite");
  beforeEach(() => {
    database = store();
  });

  test("without the lease it stands by; with it, it subscribes; losing it drops the session", async () => {
    const { lead, give, take } = lease();
    const it = await supervise({ lead });
    it.stream.start();
    expect(stateOf(it)).toBe("standby");
    expect(it.sessions.opened).toHaveLength(0);
    give();
    const session = await it.sessions.session(1);
    session.subscribe();
    await eventually("it is subscribed", () => stateOf(it) === "subscribed");
    take();
    await eventually("it stands by", () => stateOf(it) === "standby");
    expect(session.closed).toBe(true);
    give();
    await it.sessions.session(2);
  });

  test("two processes share one store: one subscribes, and the other goes on from its place when it stops", async () => {
    const clock = createManualClock();
    const leadAs =
      (owner: string): LeaderElection =>
      (work, stopping) =>
        createLeases({
          database,
          clock,
          log: createLog("silent"),
          owner,
        }).hold("stream", work, stopping);
    const one = await supervise({ clock, lead: leadAs("one") });
    const other = await supervise({ clock, lead: leadAs("other") });
    one.stream.start();
    const session = await one.sessions.session(1);
    other.stream.start();
    await clock.advance(60_000);
    expect(stateOf(other)).toBe("standby");
    session.subscribe();
    session.deliver(aSignal(5));
    await eventuallyHolds("it is kept", async () => expect(await one.checkpoint()).toBe("5"));
    const stopped = one.stream.stop();
    await clock.advance(3_000);
    await stopped;
    expect((await other.sessions.session(1)).replayFrom).toEqual({ after: "5" });
  });
});

describe.each(engines)("where two subscribe for a moment, on %s", (engine) => {
  const store = storeForEachTest(engine);
  beforeEach(() => {
    database = store();
  });

  test("an old subscriber that wakes up late keeps nothing, and moves no checkpoint back", async () => {
    const old = await supervise();
    const next = await supervise();
    old.stream.start();
    const oldSession = await old.sessions.session(1);
    oldSession.subscribe();
    oldSession.deliver(aSignal(5));
    await eventuallyHolds("it is kept", async () => expect(await old.checkpoint()).toBe("5"));
    next.stream.start();
    const newSession = await next.sessions.session(1);
    newSession.subscribe();
    newSession.deliver(aSignal(6), aSignal(7));
    await eventuallyHolds("both are kept", async () => expect(await next.checkpoint()).toBe("7"));
    oldSession.deliver(aSignal(6));
    await eventually("the old one gives its session up", () => oldSession.closed);
    expect(await old.checkpoint()).toBe("7");
    expect(await old.signalled()).toEqual([5, 6, 7].map(campaignOf));
  });

  test("where the old subscriber was first, the new one starts again behind it and misses nothing", async () => {
    const old = await supervise();
    const next = await supervise();
    old.stream.start();
    const oldSession = await old.sessions.session(1);
    oldSession.subscribe();
    oldSession.deliver(aSignal(5));
    await eventuallyHolds("it is kept", async () => expect(await old.checkpoint()).toBe("5"));
    next.stream.start();
    const newSession = await next.sessions.session(1);
    newSession.subscribe();
    oldSession.deliver(aSignal(6));
    await eventuallyHolds("it is kept", async () => expect(await old.checkpoint()).toBe("6"));
    newSession.deliver(aSignal(6), aSignal(7));
    await eventually("the new one gives its session up", () => newSession.closed);
    await next.clock.advance(1_000);
    const again = await next.sessions.session(2);
    expect(again.replayFrom).toEqual({ after: "6" });
    again.deliver(aSignal(7));
    await eventuallyHolds("all is kept", async () => expect(await next.checkpoint()).toBe("7"));
    expect(await next.signalled()).toEqual([5, 6, 7].map(campaignOf));
  });

  test("the first checkpoint of all is as safe: of two that have none, one makes it", async () => {
    const one = await supervise();
    const other = await supervise();
    one.stream.start();
    other.stream.start();
    const [first, second] = [await one.sessions.session(1), await other.sessions.session(1)];
    first.subscribe();
    second.subscribe();
    first.deliver(aSignal(3));
    await eventuallyHolds("it is kept", async () => expect(await one.checkpoint()).toBe("3"));
    second.deliver(aSignal(2));
    await eventually("the other gives its session up", () => second.closed);
    expect(await one.checkpoint()).toBe("3");
  });
});
