/** What happens to Circa's webhook endpoint while the sync runs, and which way changes come then. */
import { eventually, eventuallyHolds } from "../support/eventually.ts";
import { hastyClock } from "../support/hasty-clock.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";

type Json = Record<string, unknown>;

const clock = hastyClock();
// A minute passes in ten seconds.
clock.hurry(6);
let sync: RunningSync;
let link: OneLink;
let endpoint: Json;

beforeAll(async () => {
  sync = await startSync({ links: 1, clock, streaming: { pollTimeoutMs: 200 } });
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

async function expectArrives(location: string): Promise<void> {
  await link.editEvent({ location });
  await eventuallyHolds(
    "the Campaign has it",
    async () => expect((await link.campaign())["Circa_Location__c"]).toBe(location),
    25_000,
  );
}

test("with its endpoint in order nothing is polled", async () => {
  expect((await sync.status()).circaWay).toMatchObject({ way: "webhooks", reason: null });
});

const elsewhere = "https://elsewhere.example/hook";
test.each([
  ["switched off", { enabled: false }, { enabled: true }, "disabled"],
  ["pointed elsewhere", { url: elsewhere }, null, "none"],
  ["told of deletions only", { types: ["event.deleted"] }, null, "types"],
])(
  "%s: within a minute it polls, says so, and goes back with the first delivery",
  async (...row) => {
    const [what, spoil, mend, reason] = row;
    await change(spoil);
    await isWay("polling", reason);
    await expectArrives(`polled while ${what}`);
    const text = await (
      await fetch(`${sync.middleware().url}/metrics`, {
        headers: { authorization: `Bearer ${sync.environment()["ADMIN_TOKEN"] ?? ""}` },
      })
    ).text();
    expect(text).toMatch(/^circa_polled 1$/m);
    await change(mend ?? { url: endpoint["url"], types: endpoint["types"] });
    await isWay("polling", "unproven");
    await link.editEvent({ location: `told after ${what}` });
    await isWay("webhooks", null);
  },
);

test("a webhook that a sweep finds lost: it polls, whatever the list says", async () => {
  await fetch(`${sync.circa.url}/emulator/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ webhooks: [{ kind: "drop", times: 1 }] }),
  });
  await link.editEvent({ location: "lost" });
  await sync.admin("POST", "/api/sweep");
  // Its notice had a minute to come; whoever sweeps next counts it as missed.
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
