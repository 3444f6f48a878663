/** What a sweep costs while nothing changes, counted where it is paid: at Salesforce. */
import type { SweepFindings } from "../../middleware/intake/sweep/sweep.ts";
import { eventually } from "../support/eventually.ts";
import { movingClock, type MovingClock } from "../support/moving-clock.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";

let sync: RunningSync;
let clock: MovingClock;

beforeAll(async () => {
  clock = movingClock();
  sync = await startSync({ links: 60, clock });
  await sync.settled();
  // With an event the stream has a place to resume from, however the clock is moved.
  const [event] = await marketer(sync).events();
  const { Name: name } = await campaignManager(sync).campaign(
    String(event!["salesforce_campaign_id"]),
  );
  await campaignManager(sync).edit(String(event!["salesforce_campaign_id"]), {
    Name: `${String(name)}!`,
  });
  await eventually("the event has come", async () => (await sync.status()).stream.events > 0);
  await sync.settled();
  await sweep();
  await sync.settled();
});
afterAll(() => sync.close());

const hourMs = 3_600_000;
const sweep = (query = "") => sync.admin<SweepFindings>("POST", `/api/sweep${query}`);
/** What the sweep asks; the stream and signing in have limits of their own, and so have the screens. */
const others = /^(oauth|cometd|collections)/;
const requests = async () => {
  const answer = await fetch(`${sync.salesforce.url}/emulator/stats`);
  const { requests: all } = (await answer.json()) as { requests: Record<string, number> };
  return Object.fromEntries(Object.entries(all).filter(([kind]) => !others.test(kind)));
};
const costOf = async (work: () => Promise<unknown>) => {
  const before = await requests();
  await work();
  const after = await requests();
  const kinds = Object.entries(after).map(([kind, n]) => [kind, n - (before[kind] ?? 0)] as const);
  return Object.fromEntries(kinds.filter(([, count]) => count > 0));
};
const sum = (cost: Record<string, number>) => Object.values(cost).reduce((a, b) => a + b, 0);

test("an idle sweep makes two calls and reads nothing again", async () => {
  // The last minutes before what moved last are read once more, then never again.
  clock.forward(hourMs);
  expect(await sweep()).toMatchObject({ campaignsRead: 60, eventsRead: 60 });
  clock.forward(hourMs);
  const cost = await costOf(async () => {
    expect(await sweep()).toMatchObject({ campaignsRead: 0, eventsRead: 0 });
  });
  // What is set up, with describe unless it was modified; and what has moved.
  expect(cost).toEqual({ "composite.POST": 1, queryAll: 1 });
});

test("an idle day of sweeps and the nightly comparison stays within 60 calls", async () => {
  const cost = await costOf(async () => {
    for (let hour = 0; hour < 24; hour += 1) {
      clock.forward(hourMs);
      await sweep();
    }
    await sweep("?full=true");
  });
  // To the stream an hour that is leapt over may look like one that it was away: it sweeps as well.
  const ofTheStream = ((cost["queryAll"] ?? 0) - 24) * 2;
  expect(sum(cost) - ofTheStream).toBeLessThanOrEqual(60);
});
