/** A stream that subscribes, is answered and delivers nothing (Salesforce's article 005321562). */
import { eventuallyHolds } from "../support/eventually.ts";
import { hastyClock } from "../support/hasty-clock.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

const clock = hastyClock();
let sync: RunningSync;
let link: OneLink;

beforeAll(async () => {
  sync = await startSync({
    links: 1,
    clock,
    streaming: { pollTimeoutMs: 200 },
    env: { STREAM_HEARTBEAT_SECONDS: "1800" },
  });
  await sync.settled();
  link = await oneLink(sync);
});
afterAll(() => sync.close());

const eventFee = () => link.eventValue("Sponsorship Fee");

test("deaf after a reconnect: found long before the next heartbeat, started at new events, compared, said", async () => {
  const before = (await sync.status()).stream;
  await salesforceAdmin(sync).setFaults({ name: "deafReplay" }, { name: "killSockets" });
  await link.editCampaign({ Sponsorship_Fee__c: 4_711 });
  clock.hurry(20);
  await eventuallyHolds(
    "the missing heartbeat is noticed",
    async () => {
      const { ends } = (await sync.status()).stream;
      expect(ends.unheard).toBe(before.ends.unheard + 1);
    },
    30_000,
  );
  // Time limits of calls run as fast as the clock: a busy machine keeps none of them.
  clock.hurry(1);
  await eventuallyHolds(
    "the comparison brings what the stream did not",
    async () => expect(await eventFee()).toBe(4_711),
    30_000,
  );
  const after = (await sync.settled()).stream;
  expect(after.ends.unheard).toBe(before.ends.unheard + 1);
  expect(after.lastGap?.reason).toBe("a heartbeat did not come back");
}, 90_000);

test("from then on events come at once, though the old place is as deaf as before", async () => {
  const { gaps } = (await sync.status()).stream;
  await link.editCampaign({ Sponsorship_Fee__c: 815 });
  await eventuallyHolds("the stream brings it", async () => expect(await eventFee()).toBe(815));
  const { stream } = await sync.status();
  expect(stream.gaps).toBe(gaps);
  expect(stream.attention).toBeNull();
});
