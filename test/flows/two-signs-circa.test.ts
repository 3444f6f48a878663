/**
 * Circa's side of a link is let go only when two signs agree. A gateway that answers in Circa's
 * place, a list without the Event, a notice alone: the link, and what people type meanwhile, stay.
 */
import { setTimeout } from "node:timers/promises";
import {
  html,
  json,
  startAnsweringProxy,
  type AnsweringProxy,
  type ProxyAnswer,
} from "../support/answering-proxy.ts";
import { circaEmulator } from "../support/circa-emulator.ts";
import { eventually, eventuallyHolds } from "../support/eventually.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";

let sync: RunningSync;
let proxy: AnsweringProxy;
let link: OneLink;
let other: OneLink;

beforeAll(async () => {
  sync = await startSync({ links: 6 });
  await sync.settled();
  proxy = await startAnsweringProxy(sync.circa.url);
  await restart();
  link = await oneLink(sync);
  other = await oneLink(sync, 1);
});
afterAll(async () => {
  await sync.close();
  await proxy.close();
});
afterEach(passOn);

async function restart(): Promise<void> {
  await sync.stopMiddleware();
  const api = proxy.url + new URL(sync.circa.api).pathname;
  await sync.startMiddleware({ CIRCA_API_URL: api });
  await sync.settled();
}

let answered = 0;
function answerWith(choose: (method: string, path: string) => ProxyAnswer | null): void {
  proxy.answer = ({ method, path }) => {
    const answer = choose(method, path) ?? undefined;
    if (answer !== undefined) answered += 1;
    return answer;
  };
}
function passOn(): void {
  proxy.answer = () => undefined;
}

const page = html(404);
const own = json(404, {
  errors: [{ field: null, code: "not_found", message: "No such Event" }],
});
/** @param times while its circuit holds calls back, few are made */
const struck = (times: number) => {
  const before = answered;
  return eventually("the answer has been met", () => answered >= before + times, 30_000);
};
const expectLinked = async ({ campaignId, eventId }: OneLink) => {
  expect((await campaignManager(sync).campaign(campaignId))["Circa_Event_Id__c"]).toBe(eventId);
  expect((await marketer(sync).event(eventId))["salesforce_campaign_id"]).toBe(campaignId);
};
const expectAllLinked = async (links: number) => {
  expect((await sync.status()).links).toBe(links);
  const linked = await campaignManager(sync).query(
    "SELECT Id FROM Campaign WHERE Circa_Event_Id__c != null",
  );
  expect(linked).toHaveLength(links);
};

const gateways: [name: string, answer: ProxyAnswer][] = [
  ["404 with a page", page],
  ["405 with a page", { ...page, status: 405 }],
  ["404 with JSON of another form", json(404, {})],
  ["200 with {}", json(200, {})],
];

test.each(gateways)(
  "%s to everything: links and people's values stay, and all arrives after",
  async (name, answer) => {
    answerWith(() => answer);
    const met = struck(1);
    await link.editEvent({ location: `typed under ${name}` });
    await other.editCampaign({ Sponsorship_Fee__c: name.length });
    await met;
    await link.editEvent({ "Booth Number": name.slice(0, 10) });
    await expectAllLinked(6);
    await expectLinked(link);
    passOn();
    await eventuallyHolds(
      "both sides have it, without a sweep",
      async () => {
        expect(await link.campaign()).toMatchObject({
          Circa_Location__c: `typed under ${name}`,
          Booth_Number__c: name.slice(0, 10),
        });
        expect(await other.eventValue("Sponsorship Fee")).toBe(name.length);
      },
      40_000,
    );
    expect(await link.eventValue("location")).toBe(`typed under ${name}`);
    await expectAllLinked(6);
  },
);

test("Circa's own 404 to reads of an Event that its list names: nothing is let go", async () => {
  // What was received before counts as old, and is read before it is written over.
  await restart();
  answerWith((used, path) => (used === "GET" && /\/events\/[^?]/.test(path) ? own : null));
  const met = struck(2);
  await link.editCampaign({ Circa_Location__c: "typed over", Sponsorship_Fee__c: 300 });
  await met;
  await link.editEvent({ location: "meanwhile" });
  await expectAllLinked(6);
  passOn();
  await eventuallyHolds(
    "both have it",
    async () => {
      expect(await link.eventValue("Sponsorship Fee")).toBe(300);
      expect((await link.campaign())["Circa_Location__c"]).toBe("meanwhile");
    },
    40_000,
  );
  await expectAllLinked(6);
});

test.each([
  ["writes", "PATCH"],
  ["reports", "PUT"],
])(
  "Circa's own 404 to %s of an Event that its list names: nothing is let go",
  async (_what, method) => {
    await sync.settled();
    answerWith((used, path) =>
      (used === method || used === "GET") && /\/events\/[^?]/.test(path) ? own : null,
    );
    const met = struck(3);
    const fee = method.length * 100;
    await link.editCampaign({ Sponsorship_Fee__c: fee });
    await link.editEvent({ location: `meanwhile ${method}` });
    await met;
    await expectAllLinked(6);
    passOn();
    await eventuallyHolds(
      "both have it",
      async () => {
        expect(await link.eventValue("Sponsorship Fee")).toBe(fee);
        expect((await link.campaign())["Circa_Location__c"]).toBe(`meanwhile ${method}`);
      },
      40_000,
    );
    await expectAllLinked(6);
  },
);

test("Circa's own 404, and lists that are empty: an empty list is no second sign", async () => {
  await sync.settled();
  const empty = json(200, { data: [] });
  answerWith((_method, path) =>
    /\/events\/[^?]/.test(path) ? own : /\/events\?/.test(path) ? empty : null,
  );
  const met = struck(4);
  await link.editCampaign({ Sponsorship_Fee__c: 77 });
  await sync.admin("POST", "/api/sweep?full=true").catch(() => undefined);
  await met;
  await expectAllLinked(6);
  passOn();
  await eventuallyHolds(
    "the Event has it",
    async () => {
      expect(await link.eventValue("Sponsorship Fee")).toBe(77);
    },
    40_000,
  );
  await expectAllLinked(6);
});

test("Circa's own 404, and lists that are cut off: they leave out others that are there as well", async () => {
  await sync.settled();
  const events = await marketer(sync).events();
  const cutOff = json(200, { data: events.filter(({ id }) => id !== link.eventId).slice(0, 2) });
  const isIts = (path: string) => path.includes(`/events/${link.eventId}`);
  answerWith((_method, path) => (isIts(path) ? own : /\/events\?/.test(path) ? cutOff : null));
  const met = struck(4);
  await link.editCampaign({ Sponsorship_Fee__c: 78 });
  const before = (await sync.status()).sweep.lastFull?.id;
  await sync.admin("POST", "/api/sweep?full=true");
  await met;
  await eventually(
    "the comparison has ended",
    async () => {
      const { lastFull } = (await sync.status()).sweep;
      return lastFull !== null && lastFull.id !== before && lastFull.endedAt !== null;
    },
    30_000,
  );
  await expectAllLinked(6);
  passOn();
  await eventuallyHolds(
    "the Event has it",
    async () => expect(await link.eventValue("Sponsorship Fee")).toBe(78),
    40_000,
  );
  await expectAllLinked(6);
});

test("Circa is restored, and answers its own 404: what is further back in its list is not gone", async () => {
  await sync.settled();
  const beforeMs = Date.now();
  await setTimeout(1_100);
  await link.editEvent({ location: "after the backup" });
  await other.editEvent({ location: "after the backup, too" });
  await sync.settled();
  await circaEmulator(sync).restore((Date.now() - beforeMs) / 1_000);
  await setTimeout(1_100);
  answerWith((_method, path) => (path.includes(`/events/${link.eventId}`) ? own : null));
  // The list since the Event's time names others.
  await other.editEvent({ location: "edited since" });
  const met = struck(4);
  await link.editCampaign({ Sponsorship_Fee__c: 55 });
  await met;
  await expectAllLinked(6);
  passOn();
  await eventuallyHolds(
    "the Event has it",
    async () => {
      expect(await link.eventValue("Sponsorship Fee")).toBe(55);
    },
    90_000,
  );
  await expectAllLinked(6);
}, 150_000);

test("500 for one Event, whatever is asked of it: the others go through, and so does a sweep", async () => {
  await sync.settled();
  answerWith((_method, path) =>
    path.includes(`/events/${link.eventId}`) ? json(500, { error: "oops" }) : null,
  );
  const met = struck(4);
  await link.editCampaign({ Sponsorship_Fee__c: 501 });
  await met;
  await other.editCampaign({ Sponsorship_Fee__c: 502 });
  await eventuallyHolds("the other Event has it", async () => {
    expect(await other.eventValue("Sponsorship Fee")).toBe(502);
  });
  await sync.admin("POST", "/api/sweep?full=true");
  expect((await sync.status()).systems.circa).toMatchObject({ state: "closed" });
  passOn();
  await eventuallyHolds(
    "and it as well, afterwards",
    async () => expect(await link.eventValue("Sponsorship Fee")).toBe(501),
    40_000,
  );
});

test("a notice of deletion alone, of an Event that is there, lets nothing go", async () => {
  await sync.settled();
  const { status, body } = await marketer(sync).edit(link.eventId, {});
  expect(status).toBeLessThan(300);
  const timestamp = new Date().toISOString();
  const data = { ...body, changed: [] };
  await sync.sendWebhook(JSON.stringify({ type: "event.deleted", timestamp, data }));
  await sync.settled();
  await link.editEvent({ location: "still here" });
  await eventuallyHolds("the Campaign follows", async () => {
    expect((await link.campaign())["Circa_Location__c"]).toBe("still here");
  });
  await expectAllLinked(6);
});

test("a person disconnects a Campaign whose Event seems to be gone: it is not connected anew after", async () => {
  await sync.settled();
  const parting = await oneLink(sync, 5);
  const empty = json(200, { data: [] });
  answerWith((_method, path) =>
    /\/events\/[^?]/.test(path) ? own : /\/events\?/.test(path) ? empty : null,
  );
  const met = struck(2);
  await campaignManager(sync).edit(parting.campaignId, { Circa_Event_Id__c: null });
  await met;
  await sync.settled();
  passOn();
  await eventuallyHolds(
    "it is there after all, and lets go too",
    async () => {
      const event = await marketer(sync).event(parting.eventId);
      expect(event["salesforce_campaign_id"]).toBeNull();
    },
    40_000,
  );
  const campaign = await campaignManager(sync).campaign(parting.campaignId);
  expect(campaign["Circa_Event_Id__c"]).toBeNull();
  await eventuallyHolds("the store has let go", () => expectAllLinked(5));
});

const remove = (eventId: string) => marketer(sync).remove(eventId);
const expectReleased = ({ campaignId }: OneLink) =>
  eventuallyHolds("the Campaign is let go", async () => {
    expect((await campaignManager(sync).campaign(campaignId))["Circa_Event_Id__c"]).toBeNull();
  });

test("really deleted, in all three ways of hearing of it: let go", async () => {
  await sync.settled();
  const [told, untold, swept] = [
    await oneLink(sync, 2),
    await oneLink(sync, 3),
    await oneLink(sync, 4),
  ];
  await remove(told.eventId);
  await expectReleased(told);
  await circaEmulator(sync).setFaults({ webhooks: [{ kind: "drop", times: 2 }] });
  await remove(untold.eventId);
  await remove(swept.eventId);
  await untold.editCampaign({ Sponsorship_Fee__c: 4_321 });
  await expectReleased(untold);
  await sync.admin("POST", "/api/sweep?full=true");
  await expectReleased(swept);
  await eventuallyHolds("the store has let go", async () => {
    expect((await sync.status()).links).toBe(2);
  });
});
