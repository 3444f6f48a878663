/** The proof from end to end that events arrive. */
import { eventually, eventuallyHolds } from "../../support/eventually.ts";
import { aSignal, type ScriptedSession } from "../../support/scripted-sessions.ts";
import { superviseStream, type SupervisedStream } from "../../support/supervised-stream.ts";

const second = 1_000;
const minute = 60 * second;
let it: SupervisedStream;
let sent: string[];
let signals: number;
let publish: (requestId: string) => Promise<void>;

beforeEach(() => {
  sent = [];
  signals = 0;
  publish = () => Promise.resolve();
});
afterEach(() => it.close());

const heartbeat = (replayId: number, requestId: string | undefined) =>
  aSignal(replayId, { kind: "heartbeat", requestId: requestId ?? "" });

async function start(intervalSeconds = 1_800): Promise<ScriptedSession> {
  it = await superviseStream({
    onLinksDue: () => (signals += 1),
    heartbeat: {
      intervalSeconds,
      publish: (requestId) => {
        sent.push(requestId);
        return publish(requestId);
      },
    },
  });
  it.stream.start();
  const session = await it.sessions.session(1);
  session.subscribe();
  await eventually("it is subscribed", () => it.stream.status().state === "subscribed");
  return session;
}

/** Past the first one, which is sent because there is no place to resume from. */
async function settled(): Promise<ScriptedSession> {
  const session = await start();
  await eventually("a heartbeat is sent", () => sent.length === 1);
  session.deliver(heartbeat(3, sent[0]));
  await eventuallyHolds("it is kept", async () => expect(await it.checkpoint()).toBe("3"));
  return session;
}

test("where there is no place to resume from, one is sent at once and makes one", async () => {
  const session = await settled();
  session.end("unknown_client");
  const next = await it.sessions.session(2);
  expect(next.replayFrom).toEqual({ after: "3" });
});

test("it shows its round trip and makes no work", async () => {
  const session = await settled();
  await it.clock.advance(30 * minute);
  expect(sent).toHaveLength(2);
  await it.clock.advance(2 * second);
  session.deliver(heartbeat(4, sent[1]));
  await eventuallyHolds("it is kept", async () => expect(await it.checkpoint()).toBe("4"));
  expect(it.stream.status().heartbeat).toEqual({
    lastSentAt: it.clock.now() - 2 * second,
    lastHeartbeatAt: it.clock.now(),
    roundTripMs: 2 * second,
  });
  expect(signals).toBe(0);
  expect(await it.signalled()).toEqual([]);
});

test("any event that comes meanwhile shows as well that the stream delivers", async () => {
  const session = await settled();
  await it.clock.advance(30 * minute);
  session.deliver(aSignal(4));
  await it.clock.advance(10 * minute);
  expect(sent).toHaveLength(2);
  expect(session.closed).toBe(false);
});

test("a session that resumes proves itself within seconds; an event that comes first is proof enough", async () => {
  const session = await settled();
  await it.clock.advance(10 * minute);
  session.end("unknown_client");
  const silent = await it.sessions.session(2);
  silent.subscribe();
  await it.clock.advance(5 * second);
  expect(sent).toHaveLength(2);
  silent.deliver(heartbeat(4, sent[1]));
  await it.clock.advance(10 * minute);
  silent.end("unknown_client");
  const lively = await it.sessions.session(3);
  lively.subscribe();
  await it.clock.advance(second);
  lively.deliver(aSignal(5));
  await it.clock.advance(19 * minute);
  expect(sent).toHaveLength(2);
  await it.clock.advance(minute);
  expect(sent).toHaveLength(3);
});

test("sessions that end over and over send one each half minute at most", async () => {
  await settled();
  for (let number = 1; number <= 20; number += 1) {
    (await it.sessions.session(number)).end("unknown_client");
    (await it.sessions.session(number + 1)).subscribe();
    await it.clock.advance(6 * second);
  }
  // A session of six seconds has no time to answer: those are 120 s.
  expect(sent.length).toBeLessThanOrEqual(1 + 4);
});

test("a session that resumes and stays deaf is given up for new events, also after a restart", async () => {
  const session = await settled();
  const before = it.gaps.length;
  await it.clock.advance(10 * minute);
  session.end("unknown_client");
  const deaf = await it.sessions.session(2);
  expect(deaf.replayFrom).toEqual({ after: "3" });
  deaf.subscribe();
  await it.clock.advance(70 * second);
  expect(deaf.closed).toBe(true);
  expect((await it.sessions.session(3)).replayFrom).toBe("new");
  await it.stream.stop();

  const next = await superviseStream({ database: it.database });
  next.stream.start();
  const fresh = await next.sessions.session(1);
  expect(fresh.replayFrom).toBe("new");
  fresh.subscribe();
  await eventually("both sides are compared", () => next.gaps.length === 1);
  expect(it.gaps.length).toBe(before);
  fresh.deliver(aSignal(7));
  await eventuallyHolds("it is kept", async () => expect(await next.checkpoint()).toBe("7"));
  await next.close();
});

test("an idle day costs 48", async () => {
  const session = await settled();
  for (let replayId = 4; it.clock.now() < Date.UTC(2026, 5, 2); replayId += 1) {
    await it.clock.advance(30 * minute);
    session.deliver(heartbeat(replayId, sent.at(-1)));
  }
  expect(sent).toHaveLength(1 + 48);
});

test("one that does not come back within a minute ends the session, and both sides are compared", async () => {
  const session = await settled();
  const before = it.gaps.length;
  await it.clock.advance(30 * minute);
  await it.clock.advance(minute - 1);
  expect(session.closed).toBe(false);
  await it.clock.advance(minute);
  expect(session.closed).toBe(true);
  expect(it.stream.status().ends.unheard).toBe(1);
  const next = await it.sessions.session(2);
  expect(next.replayFrom).toBe("new");
  next.subscribe();
  await eventually("both sides are compared", () => it.gaps.length === before + 1);
  expect(it.gaps.at(-1)).toBe("a heartbeat did not come back");
  const { attention, lastGap } = it.stream.status();
  expect(attention).toMatch(
    /looked alive and delivered nothing.*a new session starts at new events/,
  );
  expect(lastGap).toEqual({ reason: "a heartbeat did not come back", at: it.clock.now() });
  next.deliver(heartbeat(9, sent.at(-1)));
  expect(it.stream.status().attention).toBeNull();
});

test("a stream that stays deaf is left alone for longer each time, and a person is told all the while", async () => {
  await settled();
  await it.clock.advance(30 * minute);
  for (let number = 2; number <= 8; number += 1) {
    await it.clock.advance(6 * minute);
    (await it.sessions.session(number)).subscribe();
    await it.clock.advance(0);
    expect(it.stream.status().attention).toMatch(/delivered nothing/);
  }
  expect(it.gaps.length).toBeLessThan(12);
});

test("one that can't be sent says nothing about the stream", async () => {
  const session = await settled();
  publish = () => Promise.reject(new Error("REQUEST_LIMIT_EXCEEDED"));
  await it.clock.advance(100 * minute);
  expect(sent.length).toBeGreaterThan(2);
  expect(session.closed).toBe(false);
});

test("switched off, none is sent", async () => {
  await start(0);
  await it.clock.advance(600 * minute);
  expect(sent).toEqual([]);
});
