import { eventually } from "../../wait-until.ts";
import { startWebhookReceiver, type WebhookReceiver } from "./support/webhook-receiver.ts";
import {
  campaignId,
  customKey,
  firstEvent,
  secondEvent,
  startWorkspace,
  type Workspace,
} from "./workspace.ts";

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const nextSecret = `whsec_${Buffer.alloc(32, 9).toString("base64")}`;
const allTypes = [
  "event.created",
  "event.updated",
  "event.deleted",
  "event.connected",
  "event.disconnected",
  "field.created",
  "field.updated",
  "field.deleted",
];

describe("webhooks", () => {
  let workspace: Workspace;
  let receiver: WebhookReceiver;
  let endpointId: string;

  beforeEach(async () => {
    // The first retry comes after 5 ms, the last after 86 s.
    workspace = await startWorkspace({ retryScale: 0.001, webhookTimeoutMs: 600 });
    receiver = await startWebhookReceiver(secret);
    const { body } = await workspace.integration("POST", "/webhooks", {
      body: { url: receiver.url, types: allTypes, secret },
    });
    endpointId = body.id;
  });
  afterEach(async () => {
    await workspace.circa.close();
    await receiver.close();
  });

  const rename = (name: string, eventId: string = firstEvent.id) =>
    workspace.person("PATCH", `/events/${eventId}`, { body: { name } });
  const receivedNumber = (count: number) =>
    eventually(`${count} webhooks arrive`, () => receiver.received.length >= count);
  const settled = () =>
    eventually(
      "nothing is pending",
      async () => (await workspace.stats()).webhooks["pending"] === 0,
    );

  test("tell of an edit with the whole Event, what changed and who did it", async () => {
    const body = { name: "Renamed", custom_fields: { [customKey("NUMBER")]: 4 } };
    const { body: event } = await workspace.person("PATCH", `/events/${firstEvent.id}`, { body });
    await receivedNumber(1);
    expect(receiver.received[0]).toMatchObject({
      type: "event.updated",
      data: {
        ...event,
        changed: ["name", customKey("NUMBER")],
        actor: { type: "user", email: "maya.lindqvist@northlark.example" },
      },
    });
    await workspace.integration("PATCH", `/events/${firstEvent.id}`, { body: { name: "Again" } });
    // An answer that a busy machine gives late is sent once more.
    const again = await eventually("the next edit arrives", () =>
      receiver.received.find(({ data }) => data["name"] === "Again"),
    );
    expect(again.data["actor"]).toMatchObject({ type: "api" });
  });

  test("stay quiet when nothing changes, for a sync report, and for a seed", async () => {
    await rename(firstEvent.name);
    await workspace.integration("PUT", `/events/${firstEvent.id}/crm_sync_status`, {
      body: { state: "in_sync" },
    });
    workspace.circa.seed({ events: [{ name: "New" }] });
    expect((await workspace.stats()).webhooks["messages"]).toBe(0);
  });

  test("tell of everything else that happens to Events and fields", async () => {
    const campaign = (id: string | null) =>
      workspace.person("PUT", `/events/${firstEvent.id}/salesforce_campaign`, {
        body: { campaign_id: id },
      });
    await workspace.person("POST", "/events", { body: { name: "New" } });
    await campaign(campaignId);
    await campaign(null);
    await workspace.person("DELETE", `/events/${firstEvent.id}`);
    const made = await workspace.control("/fields", { label: "Badge", field_type: "TEXT" });
    const { id } = made.body as { id: string };
    const crmSync = { provider: "salesforce", direction: "to_salesforce", campaign_field: "B__c" };
    await workspace.integration("PUT", `/fields/${id}/crm_sync`, { body: crmSync });
    await workspace.integration("PUT", `/fields/${id}/crm_sync`, { body: crmSync });
    await fetch(`${workspace.circa.url}/emulator/fields/${id}`, { method: "DELETE" });
    await receivedNumber(7);
    await settled();
    expect(receiver.received.map(({ type }) => type).sort()).toEqual([
      "event.connected",
      "event.created",
      "event.deleted",
      "event.disconnected",
      "field.created",
      "field.deleted",
      "field.updated",
    ]);
  });

  test("come again with the same id until they are taken", async () => {
    receiver.answerNextWith(500, 429, 302, "hang");
    await rename("Renamed");
    await receivedNumber(5);
    await settled();
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
    expect((await workspace.stats()).webhooks).toMatchObject({
      messages: 1,
      attempts: 5,
      failed_attempts: 4,
      delivered: 1,
    });
  });

  test("give up after the eighth attempt", async () => {
    await workspace.circa.close();
    workspace = await startWorkspace({ retryScale: 0.000_001 });
    await workspace.integration("POST", "/webhooks", {
      body: { url: receiver.url, types: allTypes, secret },
    });
    receiver.answerNextWith(...Array.from({ length: 9 }, () => 503));
    await rename("Renamed");
    await settled();
    expect((await workspace.stats()).webhooks).toMatchObject({ attempts: 8, failed: 1 });
  });

  test("survive a receiver that isn't there", async () => {
    const { url } = receiver;
    await receiver.close();
    await rename("Renamed");
    const response = await eventually("an attempt fails", async () => {
      const list = (await (await fetch(`${workspace.circa.url}/emulator/deliveries`)).json()) as {
        data: { url: string; state: string; attempts: { error: string }[] }[];
      };
      return list.data.find(({ attempts }) => attempts.length > 0);
    });
    expect(response).toMatchObject({ url, state: "pending" });
    expect(response.attempts[0]?.error).toMatch(/ECONNREFUSED/);
  });

  test("go only to endpoints that want the type, and stop when one is deleted", async () => {
    await workspace.integration("PATCH", `/webhooks/${endpointId}`, {
      body: { types: ["event.deleted"] },
    });
    await rename("Renamed");
    await workspace.person("DELETE", `/events/${secondEvent.id}`);
    await receivedNumber(1);
    await settled();
    expect(receiver.received.map(({ type }) => type)).toEqual(["event.deleted"]);
    await workspace.integration("DELETE", `/webhooks/${endpointId}`);
    await workspace.person("DELETE", `/events/${firstEvent.id}`);
    expect((await workspace.stats()).webhooks["messages"]).toBe(1);
  });

  test("are signed with both secrets while one follows the other", async () => {
    const change = (body: unknown) =>
      workspace.integration("PATCH", `/webhooks/${endpointId}`, { body });
    expect((await change({ secret: nextSecret })).body["secret_rotating"]).toBe(true);
    await rename("Renamed");
    await receivedNumber(1);
    expect(receiver.received[0]?.signatures).toHaveLength(2);
    await change({ secret });
    expect((await change({ end_rotation: true })).body["secret_rotating"]).toBe(false);
    await rename("Renamed again");
    await receivedNumber(2);
    expect(receiver.received[1]?.signatures).toHaveLength(1);
  });

  test("fail the verification with any other secret", async () => {
    const stranger = await startWebhookReceiver(nextSecret);
    await workspace.integration("PATCH", `/webhooks/${endpointId}`, {
      body: { url: stranger.url },
    });
    await rename("Renamed");
    await eventually("the stranger hears of it", () => stranger.received.length === 1);
    await expect(stranger.close()).rejects.toThrow(/signature/);
  });

  test("show a secret once, made up when none is given", async () => {
    const { status, body } = await workspace.integration("POST", "/webhooks", {
      body: { url: receiver.url, types: ["event.updated"] },
    });
    expect(status).toBe(201);
    expect(body["secret"]).toMatch(/^whsec_.{44}$/);
    const { body: list } = await workspace.integration("GET", "/webhooks");
    expect(list.data).toHaveLength(2);
    expect(JSON.stringify(list)).not.toContain("whsec_");
  });

  test.each([
    ["no address", { types: ["event.updated"] }, "url"],
    ["another protocol", { url: "ftp://x.example/", types: ["event.updated"] }, "url"],
    ["no types", { url: "http://x.example/", types: [] }, "types"],
    ["an unknown type", { url: "http://x.example/", types: ["event.moved"] }, "types.0"],
    [
      "a weak secret",
      { url: "http://x.example/", types: ["event.updated"], secret: "abc" },
      "secret",
    ],
  ])("refuse %s", async (_name, body, blamed) => {
    const { body: answer, status } = await workspace.integration("POST", "/webhooks", { body });
    expect(status).toBe(422);
    expect(answer.errors[0]?.field).toBe(blamed);
  });

  describe("with faults", () => {
    const faults = (webhooks: unknown[]) => workspace.control("/faults", { seed: 1, webhooks });

    test("are dropped as often as asked for", async () => {
      await faults([{ kind: "drop", times: 2 }]);
      for (const name of ["One", "Two", "Three"]) await rename(name);
      await receivedNumber(1);
      await settled();
      expect(receiver.received.map(({ data }) => data["name"])).toEqual(["Three"]);
      expect((await workspace.stats()).webhooks).toMatchObject({ messages: 3, dropped: 2 });
    });

    test("come twice with one id", async () => {
      await faults([{ kind: "duplicate" }]);
      await rename("One");
      await receivedNumber(2);
      expect(receiver.received[0]?.id).toBe(receiver.received[1]?.id);
    });

    test("are overtaken by later ones", async () => {
      await faults([{ kind: "delay", delay_ms: 300 }]);
      await rename("One");
      await rename("Two");
      await receivedNumber(2);
      expect(receiver.received.map(({ data }) => data["name"])).toEqual(["Two", "One"]);
    });

    test("come last first", async () => {
      await faults([{ kind: "reorder", times: 3 }]);
      for (const name of ["One", "Two", "Three", "Four"]) await rename(name);
      await receivedNumber(4);
      const names = receiver.received.map(({ data }) => data["name"]);
      expect(names.filter((name) => name !== "Four")).toEqual(["Three", "Two", "One"]);
    });

    test("that are held back come all the same when nothing follows", async () => {
      await faults([{ kind: "reorder", times: 3, hold_ms: 50 }]);
      await rename("One");
      await receivedNumber(1);
      expect(receiver.received).toHaveLength(1);
    });

    test("strike by chance alike for the same seed", async () => {
      const dropped = async () => {
        await workspace.control("/reset");
        await faults([{ kind: "drop", probability: 0.5, types: ["event.updated"] }]);
        const outcomes: boolean[] = [];
        for (const name of ["a", "b", "c", "d", "e", "f", "g", "h"]) {
          const before = (await workspace.stats()).webhooks["dropped"];
          await rename(name);
          outcomes.push((await workspace.stats()).webhooks["dropped"] !== before);
        }
        await settled();
        return outcomes;
      };
      const first = await dropped();
      expect(new Set(first).size).toBe(2);
      expect(await dropped()).toEqual(first);
    });
  });
});
