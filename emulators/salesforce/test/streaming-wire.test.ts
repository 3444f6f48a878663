import { connect as openSocket } from "node:net";
import type { SalesforceEmulator } from "../index.ts";
import { kindsOf, RawBayeuxClient } from "./support/bayeux.ts";
import { connect, fixtureChannel, startFixtureOrg } from "./support/salesforce-org.ts";

let emulator: SalesforceEmulator;
let client: RawBayeuxClient;
beforeEach(async () => {
  emulator = await startFixtureOrg({ streaming: { pollTimeoutMs: 300, reconnectWindowMs: 5000 } });
  client = new RawBayeuxClient(emulator);
});
afterEach(() => emulator.close());

async function publish(...kinds: string[]): Promise<void> {
  const signal = connect(emulator, "person").sobject("Sample_Signal__e");
  for (const Kind__c of kinds) await signal.create({ Kind__c });
}

test("the handshake answers without advice, and sets Salesforce's cookies", async () => {
  expect(await client.handshake()).toEqual([
    {
      ext: { replay: true, "payload.format": true },
      minimumVersion: "1.0",
      clientId: expect.stringMatching(/^\w{20,}$/) as string,
      supportedConnectionTypes: ["long-polling"],
      channel: "/meta/handshake",
      id: "1",
      version: "1.0",
      successful: true,
    },
  ]);
  expect([...client.cookies.keys()]).toEqual(["BrowserId", "t", "BAYEUX_BROWSER", "sfdc-stream"]);
  const all = client.setCookieHeaders.join("\n");
  expect(all).toMatch(/sfdc-stream=[^;]+; Path=\/; expires=.* GMT/);
  expect(all).toMatch(/BAYEUX_BROWSER=[^;]+; Path=\/cometd\/; HttpOnly/);
  expect(all).not.toMatch(/Domain=|Max-Age/i);
});

test.each([
  [null, "401::Request requires authentication"],
  ["nonsense", "401::Authentication invalid"],
])("the token %j is denied with the reason in ext", async (token, failureReason) => {
  const denied = await new RawBayeuxClient(emulator, { token }).handshake();
  expect(denied).toEqual([
    {
      ext: { sfdc: { failureReason }, replay: true, "payload.format": true },
      advice: { reconnect: "none" },
      channel: "/meta/handshake",
      id: "1",
      error: "403::Handshake denied",
      successful: false,
    },
  ]);
});

test("the first connect answers at once with full advice, later ones without any", async () => {
  await client.handshake();
  const { clientId } = client;
  expect(await client.connect()).toEqual([
    {
      clientId,
      advice: { interval: 0, timeout: 300, reconnect: "retry" },
      channel: "/meta/connect",
      id: "1",
      successful: true,
    },
  ]);
  expect(await client.connect()).toEqual([
    { clientId, channel: "/meta/connect", id: "2", successful: true },
  ]);
});

test("a batch of connect and subscribe is answered in one go", async () => {
  await client.handshake();
  const map = { [fixtureChannel]: -1 };
  const replies = await client.send(
    client.connectMessage({ timeout: 0 }),
    client.subscribeMessage(map),
  );
  expect(replies).toMatchObject([
    { channel: "/meta/connect", successful: true, advice: { timeout: 300 } },
    { channel: "/meta/subscribe", successful: true, subscription: fixtureChannel, id: "2" },
  ]);
});

test("an event comes as Salesforce writes it, before the connect reply", async () => {
  await client.open();
  const poll = client.connect();
  await publish("changed");
  expect(await poll).toEqual([
    {
      data: {
        schema: expect.stringMatching(/^[\w-]{22}$/) as string,
        payload: {
          CreatedDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
          CreatedById: emulator.person.userId,
          Kind__c: "changed",
          Body__c: null,
        },
        event: {
          EventUuid: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
          replayId: expect.any(Number) as number,
        },
      },
      channel: fixtureChannel,
    },
    { clientId: client.clientId, channel: "/meta/connect", id: "3", successful: true },
  ]);
});

test("versions before 52 get no EventUuid", async () => {
  const old = new RawBayeuxClient(emulator, { version: "51.0" });
  await old.open();
  await publish("changed");
  const [message] = (await old.connect()) as { data: { event: object } }[];
  expect(Object.keys(message!.data.event)).toEqual(["replayId"]);
});

test("replays nothing, everything, or what came after an id; ids have gaps", async () => {
  await publish("one", "two", "three");
  const replayed = async (replayId: number) => {
    const reader = new RawBayeuxClient(emulator);
    await reader.open(replayId);
    return reader.connect();
  };
  const all = (await replayed(-2)) as { data?: { event: { replayId: number } } }[];
  const ids = all.flatMap((message) => message.data?.event.replayId ?? []);
  expect(kindsOf(all)).toEqual(["one", "two", "three"]);
  expect(ids[2]! - ids[0]!).toBeGreaterThan(2);
  expect(kindsOf(await replayed(ids[0]!))).toEqual(["two", "three"]);
  expect(kindsOf(await replayed(-1))).toEqual([]);
});

test.each([
  [
    "an id that is not kept",
    { [fixtureChannel]: 1 },
    "400::The replayId {1} you provided was invalid.  Please provide a valid ID, -2 to replay all events, or -1 to replay only new events.",
  ],
  [
    "a map without the channel",
    { "/event/Other__e": 5 },
    "400::The replayId for channel {/event/Sample_Signal__e} wasn't found using the provided replay ID map {{/event/Other__e=5}}",
  ],
  [
    "a null id",
    { [fixtureChannel]: null },
    "400::The replayId for channel {/event/Sample_Signal__e} wasn't found using the provided replay ID map {{/event/Sample_Signal__e=null}}",
  ],
])("refuses %s", async (_what, replay, error) => {
  await client.handshake();
  await client.connect();
  expect(await client.subscribe(replay)).toEqual([
    {
      clientId: client.clientId,
      channel: "/meta/subscribe",
      id: "2",
      subscription: fixtureChannel,
      error,
      successful: false,
    },
  ]);
});

test.each([
  [
    "/event/Nope__e",
    "400::The channel you requested to subscribe to does not exist {/event/Nope__e}",
  ],
  ["/private", "403::Restricted channel"],
])("refuses the channel %s", async (channel, error) => {
  await client.handshake();
  await client.connect();
  expect(await client.subscribe(undefined, channel)).toMatchObject([{ error, successful: false }]);
});

test("without a map only new events come", async () => {
  await publish("old");
  await client.handshake();
  await client.connect();
  await client.subscribe();
  await publish("new");
  expect(kindsOf(await client.connect())).toEqual(["new"]);
});

test("an unknown client is told to shake hands again", async () => {
  const unknown = {
    channel: "/meta/connect",
    clientId: "gone",
    connectionType: "long-polling",
    id: "5o",
  };
  expect(await client.send(unknown)).toEqual([
    {
      advice: { interval: 0, reconnect: "handshake" },
      channel: "/meta/connect",
      id: "5o",
      error: "403::Unknown client",
      successful: false,
    },
  ]);
});

test("a session needs its browser cookie", async () => {
  await client.handshake();
  client.cookies.delete("BAYEUX_BROWSER");
  expect(await client.connect()).toMatchObject([
    {
      error: `400::Client ${client.clientId} has established a session, but no BAYEUX_BROWSER cookie present`,
    },
  ]);
});

test("without its routing cookie a client meets a server that doesn't know it", async () => {
  await client.handshake();
  client.cookies.delete("sfdc-stream");
  expect(await client.connect()).toMatchObject([{ error: "403::Unknown client" }]);
});

test("a second poll lets the first one go", async () => {
  await client.open();
  const first = client.connect();
  const second = client.connect();
  expect(await first).toMatchObject([{ channel: "/meta/connect", successful: true }]);
  await publish("changed");
  expect(kindsOf(await second)).toEqual(["changed"]);
});

test("events that come while no poll is held wait for the next one", async () => {
  await client.open();
  await publish("one", "two");
  expect(kindsOf(await client.connect())).toEqual(["one", "two"]);
});

test("a poll whose client hung up loses no events", async () => {
  await client.open();
  const hangUp = new AbortController();
  const poll = client.post([client.connectMessage()], hangUp.signal);
  hangUp.abort();
  await expect(poll).rejects.toThrow();
  await publish("changed");
  expect(kindsOf(await client.connect())).toEqual(["changed"]);
});

test("after unsubscribing and disconnecting nothing comes any more", async () => {
  await client.open();
  const { clientId } = client;
  const unsubscribe = {
    channel: "/meta/unsubscribe",
    clientId,
    subscription: fixtureChannel,
    id: "8",
  };
  expect(await client.send(unsubscribe)).toMatchObject([{ successful: true, id: "8" }]);
  await publish("changed");
  expect(kindsOf(await client.connect({ timeout: 0 }))).toEqual([]);
  expect(await client.send({ channel: "/meta/disconnect", clientId, id: "9" })).toEqual([
    { clientId, channel: "/meta/disconnect", id: "9", successful: true },
  ]);
  expect(await client.connect()).toMatchObject([{ error: "403::Unknown client" }]);
});

test.each([
  ["", "400::API version in the URI is mandatory. URI format: '/cometd/65.0'"],
  ["/36.0", "400::Unsupported API version"],
  ["/99.0", "400::Unsupported API version"],
])("the path /cometd%s is refused with 400", async (path, error) => {
  const answer = await fetch(`${emulator.url}/cometd${path}`, { method: "POST", body: "[]" });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toEqual([{ channel: "/meta/handshake", error, successful: false }]);
});

test("a request above 32768 bytes is refused with 413, one that is no Bayeux with 400", async () => {
  expect((await client.post("x".repeat(32_769))).status).toBe(413);
  expect((await client.post("nonsense")).status).toBe(400);
  expect((await client.post("[1]")).status).toBe(400);
});

test("a websocket upgrade is refused with 400", async () => {
  const { hostname, port } = new URL(emulator.url);
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = openSocket(Number(port), hostname);
    let text = "";
    socket.on("data", (chunk) => (text += chunk.toString()));
    socket.on("close", () => resolve(text));
    socket.on("error", reject);
    socket.write(
      "GET /cometd/61.0 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    );
  });
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
});
