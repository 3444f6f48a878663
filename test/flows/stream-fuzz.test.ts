/** Answers of a streaming server that is none: whatever comes ends as a failure of the session. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { systemClock } from "../../middleware/runtime/clock.ts";
import { cometdSessions } from "../../middleware/intake/stream/cometd/cometd-session.ts";
import type { DeliveredEvent, StreamSession } from "../../middleware/intake/stream/session-port.ts";
import { eventually } from "../support/eventually.ts";

const channel = "/event/Circa_Sync_Signal__e";

interface Sent {
  readonly channel: string;
  readonly id: string;
}
type Stage = "/meta/handshake" | "/meta/connect" | "/meta/subscribe";

let server: Server;
let session: StreamSession | null = null;
let events: DeliveredEvent[];
let unreadable: number;
let polls: number;
/** Changes the reply of a stage; a text is sent as it is. */
let spoil: (stage: string, reply: Record<string, unknown>) => unknown;
const uncaught: unknown[] = [];
const onUncaught = (error: unknown) => uncaught.push(error);

beforeAll(() => process.on("uncaughtException", onUncaught).on("unhandledRejection", onUncaught));
afterAll(() => {
  process.off("uncaughtException", onUncaught).off("unhandledRejection", onUncaught);
});
beforeEach(async () => {
  [events, unreadable, polls, uncaught.length] = [[], 0, 0, 0];
  spoil = (_stage, reply) => reply;
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const replies = ([JSON.parse(body)].flat() as Sent[]).map((sent) =>
        spoil(sent.channel, politely(sent)),
      );
      if (replies.includes(undefined)) return;
      const raw = replies.find((reply) => typeof reply === "string");
      response.writeHead(200, { "content-type": "application/json" });
      response.end(raw ?? JSON.stringify(replies.flat()));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  session?.close();
  session = null;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expectNothingUncaught();
});
function expectNothingUncaught(): void {
  expect(uncaught).toEqual([]);
}

function politely({ channel: to, id }: Sent): Record<string, unknown> {
  const reply = { channel: to, id, successful: true, clientId: "client" };
  if (to === "/meta/handshake") return { ...reply, supportedConnectionTypes: ["long-polling"] };
  if (to === "/meta/subscribe") return { ...reply, subscription: channel };
  polls += 1;
  return { ...reply, advice: { reconnect: "retry", interval: 0, timeout: 110_000 } };
}

async function open(accessToken = "token"): Promise<void> {
  const { port } = server.address() as AddressInfo;
  session = await cometdSessions({
    salesforce: {
      session: () => Promise.resolve({ accessToken, instanceUrl: `http://127.0.0.1:${port}` }),
      forget: () => undefined,
      noAnswer: () => undefined,
    },
    apiVersion: "61.0",
    channel,
    clock: systemClock,
  })({
    replayFrom: "new",
    onSubscribed: () => undefined,
    onReply: () => undefined,
    onEvent: (event) => events.push(event),
    onUnreadable: () => (unreadable += 1),
    awaitCapacity: () => Promise.resolve(),
  });
}

const huge = "x".repeat(100_000);
const nested = "[".repeat(30_000) + "]".repeat(30_000);
const odd: readonly unknown[] = [null, "", 7, -1, 1e308, true, "text", [], ["websocket"], {}, huge];

const offers = [undefined, ...odd, [null], [["long-polling"]], { 0: "long-polling" }];
const nameOf = (offer: unknown) =>
  offer === undefined ? "missing" : JSON.stringify(offer).slice(0, 40);
test.each(offers.map((offer) => [nameOf(offer), offer]))(
  "a handshake that offers %s ends the session",
  async (_name, offer) => {
    spoil = (stage, reply) =>
      stage === "/meta/handshake" ? { ...reply, supportedConnectionTypes: offer } : reply;
    await open();
    expect(await session?.ended).toEqual({
      failure: "lost",
      reason: "the handshake does not offer long-polling",
    });
  },
);

const stages: readonly Stage[] = ["/meta/handshake", "/meta/connect", "/meta/subscribe"];
const names = ["channel", "id", "clientId", "successful", "error", "subscription", "advice", "ext"];
test.each(stages)(
  "odd values of each field of a %s reply end the session or nothing",
  async (stage) => {
    for (const name of names) {
      for (const value of [...odd, { reconnect: 7, interval: "x", timeout: -1 }]) {
        polls = 0;
        spoil = (to, reply) => {
          // A poll is held once all have been answered.
          if (to === "/meta/connect" && polls > 2) return undefined;
          return to === stage ? { ...reply, [name]: value } : reply;
        };
        await open();
        const outcome = Promise.race([session?.ended, systemClock.sleep(20)]);
        await outcome;
        session?.close();
        expect(await session?.ended).toMatchObject({ reason: expect.any(String) as string });
      }
    }
  },
  60_000,
);

test.each([
  ["no JSON", "{channel:"],
  ["nothing", ""],
  ["a page", "<html>busy</html>"],
  ["a number", "7"],
  ["null", "null"],
  ["arrays nested 30,000 deep", nested],
  ["an object nested 30,000 deep", '{"a":'.repeat(30_000) + "1" + "}".repeat(30_000)],
])("%s instead of a reply ends the session", async (_name, raw) => {
  spoil = (stage, reply) => (stage === "/meta/subscribe" ? raw : reply);
  await open();
  await eventually("it is subscribing or over", () => polls > 0);
  session?.close();
  expect((await session?.ended)?.failure).toBe("lost");
});

test("an access token that can't stand in a header ends the session", async () => {
  await open("to\nken");
  expect(await session?.ended).toMatchObject({ failure: "lost", reason: /faye: / });
});

test("events with odd ids and depths are handed on with what can be used, or told apart", async () => {
  const payload = { Kind__c: "campaigns_changed", Deep__c: "NESTED" };
  const event = (replayId: unknown, EventUuid?: unknown) => ({
    channel,
    data: { payload, event: { replayId, EventUuid } },
  });
  spoil = (stage, reply) =>
    stage === "/meta/subscribe"
      ? JSON.stringify([
          reply,
          event(1, huge),
          event(2, "\u0000"),
          event(3, 7),
          event(4, "uuid"),
          event(-5),
          event(1.5),
          event(1e300),
          event(["6"]),
          { channel, data: null },
          null,
        ]).replace('"NESTED"', nested)
      : stage === "/meta/connect" && polls > 2
        ? undefined
        : reply;
  await open();
  await eventually("all have come", () => events.length === 4 && unreadable === 6);
  expect(events.map(({ replayId, eventUuid }) => [replayId, eventUuid])).toEqual([
    ["1", null],
    ["2", null],
    ["3", null],
    ["4", "uuid"],
  ]);
});
