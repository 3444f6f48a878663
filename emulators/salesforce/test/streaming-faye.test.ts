import type { SalesforceEmulator } from "../index.ts";
import { eventually } from "../../wait-until.ts";
import { type FayeSubscriber, subscribeWithFaye } from "./support/faye-client.ts";
import { connect, readStats, setFaults, startFixtureOrg } from "./support/salesforce-org.ts";

let emulator: SalesforceEmulator;
let subscriber: FayeSubscriber;
beforeEach(async () => {
  emulator = await startFixtureOrg({ streaming: { pollTimeoutMs: 1000 } });
});
afterEach(async () => {
  await subscriber.stop();
  await emulator.close();
});

async function publish(...kinds: string[]): Promise<void> {
  const signal = connect(emulator, "person").sobject("Sample_Signal__e");
  for (const Kind__c of kinds) await signal.create({ Kind__c });
}

function expectKinds(...kinds: string[]): Promise<unknown> {
  return eventually(`faye receives ${kinds.join()}`, () => {
    return JSON.stringify(subscriber.kinds) === JSON.stringify(kinds);
  });
}

test("faye subscribes and receives in order", async () => {
  subscriber = subscribeWithFaye(emulator);
  await subscriber.subscribed;
  await publish("one", "two", "three");
  await expectKinds("one", "two", "three");
});

test("faye replays what is kept, and what came after an id", async () => {
  await publish("one", "two");
  subscriber = subscribeWithFaye(emulator, -2);
  await expectKinds("one", "two");
  const later = subscriber;
  subscriber = subscribeWithFaye(emulator, later.replayIds[0]);
  await expectKinds("two");
  await later.stop();
});

test("faye shakes hands again when its session is gone, and misses nothing", async () => {
  subscriber = subscribeWithFaye(emulator);
  await subscriber.subscribed;
  await publish("one");
  await expectKinds("one");
  await setFaults(emulator, { name: "forgetSessions" });
  await publish("two");
  await expectKinds("one", "two");
  expect((await readStats(emulator)).handshakes).toBe(2);
});

test("faye's subscription is refused for an id that is not kept", async () => {
  subscriber = subscribeWithFaye(emulator, 5);
  await expect(subscriber.subscribed).rejects.toMatchObject({
    message: expect.stringMatching(/The replayId \{5\} you provided was invalid/) as string,
  });
});

test("faye polls on with its cookies until the routing cookie runs out", async () => {
  await emulator.close();
  emulator = await startFixtureOrg({
    streaming: { pollTimeoutMs: 200, routingCookieTtlMs: 1500 },
  });
  subscriber = subscribeWithFaye(emulator);
  await subscriber.subscribed;
  await publish("one");
  await expectKinds("one");
  await eventually("another handshake", async () => (await readStats(emulator)).handshakes > 1);
  await publish("two");
  await expectKinds("one", "two");
});

test("faye is dead after a revoked token: it sends nothing any more", async () => {
  subscriber = subscribeWithFaye(emulator);
  await subscriber.subscribed;
  await setFaults(emulator, { name: "revokeToken" });
  await publish("missed");
  const other = subscribeWithFaye(emulator, -2, emulator.person.accessToken);
  await eventually("somebody else receives it", () => other.kinds.includes("missed"));
  expect(subscriber.kinds).toEqual([]);
  await other.stop();
});

test("faye loses what a truncated answer carried, and never notices", async () => {
  subscriber = subscribeWithFaye(emulator);
  await subscriber.subscribed;
  await setFaults(emulator, { name: "truncateNextDelivery" });
  await publish("cut");
  // faye notices the cut only when its own timer ends, and polls the same session on.
  await eventually("the poll is back", async () => (await readStats(emulator)).heldPolls === 1);
  await publish("whole");
  await expectKinds("whole");
  expect((await readStats(emulator)).handshakes).toBe(1);
});
