import type { SalesforceEmulator } from "../index.ts";
import { eventually } from "../../wait-until.ts";
import { kindsOf, RawBayeuxClient } from "./support/bayeux.ts";
import {
  callRest,
  connect,
  fixtureChannel,
  readStats,
  startFixtureOrg,
} from "./support/salesforce-org.ts";

let emulator: SalesforceEmulator;
afterEach(() => emulator.close());

async function publish(Kind__c: string): Promise<void> {
  await connect(emulator, "person").sobject("Sample_Signal__e").create({ Kind__c });
}

test("a session that doesn't poll within the window is forgotten", async () => {
  emulator = await startFixtureOrg({ streaming: { reconnectWindowMs: 50 } });
  const client = new RawBayeuxClient(emulator);
  await client.open();
  await eventually("the session is gone", async () => {
    return (await readStats(emulator)).streamingSessions === 0;
  });
  expect(await client.connect()).toMatchObject([{ error: "403::Unknown client" }]);
});

test("a held poll keeps its session beyond the window", async () => {
  emulator = await startFixtureOrg({ streaming: { pollTimeoutMs: 1500, reconnectWindowMs: 1000 } });
  const client = new RawBayeuxClient(emulator);
  await client.open();
  expect(await client.connect()).toMatchObject([{ successful: true }]);
  expect(await client.connect()).toMatchObject([{ successful: true }]);
});

test("one client more than allowed is denied", async () => {
  emulator = await startFixtureOrg({ streaming: { concurrentClientLimit: 1 } });
  await new RawBayeuxClient(emulator).handshake();
  expect(await new RawBayeuxClient(emulator).handshake()).toMatchObject([
    { ext: { sfdc: { failureReason: "403::Organization concurrent user limit exceeded" } } },
  ]);
});

test("the day's deliveries end with 403 on connect and on subscribe, until the day is over", async () => {
  let nowMs = Date.parse("2026-03-01T10:30:00Z");
  emulator = await startFixtureOrg({
    ...{ streaming: { dailyDeliveryLimit: 1 }, now: () => new Date(nowMs) },
  });
  const client = new RawBayeuxClient(emulator);
  await client.open();
  await publish("one");
  expect(kindsOf(await client.connect())).toEqual(["one"]);
  const error = "403::Organization total events daily limit exceeded";
  expect(await client.connect()).toMatchObject([{ channel: "/meta/connect", error }]);
  expect(await client.subscribe({ [fixtureChannel]: -1 })).toMatchObject([{ error }]);
  const left = async () => (await callRest(emulator, "person", "GET", "/limits")).body;
  expect(await left()).toMatchObject({ DailyDeliveredPlatformEvents: { Max: 1, Remaining: 0 } });
  nowMs += 24 * 3_600_000;
  expect(await left()).toMatchObject({ DailyDeliveredPlatformEvents: { Max: 1, Remaining: 1 } });
  expect(await client.subscribe({ [fixtureChannel]: -1 })).toMatchObject([{ successful: true }]);
});

test("every delivery to every client is counted", async () => {
  emulator = await startFixtureOrg();
  const clients = [new RawBayeuxClient(emulator), new RawBayeuxClient(emulator)];
  for (const client of clients) await client.open();
  await publish("one");
  for (const client of clients) await client.connect();
  expect(await readStats(emulator)).toMatchObject({
    eventsPublished: 1,
    eventsDelivered: 2,
    streamingSessions: 2,
    requests: { "publish.POST": 1 },
  });
});
