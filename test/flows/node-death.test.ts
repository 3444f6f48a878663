/** Nodes and the database go away in the middle of work: the others go on, and nothing is lost. */
import { buildMiddleware, startMiddleware } from "../../scripts/support/middleware-process.ts";
import type { Status } from "../../middleware/http/status.ts";
import { eventually, eventuallyHolds } from "../support/eventually.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startPostgres, type PostgresServer } from "../../scripts/support/postgres-server.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

let server: PostgresServer;
let sync: RunningSync;
let links: { eventId: string; campaignId: string }[];

beforeAll(async () => {
  buildMiddleware();
  server = await startPostgres();
});
afterAll(() => server.close());
beforeEach(async () => {
  const env = { DATABASE_URL: await server.createDatabase() };
  sync = await startSync({ links: 4, env, webhookRetryScale: 0.2 });
  await sync.settled();
  links = (await marketer(sync).events()).map((event) => ({
    eventId: String(event["id"]),
    campaignId: String(event["salesforce_campaign_id"]),
  }));
});
afterEach(() => sync.close());

const statusOf = async (url: string) => {
  const token = sync.environment()["ADMIN_TOKEN"] ?? "";
  const headers = { authorization: `Bearer ${token}` };
  return (await (await fetch(`${url}/api/status`, { headers })).json()) as Status;
};
const streams = async (url: string) => (await statusOf(url)).stream.state;
const location = async (campaignId: string) =>
  (await campaignManager(sync).campaign(campaignId))["Circa_Location__c"];
/** Edits the Event, and tells of it apart from Circa's own webhook. */
const editAndTell = async (eventId: string, place: string, to = sync.middleware().url) => {
  await marketer(sync).edit(eventId, { location: place });
  const data = await marketer(sync).event(eventId);
  const timestamp = new Date().toISOString();
  return sync.sendWebhook(JSON.stringify({ type: "event.updated", timestamp, data }), { to });
};

test("kill -9 of the node that subscribes and is in the middle of a write: another takes all of it up", async () => {
  const { eventId, campaignId } = links[0]!;
  const env = { ...sync.environment(), PORT: "0" };
  const dying = await startMiddleware({ env });
  await sync.stopMiddleware();
  await eventually("it subscribes", async () => (await streams(dying.url)) === "subscribed");
  // The write never gets an answer, so the process dies with the link claimed.
  await salesforceAdmin(sync).setFaults({ name: "hangBefore", method: "PATCH" });
  const answer = await editAndTell(eventId, "in the middle", dying.url);
  expect(answer.status).toBe(202);
  await eventually(
    "the write is under way",
    async () => (await salesforceAdmin(sync).faultsLeft()) === 0,
  );
  await sync.startMiddleware();
  expect(await streams(sync.middleware().url)).not.toBe("subscribed");
  process.kill(dying.pid, "SIGKILL");
  await dying.ended;
  await eventually("the other subscribes", async () => {
    return (await streams(sync.middleware().url)) === "subscribed";
  });
  await eventuallyHolds(
    "the other has finished the write",
    async () => expect(await location(campaignId)).toBe("in the middle"),
    20_000,
  );
  await sync.settled();
});

test.each(["stop", "kill"] as const)(
  "the database goes away under load (%s): webhooks are told to come again, nothing taken is lost",
  async (how) => {
    const { url } = sync.middleware();
    const ready = async () => (await fetch(`${url}/health/ready`)).status;
    let turn = 0;
    const load = () => {
      turn += 1;
      return editAndTell(links[turn % links.length]!.eventId, `turn ${turn}`);
    };
    for (let at = 0; at < 6; at += 1) expect((await load()).status).toBe(202);
    const underWay = Array.from({ length: 6 }, load);
    await server[how]();
    const statuses = (await Promise.all(underWay)).map(({ status }) => status);
    expect(statuses.filter((status) => status !== 202 && status !== 503)).toEqual([]);
    await eventuallyHolds("it is not ready", async () => expect(await ready()).toBe(503));
    for (let at = 0; at < 6; at += 1) {
      const refused = await load();
      expect(refused.status).toBe(503);
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    await server.start();
    await eventuallyHolds(
      "every Campaign has what its Event has: Circa has sent again what was refused",
      async () => {
        expect(await ready()).toBe(200);
        for (const { eventId, campaignId } of links) {
          expect(await location(campaignId)).toBe(
            (await marketer(sync).event(eventId))["location"],
          );
        }
      },
      40_000,
    );
    expect((await load()).status).toBe(202);
  },
);
