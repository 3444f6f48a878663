/** What happens to Circa's webhook endpoint while the sync runs, and which way changes come then. */
import { setTimeout as wait } from "node:timers/promises";
import { circaAdmin } from "../support/circa-admin.ts";
import { circaEmulator } from "../support/circa-emulator.ts";
import { eventually, eventuallyHolds } from "../support/eventually.ts";
import { hastyClock } from "../support/hasty-clock.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";

type Json = Record<string, unknown>;

const clock = hastyClock();
let sync: RunningSync;
let link: OneLink;
let endpoint: Json;

beforeAll(async () => {
  sync = await startSync({
    links: 1,
    clock,
    // While a minute passes in a moment, Salesforce answers polls by the machine's time.
    streaming: { pollTimeoutMs: 20, concurrentClientLimit: 1_000 },
    // What one row sends elsewhere must not come in another.
    webhookRetryScale: 0.000_000_001,
  });
  await sync.settled();
  link = await oneLink(sync);
  [endpoint = {}] = (await circa("GET", "/webhooks"))["data"] as Json[];
}, 120_000);
afterAll(() => sync.close());

async function circa(method: string, path: string, body?: Json): Promise<Json> {
  const answer = await fetch(sync.circa.api + path, {
    method,
    headers: {
      authorization: `Bearer ${sync.circa.integration.apiKey}`,
      "content-type": "application/json",
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.status === 204 ? {} : ((await answer.json()) as Json);
}

const change = (body: Json) => circa("PATCH", `/webhooks/${String(endpoint["id"])}`, body);

const isWay = (way: string, reason: string | null) =>
  eventually(
    `it is ${way} (${reason ?? "no reason"})`,
    async () => {
      const { circaWay } = await sync.status();
      return circaWay?.way === way && circaWay.reason === reason && circaWay;
    },
    25_000,
  );

/** Who looks just then looks a minute later: a second one makes sure that the look was after. */
async function withinAMinute<T>(expected: () => Promise<T>): Promise<T> {
  const holds = expected();
  const ended = holds.then(
    () => true,
    () => true,
  );
  for (let minutes = 0; minutes < 2; minutes += 1) {
    await clock.pass(60_000);
    if (await Promise.race([ended, wait(2_000, false, { ref: false })])) break;
  }
  return holds;
}

async function expectArrives(location: string): Promise<void> {
  await link.editEvent({ location });
  await withinAMinute(() =>
    eventuallyHolds(
      "the Campaign has it",
      async () => expect((await link.campaign())["Circa_Location__c"]).toBe(location),
      25_000,
    ),
  );
}

/** Circa has nothing more to deliver, nor to try again. */
const allSent = () =>
  eventually("all webhooks are sent", async () => {
    const answer = await fetch(`${sync.circa.url}/emulator/deliveries`);
    const { data } = (await answer.json()) as { data: { state: string }[] };
    return data.every(({ state }) => state !== "pending");
  });

/** One that was on its way already arrives in spite of all; it proves nothing. */
async function straggles(): Promise<void> {
  const timestamp = new Date().toISOString();
  const body = JSON.stringify({ type: "field.updated", timestamp, data: {} });
  expect((await sync.sendWebhook(body)).status).toBe(202);
}

test("with its endpoint in order nothing is polled", async () => {
  expect((await sync.status()).circaWay).toMatchObject({ way: "webhooks", reason: null });
});

const elsewhere = "http://127.0.0.1:9/hook";
test.each([
  ["switched off", { enabled: false }, { enabled: true }, "disabled"],
  ["pointed elsewhere", { url: elsewhere }, null, "none"],
  ["told of deletions only", { types: ["event.deleted"] }, null, "types"],
])(
  "%s: within a minute it polls, says so, and goes back with the first delivery",
  async (...row) => {
    const [what, spoil, mend, reason] = row;
    await change(spoil);
    await withinAMinute(() => isWay("polling", reason));
    await straggles();
    await expectArrives(`polled while ${what}`);
    const text = await (
      await fetch(`${sync.middleware().url}/metrics`, {
        headers: { authorization: `Bearer ${sync.environment()["ADMIN_TOKEN"] ?? ""}` },
      })
    ).text();
    expect(text).toMatch(/^event_info_sync_circa_polled 1$/m);
    await allSent();
    await change(mend ?? { url: endpoint["url"], types: endpoint["types"] });
    await withinAMinute(() => isWay("polling", "unproven"));
    await link.editEvent({ location: `told after ${what}` });
    await isWay("webhooks", null);
    await allSent();
    // A stream that lost its session in the hurry rests by this clock.
    await withinAMinute(() => sync.settled());
  },
);

test("a webhook that a sweep finds lost: it polls, whatever the list says", async () => {
  await circaEmulator(sync).setFaults({ webhooks: [{ kind: "drop", times: 1 }] });
  await link.editEvent({ location: "lost" });
  await sync.admin("POST", "/api/sweep");
  // Its notice had a minute to come; whoever sweeps next counts it as missed.
  await clock.pass(60_000);
  await eventually(
    "its time is over",
    async () => {
      await sync.admin("POST", "/api/sweep");
      return (await sync.status()).circaWay?.reason === "lost";
    },
    20_000,
  );
  await expectArrives("told while it is watched");
  expect((await sync.status()).circaWay).toMatchObject({ way: "polling", reason: "lost" });
});

test("polled without versions, an Event dated in the future once: it and its next edits arrive", async () => {
  await change({ enabled: false });
  await withinAMinute(() => isWay("polling", "disabled"));
  await circaAdmin(sync).setContract({ versions: false });
  const values = { updated_at: "2031-06-01T00:00:00Z" };
  const list = { method: "GET", path: "/events", caller: "integration" };
  await circaEmulator(sync).setFaults({ requests: [{ kind: "odd_row", values, ...list }] });
  await expectArrives("dated in 2031");
  await expectArrives("dated today");
  await expectArrives("dated today as well");
});
