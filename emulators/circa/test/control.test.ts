import {
  campaignId,
  customKey,
  firstEvent,
  smallSeed,
  startWorkspace,
  type Workspace,
} from "./workspace.ts";

describe("the emulator's own handles", () => {
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await startWorkspace();
  });
  afterEach(() => workspace.circa.close());

  const path = `/events/${firstEvent.id}`;
  const read = async () => (await workspace.person("GET", path)).body;
  const force = (body: object) => workspace.control("/force", { event_id: firstEvent.id, ...body });

  test("force edits past locks and read-only fields, as a person", async () => {
    const crmSync = {
      provider: "salesforce",
      direction: "from_salesforce",
      campaign_field: "X__c",
    };
    await workspace.integration("PUT", "/fields/location/crm_sync", { body: crmSync });
    const changes = { location: "Wellington", paid_total: 12.5 };
    expect((await force({ changes })).status).toBe(200);
    expect(await read()).toMatchObject({
      ...changes,
      version: 2,
      updated_by: { email: "maya.lindqvist@northlark.example" },
    });
  });

  test("force still checks values, unless they are raw", async () => {
    expect((await force({ changes: { status: "MAYBE" } })).status).toBe(422);
    expect((await force({ raw: { status: "MAYBE" } })).status).toBe(200);
    expect((await read())["status"]).toBe("MAYBE");
    expect((await workspace.control("/force", { event_id: "nobody" })).status).toBe(404);
  });

  test("settings turn dates into times at the Event's own midnight, and back", async () => {
    await workspace.control("/settings", { event_dates: "time" });
    // Auckland is 13 hours ahead in March.
    expect((await read())["start_date"]).toBe("2027-03-15T11:00:00Z");
    const { body } = await workspace.person("PATCH", path, {
      body: { start_date: "2027-04-09T12:00:00Z" },
    });
    // … and 12 hours in April.
    expect(body["start_date"]).toBe("2027-04-09T12:00:00Z");
    await workspace.control("/settings", { event_dates: "date" });
    expect((await read())["start_date"]).toBe("2027-04-10");
  });

  test("settings give custom fields as lists", async () => {
    await workspace.control("/settings", { custom_fields: "array" });
    const booth = { id: customKey("TEXT"), value: "K-118" };
    expect((await read()).custom_fields).toContainEqual(booth);
    await workspace.control("/settings", { custom_fields: "field_id_array" });
    expect((await read()).custom_fields).toContainEqual({ field_id: booth.id, value: booth.value });
    expect((await workspace.control("/settings", { custom_fields: "map" })).status).toBe(422);
  });

  test("reset goes back to the seed and keeps the webhook endpoints unless told", async () => {
    const webhook = { url: "http://127.0.0.1:9/", types: ["field.created"] };
    await workspace.integration("POST", "/webhooks", { body: webhook });
    await workspace.person("PATCH", path, { body: { name: "Renamed" } });
    await workspace.person("PUT", `${path}/salesforce_campaign`, {
      body: { campaign_id: campaignId },
    });
    await workspace.control("/settings", { contract: { versions: false } });
    expect((await workspace.control("/reset")).status).toBe(204);
    expect((await workspace.stats()).requests.total).toBe(0);
    expect(await read()).toMatchObject({
      name: firstEvent.name,
      version: 1,
      salesforce_campaign_id: null,
    });
    const endpoints = async () => (await workspace.person("GET", "/webhooks")).body.data.length;
    expect(await endpoints()).toBe(1);
    await workspace.control("/reset", { webhooks: true });
    expect(await endpoints()).toBe(0);
  });

  test("seed replaces the workspace over HTTP as well", async () => {
    const { status, body } = await workspace.control("/seed", {
      ...smallSeed,
      events: [{ name: "Only one", leader: { email: "new.person@northlark.example" } }],
    });
    expect([status, body]).toEqual([200, { events: 1 }]);
    const { body: list } = await workspace.person("GET", "/events");
    expect(list.data[0]).toMatchObject({
      name: "Only one",
      leader: { first_name: "New", last_name: "Person" },
    });
    expect((await workspace.control("/seed", { events: [{}] })).status).toBe(422);
  });

  test("stats tell callers apart", async () => {
    await workspace.integration("GET", "/teams");
    await workspace.person("GET", path);
    expect((await workspace.stats()).requests).toEqual({
      total: 2,
      by_kind: { "GET /teams": 1, "GET /events/{id}": 1 },
      by_status: { 200: 2 },
      overlapping_writes: 0,
      by_caller: { integration: { "GET /teams": 1 }, person: { "GET /events/{id}": 1 } },
    });
  });

  test("standard fields can't be deleted, and bad JSON is a 400", async () => {
    const url = `${workspace.circa.url}/emulator/fields/name`;
    expect((await fetch(url, { method: "DELETE" })).status).toBe(422);
    const headers = { "content-type": "application/json" };
    expect((await fetch(url, { method: "PATCH", headers, body: "{" })).status).toBe(400);
  });
});
