/** One CometD session against answers that no Streaming API should give, but gateways do. */
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { systemClock } from "../../middleware/runtime/clock.ts";
import { cometdSessions } from "../../middleware/intake/stream/cometd/cometd-session.ts";
import type { DeliveredEvent, StreamSession } from "../../middleware/intake/stream/session-port.ts";
import { eventually } from "../support/eventually.ts";
import { createManualClock, type ManualClock } from "../support/manual-clock.ts";

const channel = "/event/Circa_Sync_Signal__e";

interface BayeuxMessage {
  readonly channel: string;
  readonly id: string;
}

/** Answers a message; null: leaves it without an answer. */
type Answer = (message: BayeuxMessage, response: ServerResponse) => object[] | null;

let server: Server;
let clock: ManualClock;
let answer: Answer;
let requests: string[];
let told: {
  forgotten: string[];
  noAnswers: string[];
  events: DeliveredEvent[];
  unreadable: number;
};
let session: StreamSession;

beforeEach(async () => {
  clock = createManualClock();
  requests = [];
  told = { forgotten: [], noAnswers: [], events: [], unreadable: 0 };
  answer = politely;
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const messages = [JSON.parse(body) as BayeuxMessage | BayeuxMessage[]].flat();
      requests.push(...messages.map((message) => message.channel));
      const replies = messages.map((message) => answer(message, response));
      if (replies.includes(null) || response.writableEnded) return;
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(replies.flat()));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  session.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

let polls = 0;
const politely: Answer = ({ channel: to, id }) => {
  const reply = { channel: to, id, successful: true, clientId: "client" };
  if (to === "/meta/handshake") {
    polls = 0;
    return [{ ...reply, version: "1.0", supportedConnectionTypes: ["long-polling"] }];
  }
  if (to !== "/meta/connect") return [{ ...reply, subscription: channel }];
  const advice = { reconnect: "retry", interval: 0, timeout: 110_000 };
  return (polls += 1) === 1 ? [{ ...reply, advice }] : null;
};

async function open(awaitCapacity: () => Promise<void> = () => Promise.resolve()) {
  let subscribed = false;
  const { port } = server.address() as AddressInfo;
  session = await cometdSessions({
    salesforce: {
      session: () =>
        Promise.resolve({ accessToken: "token", instanceUrl: `http://127.0.0.1:${port}` }),
      forget: (token) => told.forgotten.push(token),
      noAnswer: (reason) => told.noAnswers.push(reason),
    },
    apiVersion: "61.0",
    channel,
    clock,
  })({
    replayFrom: { after: "41" },
    onSubscribed: () => (subscribed = true),
    onReply: () => undefined,
    onEvent: (event) => told.events.push(event),
    onUnreadable: () => (told.unreadable += 1),
    awaitCapacity,
  });
  return () => subscribed;
}

test("a handshake that is never answered ends after 30 s, and Salesforce counts as silent", async () => {
  answer = () => null;
  await open();
  await eventually("it is asked", () => requests.length === 1);
  await clock.advance(31_000);
  expect(await session.ended).toEqual({ failure: "lost", reason: "no answer in time" });
  expect(told.noAnswers).toEqual(["no answer in time"]);
});

test("a subscription that is never answered ends as well, though polls go on", async () => {
  answer = (message, response) =>
    message.channel === "/meta/subscribe" ? [] : politely(message, response);
  await open();
  await eventually("it polls", () => requests.filter((it) => it === "/meta/connect").length > 1);
  await clock.advance(31_000);
  expect(await session.ended).toMatchObject({ reason: "no answer in time" });
  expect(told.noAnswers).toEqual([]);
});

test("a poll that is never answered ends 15 s after its time", async () => {
  const subscribed = await open();
  await eventually("it is subscribed", () => subscribed());
  await eventually("it polls", () => requests.filter((it) => it === "/meta/connect").length > 1);
  let ended = false;
  void session.ended.then(() => (ended = true));
  await clock.advance(124_000);
  expect(ended).toBe(false);
  await clock.advance(2_000);
  expect(await session.ended).toMatchObject({ failure: "lost" });
});

test("REST's own words for a token that is no longer good: it is forgotten", async () => {
  answer = (_message, response) => {
    response.writeHead(401, { "content-type": "application/json" });
    response.end(JSON.stringify([{ errorCode: "INVALID_SESSION_ID", message: "Session expired" }]));
    return [];
  };
  await open();
  expect(await session.ended).toEqual({
    failure: "token",
    reason: "HTTP 401",
    elsewhere: false,
  });
  expect(told.forgotten).toEqual(["token"]);
});

test.each([
  ["an error of REST", [{ errorCode: "UNKNOWN_EXCEPTION", message: "it failed" }]],
  ["a list of nothing", [null, 7, "text", []]],
  [
    "advice that is none",
    [{ channel: "/meta/handshake", successful: true, advice: { timeout: "x" } }],
  ],
  ["an object", { message: "no" }],
])("JSON that is not Bayeux, %s, ends the session and nothing else", async (_name, body) => {
  answer = (_message, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
    return [];
  };
  await open();
  expect(await session.ended).toEqual({
    failure: "lost",
    reason: "the answer is not Bayeux",
    elsewhere: false,
  });
});

test.each([
  ["an interval of years", { interval: 1e12, timeout: 110_000 }],
  ["an interval below zero", { interval: -1e12, timeout: 110_000 }],
  ["a poll of years", { interval: 0, timeout: 1e12 }],
  ["a poll of no time", { interval: 0, timeout: 1e-3 }],
])("advice of %s makes no timer run wild", async (_name, numbers) => {
  answer = (message, response) => {
    const replies = politely(message, response);
    if (message.channel !== "/meta/connect" || replies === null) return replies;
    return replies.map((reply) => ({ ...reply, advice: { reconnect: "retry", ...numbers } }));
  };
  const subscribed = await open();
  await eventually("it is subscribed", () => subscribed());
  // A timer of more than 2^31 ms is over at once: hundreds of polls would have come by then.
  await systemClock.sleep(700);
  expect(requests.filter((it) => it === "/meta/connect").length).toBeLessThan(5);
});

test("a refusal with an HTTP status of its own is classed by its words", async () => {
  answer = ({ channel: to, id }, response) => {
    response.writeHead(400, { "content-type": "application/json" });
    const error = "400::API version in the URI is mandatory. URI format: '/cometd/65.0'";
    response.end(JSON.stringify([{ channel: to, id, successful: false, error }]));
    return [];
  };
  await open();
  expect(await session.ended).toMatchObject({ failure: "configuration" });
});

test("an event is handed on whatever stands in it; something that is none is told apart", async () => {
  answer = (message, response) => {
    const replies = politely(message, response);
    if (message.channel !== "/meta/subscribe" || replies === null) return replies;
    const payload = { Kind__c: "campaigns_changed", Odd__c: [1, { deep: null }] };
    return [
      ...replies,
      { channel, data: { payload, event: { replayId: 42, EventUuid: "uuid" } } },
      { channel, data: { payload: "text" } },
      { channel, data: { payload, event: { replayId: 45 } } },
    ];
  };
  await open();
  await eventually("all have come", () => told.events.length === 2);
  expect(told.unreadable).toBe(1);
  expect(told.events.map(({ replayId, eventUuid }) => [replayId, eventUuid])).toEqual([
    ["42", "uuid"],
    ["45", null],
  ]);
});

test("without room for events no poll goes out; with it, the next one does", async () => {
  let makeRoom: () => void = () => undefined;
  const capacity = new Promise<void>((resolve) => (makeRoom = resolve));
  const subscribed = await open(() => capacity);
  await eventually("it is subscribed", () => subscribed());
  await clock.advance(20_000);
  expect(requests.filter((it) => it === "/meta/connect")).toHaveLength(1);
  makeRoom();
  await eventually("it polls", () => requests.filter((it) => it === "/meta/connect").length === 2);
  expect(told.events).toEqual([]);
});
