/** One session after the other: where each starts, and how long it takes until it does. */
import { SystemError } from "../../../middleware/runtime/errors.ts";
import { eventually, eventuallyHolds } from "../../support/eventually.ts";
import { aSignal, campaignOf } from "../../support/scripted-sessions.ts";
import { superviseStream, type SupervisedStream } from "../../support/supervised-stream.ts";

const second = 1_000;
const minute = 60 * second;
let it: SupervisedStream;

afterEach(() => it.close());

const state = () => it.stream.status().state;
const isIn = (wanted: string) => eventually(`it is ${wanted}`, () => state() === wanted);

/** Subscribed, with a place to resume from. */
async function subscribed(options: Parameters<typeof superviseStream>[0] = {}) {
  it = await superviseStream(options);
  it.stream.start();
  const session = await it.sessions.session(1);
  session.subscribe();
  session.deliver(aSignal(7));
  await eventuallyHolds("the event is kept", async () => expect(await it.checkpoint()).toBe("7"));
  await isIn("subscribed");
  return session;
}

test("events are kept with their checkpoint, and the next session starts after the last one", async () => {
  const first = await subscribed();
  expect(first.replayFrom).toBe("new");
  first.deliver(aSignal(9), aSignal(12));
  first.end("unknown_client");
  const second = await it.sessions.session(2);
  expect(second.replayFrom).toEqual({ after: "12" });
  expect(await it.signalled()).toEqual([7, 9, 12].map(campaignOf));
});

test("an event that comes again, under another replay id, has no effect but on the checkpoint", async () => {
  const session = await subscribed();
  session.deliver(aSignal(8), aSignal(9, { uuid: "uuid-of-8" }));
  await eventuallyHolds("all is kept", async () => expect(await it.checkpoint()).toBe("9"));
  expect(await it.signalled()).toEqual([7, 8].map(campaignOf));
});

test("a session that is over is not listened to any more", async () => {
  const session = await subscribed();
  session.end("lost");
  await isIn("waiting");
  session.deliver(aSignal(8));
  await it.clock.advance(minute);
  expect(await it.checkpoint()).toBe("7");
});

test.each([
  ["busy", minute, 5 * minute],
  ["crowded", minute, 3 * minute],
  ["limit", 15 * minute, 60 * minute],
  ["configuration", 15 * second, 30 * second],
] as const)("%s: nobody knocks before %d ms, and somebody by %d", async (failure, minMs, maxMs) => {
  const session = await subscribed();
  session.end(failure);
  await isIn("waiting");
  await it.clock.advance(minMs - 1);
  expect(it.sessions.opened).toHaveLength(1);
  await it.clock.advance(maxMs - minMs + 1);
  expect((await it.sessions.session(2)).replayFrom).toEqual({ after: "7" });
  expect(it.stream.status().ends[failure]).toBe(1);
});

test("a limit is shown to people, until the next session stands", async () => {
  const session = await subscribed();
  session.end("limit", "403::Organization total events daily limit exceeded");
  await isIn("waiting");
  expect(it.stream.status().attention).toMatch(/daily allowance.*403::Organization total events/);
  await it.clock.advance(60 * minute);
  (await it.sessions.session(2)).subscribe();
  await isIn("subscribed");
  expect(it.stream.status().attention).toBeNull();
});

test("while it is away for long, Campaigns are asked for by query, every five minutes", async () => {
  let polls = 0;
  const session = await subscribed({ poll: () => Promise.resolve(void (polls += 1)) });
  session.end("limit");
  await isIn("waiting");
  const awaySince = it.clock.now();
  await it.clock.advance(5 * minute - 1);
  expect(polls).toBe(0);
  await it.clock.advance(40 * minute);
  expect(polls).toBe(8);
  expect(it.stream.status().lastPollAt).toBe(awaySince + 40 * minute);
});

test("short pauses that follow each other add up to a long absence", async () => {
  let polls = 0;
  await subscribed({ poll: () => Promise.resolve(void (polls += 1)) });
  it.sessions.refuse(new SystemError("salesforce", "retry", "no route"));
  it.sessions.opened[0]!.end("lost");
  await it.clock.advance(21 * minute);
  expect(polls).toBe(4);
});

test("a query that fails is tried again at its next turn", async () => {
  let polls = 0;
  const poll = () => ((polls += 1) === 1 ? Promise.reject(new Error("503")) : Promise.resolve());
  const session = await subscribed({ poll });
  session.end("limit");
  await isIn("waiting");
  await it.clock.advance(11 * minute);
  expect(polls).toBe(2);
});

test("sessions that stand only for a moment come ever more slowly", async () => {
  it = await superviseStream();
  it.stream.start();
  for (let number = 1; number <= 12; number += 1) {
    const session = await it.sessions.session(number);
    session.subscribe();
    await isIn("subscribed");
    session.end("unknown_client");
    if (number < 12) await it.clock.advance(30 * second);
  }
  await it.clock.advance(29 * second);
  expect(it.sessions.opened).toHaveLength(12);
  await it.clock.advance(second);
  await it.sessions.session(13);
});

test("after a session that held, the next one comes at once", async () => {
  const session = await subscribed();
  await it.clock.advance(3 * 60 * minute);
  session.end("unknown_client");
  expect((await it.sessions.session(2)).replayFrom).toEqual({ after: "7" });
});

test("while calls are held back it looks again each second, and counts no failure", async () => {
  const session = await subscribed();
  it.sessions.refuse(new SystemError("salesforce", "held", "Salesforce is down"));
  session.end("lost", "socket hang up");
  await it.clock.advance(10 * minute);
  expect(it.stream.status()).toMatchObject({ state: "waiting", lastEnd: "socket hang up" });
  it.sessions.refuse(null);
  await it.clock.advance(second);
  await it.sessions.session(2);
});

test("a sign-in that asks for time gets it", async () => {
  const session = await subscribed();
  const details = { retryAfterMs: 4 * minute };
  it.sessions.refuse(new SystemError("salesforce", "limit", "later", details));
  session.end("token");
  await it.clock.advance(second);
  it.sessions.refuse(null);
  await it.clock.advance(4 * minute - 2 * second);
  expect(it.sessions.opened).toHaveLength(1);
  await it.clock.advance(2 * second);
  await it.sessions.session(2);
});

test.each(["configuration", "sign_in"] as const)(
  "a sign-in that is refused (%s) is told as that, not as a missing permission",
  async (kind) => {
    const session = await subscribed();
    it.sessions.refuse(new SystemError("salesforce", kind, "invalid_client_id"));
    session.end("unknown_client");
    await eventually("it is refused", () => it.stream.status().ends.sign_in === 1);
    const { attention } = it.stream.status();
    expect(attention).toMatch(/sign-in to Salesforce does not succeed.*invalid_client_id/);
    expect(attention).not.toMatch(/permission set/);
  },
);

test("it stops while it pauses, and while a sign-in hangs", async () => {
  const session = await subscribed();
  session.end("limit");
  await isIn("waiting");
  await it.stream.stop();
  expect(state()).toBe("stopped");
  const { database } = it;
  const hanging = await superviseStream({ database, openSession: () => new Promise(() => {}) });
  hanging.stream.start();
  await eventually("it signs in", () => hanging.stream.status().state === "connecting");
  await hanging.close();
  expect(hanging.stream.status().state).toBe("stopped");
});
