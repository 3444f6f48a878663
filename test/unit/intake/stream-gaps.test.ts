/** Where events may have been missed, both sides are compared: once the new session stands. */
import { eventually, eventuallyHolds } from "../../support/eventually.ts";
import { aSignal } from "../../support/scripted-sessions.ts";
import { superviseStream, type SupervisedStream } from "../../support/supervised-stream.ts";
import { openTemporaryDatabase } from "../../support/temporary-database.ts";

let it: SupervisedStream;

afterEach(() => it.close());

test("until a first event has come, every subscription is followed by a comparison", async () => {
  it = await superviseStream();
  it.stream.start();
  for (const number of [1, 2, 3]) {
    const session = await it.sessions.session(number);
    expect(session.replayFrom).toBe("new");
    expect(it.gaps).toHaveLength(number - 1);
    session.subscribe();
    await eventually("both sides are compared", () => it.gaps.length === number);
    await it.clock.advance(60_000);
    session.end("unknown_client");
  }
  const session = await it.sessions.session(4);
  session.subscribe();
  session.deliver(aSignal(4));
  await eventuallyHolds("the event is kept", async () => expect(await it.checkpoint()).toBe("4"));
  await eventually("both sides are compared", () => it.gaps.length === 4);
  await it.clock.advance(60_000);
  session.end("unknown_client");
  (await it.sessions.session(5)).subscribe();
  await eventually("it is subscribed", () => it.stream.status().state === "subscribed");
  await it.clock.advance(60_000);
  expect(it.gaps).toHaveLength(4);
});

test("a place that is no longer kept: all that is kept is replayed, and both sides are compared", async () => {
  it = await superviseStream();
  it.stream.start();
  const first = await it.sessions.session(1);
  first.subscribe();
  first.deliver(aSignal(4));
  await eventuallyHolds("the event is kept", async () => expect(await it.checkpoint()).toBe("4"));
  first.end("unknown_client");
  (await it.sessions.session(2)).end("replay_expired");
  await it.clock.advance(1_000);
  const third = await it.sessions.session(3);
  expect(third.replayFrom).toBe("all");
  third.subscribe();
  await eventually("both sides are compared", () => it.gaps.length === 2);
  expect(it.gaps[1]).toMatch(/no longer keeps/);
  third.deliver(aSignal(9));
  await eventuallyHolds("the event is kept", async () => expect(await it.checkpoint()).toBe("9"));
});

test("something on the channel that is no event is passed over, and both sides are compared", async () => {
  it = await superviseStream();
  it.stream.start();
  const session = await it.sessions.session(1);
  session.subscribe();
  await eventually("both sides are compared", () => it.gaps.length === 1);
  session.request.onUnreadable();
  await eventually("both sides are compared again", () => it.gaps.length === 2);
  expect(it.gaps[1]).toBe("an event could not be read");
});

test("a comparison that a crash cut off is made by whoever comes next", async () => {
  const database = await openTemporaryDatabase();
  const reasons: string[] = [];
  const cutOff = (reason: string) => {
    reasons.push(reason);
    return Promise.resolve(false);
  };
  it = await superviseStream({ database, onGap: cutOff });
  it.stream.start();
  const session = await it.sessions.session(1);
  session.subscribe();
  session.deliver(aSignal(4));
  await eventuallyHolds("the event is kept", async () => expect(await it.checkpoint()).toBe("4"));
  await eventually("a comparison is begun", () => reasons.length === 1);
  await it.close();

  it = await superviseStream({ database });
  it.stream.start();
  const next = await it.sessions.session(1);
  expect(next.replayFrom).toEqual({ after: "4" });
  next.subscribe();
  await eventually("both sides are compared", () => it.gaps.length === 1);
  expect(it.gaps).toEqual(reasons);
  await it.clock.advance(60_000);
  next.end("unknown_client");
  (await it.sessions.session(2)).subscribe();
  await it.clock.advance(60_000);
  expect(it.gaps).toHaveLength(1);
  await it.close();
  await database.close();
});
