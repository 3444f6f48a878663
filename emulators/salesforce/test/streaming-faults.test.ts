import type { SalesforceEmulator } from "../index.ts";
import { kindsOf, RawBayeuxClient } from "./support/bayeux.ts";
import { eventually } from "../../wait-until.ts";
import {
  connect,
  fixtureChannel,
  readStats,
  setFaults,
  startFixtureOrg,
} from "./support/salesforce-org.ts";

let emulator: SalesforceEmulator;
let client: RawBayeuxClient;
beforeEach(async () => {
  emulator = await startFixtureOrg({ streaming: { pollTimeoutMs: 2000 } });
  client = new RawBayeuxClient(emulator);
  await client.open();
});
afterEach(() => emulator.close());

async function publish(Kind__c: string): Promise<void> {
  await connect(emulator, "person").sobject("Sample_Signal__e").create({ Kind__c });
}

/** Sends a connect and waits until the server holds it; what it will be answered comes boxed. */
async function holdPoll(): Promise<{ answer: Promise<Response> }> {
  const answer = client.post([client.connectMessage()]);
  answer.catch(() => undefined);
  await eventually("the poll is held", async () => (await readStats(emulator)).heldPolls === 1);
  return { answer };
}

test("a revoked token is pushed into the held poll, and said to every later one", async () => {
  const { answer } = await holdPoll();
  expect(await setFaults(emulator, { name: "revokeToken" })).toMatchObject({
    applied: [{ name: "revokeToken", revoked: 1 }],
  });
  expect(await (await answer).json()).toEqual([
    { channel: "/meta/disconnect" },
    {
      clientId: client.clientId,
      advice: { interval: 0, reconnect: "none" },
      channel: "/meta/connect",
      id: expect.any(String) as string,
      error: "401::Authentication invalid",
      successful: false,
    },
  ]);
  expect(await client.connect()).toMatchObject([
    { channel: "/meta/disconnect" },
    { error: "401::Authentication invalid" },
  ]);
});

test("forgotten sessions are unknown clients; reconnect may say none", async () => {
  await setFaults(emulator, { name: "forgetSessions" });
  expect(await client.connect()).toMatchObject([
    { error: "403::Unknown client", advice: { reconnect: "handshake" } },
  ]);
  await setFaults(emulator, { name: "reconnectNoneOn403" });
  expect(await client.connect()).toMatchObject([
    { error: "403::Unknown client", advice: { reconnect: "none" }, clientId: client.clientId },
  ]);
});

test("killed sockets leave the session and its events", async () => {
  const { answer } = await holdPoll();
  await setFaults(emulator, { name: "killSockets" });
  await expect(answer).rejects.toThrow();
  await publish("later");
  expect(kindsOf(await client.connect())).toEqual(["later"]);
});

test("a truncated delivery is lost for this session, and kept for replay", async () => {
  await setFaults(emulator, { name: "truncateNextDelivery" });
  await publish("cut");
  const broken = await client.post([client.connectMessage()]);
  await expect(broken.text()).rejects.toThrow();
  await publish("whole");
  expect(kindsOf(await client.connect())).toEqual(["whole"]);
  const reader = new RawBayeuxClient(emulator);
  await reader.open(-2);
  expect(kindsOf(await reader.connect())).toEqual(["cut", "whole"]);
});

test("a hanging poll is never answered; the next one is", async () => {
  await setFaults(emulator, { name: "hangNextPoll" });
  const hangUp = new AbortController();
  const hanging = client.post([client.connectMessage()], hangUp.signal);
  hanging.catch(() => undefined);
  await publish("seen");
  expect(kindsOf(await client.connect())).toEqual(["seen"]);
  hangUp.abort();
  await expect(hanging).rejects.toThrow();
});

test("the server may answer with any status and body", async () => {
  await setFaults(emulator, {
    name: "respond",
    status: 503,
    body: "<html>",
    contentType: "text/html",
  });
  const answer = await client.post([client.connectMessage()]);
  expect([answer.status, await answer.text()]).toEqual([503, "<html>"]);
  expect(await client.connect({ timeout: 0 })).toMatchObject([{ successful: true }]);
});

test("a busy server hides behind a 401", async () => {
  const busy = {
    error: "401::Authentication invalid",
    ext: {
      sfdc: { failureReason: "503::Server is too busy.  Please try your request again later." },
    },
    advice: { reconnect: "none", interval: 0 },
  };
  const { answer } = await holdPoll();
  await setFaults(emulator, { name: "tooBusyDisguisedAs401", times: 2 });
  expect(await (await answer).json()).toMatchObject([busy]);
  expect(await client.connect()).toMatchObject([busy]);
  expect(await client.connect({ timeout: 0 })).toMatchObject([{ successful: true }]);
});

test("a handshake is denied for the reason given, so many times", async () => {
  await setFaults(emulator, {
    name: "denyHandshake",
    reason: "503::Server is too busy.  Please try your request again later.",
  });
  const other = new RawBayeuxClient(emulator);
  expect(await other.handshake()).toMatchObject([
    {
      error: "403::Handshake denied",
      ext: { sfdc: { failureReason: expect.stringMatching(/^503::/) as string } },
    },
  ]);
  expect(await other.handshake()).toMatchObject([{ successful: true }]);
});

test("purged events can't be replayed", async () => {
  await publish("old");
  const [message] = (await client.connect()) as { data: { event: { replayId: number } } }[];
  const { replayId } = message!.data.event;
  await setFaults(emulator, { name: "purgeBefore" });
  const replies = await client.subscribe({ [fixtureChannel]: replayId });
  expect(replies).toMatchObject([
    {
      error: expect.stringContaining(
        `400::The replayId {${replayId}} you provided was invalid`,
      ) as string,
    },
  ]);
});

test("who resumes at a known replay id may be subscribed and get nothing", async () => {
  await publish("kept");
  const [message] = (await client.connect()) as { data: { event: { replayId: number } } }[];
  const { replayId } = message!.data.event;
  await setFaults(emulator, { name: "deafReplay" });
  const behind = new RawBayeuxClient(emulator);
  await behind.handshake();
  const fromHere = { [fixtureChannel]: replayId };
  expect(await behind.subscribe(fromHere)).toMatchObject([{ successful: true }]);
  const anew = new RawBayeuxClient(emulator);
  await anew.open();
  await publish("told");
  expect(kindsOf(await anew.connect())).toEqual(["told"]);
  expect(kindsOf(await behind.connect())).toEqual([]);
});

test("a duplicate has the same EventUuid and a new replay id", async () => {
  await publish("twice");
  await setFaults(emulator, { name: "duplicateEvent" });
  const events = (
    (await client.connect()) as { data?: { event: { EventUuid: string; replayId: number } } }[]
  ).flatMap((message) => message.data?.event ?? []);
  expect(events).toHaveLength(2);
  expect(events[1]!.EventUuid).toBe(events[0]!.EventUuid);
  expect(events[1]!.replayId).toBeGreaterThan(events[0]!.replayId);
});

test("a reset stream starts its ids over, and old ids are refused", async () => {
  await publish("before");
  const [before] = (await client.connect()) as { data: { event: { replayId: number } } }[];
  await setFaults(emulator, { name: "resetStream" });
  const { replayId } = before!.data.event;
  expect(await client.subscribe({ [fixtureChannel]: replayId })).toMatchObject([
    { successful: false },
  ]);
  await publish("after");
  const [after] = (await client.connect()) as { data: { event: { replayId: number } } }[];
  expect(after!.data.event.replayId).toBeLessThan(replayId);
});

test("an accepted event may never come", async () => {
  await setFaults(emulator, { name: "dropEvents" });
  await publish("lost");
  await publish("found");
  expect(kindsOf(await client.connect())).toEqual(["found"]);
});

test("a cookie may come from a foreign domain", async () => {
  await setFaults(emulator, { name: "foreignCookieDomain" });
  const other = new RawBayeuxClient(emulator);
  await other.handshake();
  expect(other.setCookieHeaders.join("\n")).toContain("Domain=.salesforce.com");
});

test("the connect reply may come before the events", async () => {
  await setFaults(emulator, { name: "connectReplyFirst" });
  await publish("second");
  const channels = (await client.connect()).map((message) => message["channel"]);
  expect(channels).toEqual(["/meta/connect", fixtureChannel]);
});

test("answers may be held back", async () => {
  await setFaults(emulator, { name: "delay", delayMs: 1, times: 2 });
  const answer = await eventually("an answer", () => client.connect({ timeout: 0 }));
  expect(answer).toMatchObject([{ successful: true }]);
});
