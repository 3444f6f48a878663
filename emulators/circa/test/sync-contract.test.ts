import {
  campaignId,
  customKey,
  firstEvent,
  otherCampaignId,
  secondEvent,
  startWorkspace,
  type Workspace,
} from "./workspace.ts";

const fromSalesforce = (campaignField: string, options: unknown = null) => ({
  provider: "salesforce",
  direction: "from_salesforce",
  campaign_field: campaignField,
  options,
});
const list = (...values: string[]) => values.map((value) => ({ value, label: `${value} label` }));

describe("the sync contract", () => {
  let workspace: Workspace;
  beforeEach(async () => {
    workspace = await startWorkspace();
  });
  afterEach(() => workspace.circa.close());

  const eventPath = `/events/${firstEvent.id}`;
  const sync = (key: string, body: unknown) =>
    workspace.integration("PUT", `/fields/${key}/crm_sync`, { body });

  describe("field sync", () => {
    test("locks a field from Salesforce for people, not for the integration", async () => {
      const { body: field } = await sync("location", fromSalesforce("Circa_Location__c"));
      expect(field).toMatchObject({
        field_name: "location",
        crm_sync: { direction: "from_salesforce", campaign_field: "Circa_Location__c" },
        options_locked: false,
      });
      const edit = { body: { location: "Wellington", status: "SKIPPING" } };
      const refused = await workspace.person("PATCH", eventPath, edit);
      expect(refused.status).toBe(422);
      expect(refused.body.errors).toMatchObject([{ field: "location", code: "locked" }]);
      const written = await workspace.integration("PATCH", eventPath, edit);
      expect(written.body).toMatchObject({ location: "Wellington", status: "SKIPPING" });
    });

    test("lets a person send a locked value that is there already", async () => {
      await sync("location", fromSalesforce("Circa_Location__c"));
      const edit = { body: { location: firstEvent.location, status: "SKIPPING" } };
      expect((await workspace.person("PATCH", eventPath, edit)).status).toBe(200);
    });

    test("knows a custom field by its id and a standard one by its id too", async () => {
      expect((await sync(customKey("TEXT"), fromSalesforce("Booth__c"))).status).toBe(200);
      const { body } = await workspace.person("GET", "/fields");
      const standardId = body.data[0]?.id ?? "";
      expect((await sync(standardId, fromSalesforce("Name"))).body["field_name"]).toBe("name");
      expect((await sync("nothing", fromSalesforce("Name"))).status).toBe(404);
    });

    test("gives a list its values, in either direction, and locks the list", async () => {
      const options = list("Gold", "Silver");
      const toSalesforce = { ...fromSalesforce("Tier__c", options), direction: "to_salesforce" };
      const { body } = await sync(customKey("SELECT"), toSalesforce);
      expect(body).toMatchObject({
        options: ["Gold", "Silver"],
        options_locked: true,
        crm_sync: { options },
      });
      const choose = (value: string) =>
        workspace.person("PATCH", eventPath, {
          body: { custom_fields: { [customKey("SELECT")]: value } },
        });
      expect((await choose("One")).body.errors).toMatchObject([{ code: "not_an_option" }]);
      expect((await choose("Gold")).status).toBe(200);
      const edited = await fetch(`${workspace.circa.url}/emulator/fields/${customKey("SELECT")}`, {
        method: "PATCH",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ options: ["Gold", "Bronze"] }),
      });
      expect(edited.status).toBe(422);
      expect(await edited.json()).toMatchObject({ errors: [{ field: "options", code: "locked" }] });
    });

    test("keeps a value that is no longer in the list until somebody changes it", async () => {
      const key = customKey("SELECT");
      await workspace.person("PATCH", eventPath, { body: { custom_fields: { [key]: "One" } } });
      await sync(key, { ...fromSalesforce("Tier__c", list("Gold")), direction: "to_salesforce" });
      const edit = { body: { location: "Wellington", custom_fields: { [key]: "One" } } };
      const { status, body } = await workspace.person("PATCH", eventPath, edit);
      expect(status).toBe(200);
      expect(body.custom_fields).toMatchObject({ [key]: "One" });
    });

    test("lets a field go: unlocked, its last list staying", async () => {
      const key = customKey("SELECT");
      await sync(key, fromSalesforce("Tier__c", list("Gold")));
      for (const _again of [1, 2]) {
        expect((await workspace.integration("DELETE", `/fields/${key}/crm_sync`)).status).toBe(204);
      }
      const { body } = await workspace.person("GET", `/fields/${key}`);
      expect(body).toMatchObject({ crm_sync: null, options_locked: false, options: ["Gold"] });
    });

    test.each([
      ["a read-only field from Salesforce", "paid_total", fromSalesforce("Paid__c"), "direction"],
      ["a list for a text", "location", fromSalesforce("Place__c", list("A")), "options"],
      ["a value twice", "status", fromSalesforce("Status", list("A", "A")), "options"],
      ["no Campaign field", "status", fromSalesforce(""), "campaign_field"],
      ["no direction", "status", { ...fromSalesforce("Status"), direction: "both" }, "direction"],
    ])("refuses %s", async (_name, key, body, blamed) => {
      const refused = await sync(key, body);
      expect(refused.status).toBe(422);
      expect(refused.body.errors[0]?.field).toBe(blamed);
    });

    test("is the integration's business only", async () => {
      const { status } = await workspace.person("PUT", "/fields/status/crm_sync", {
        body: fromSalesforce("Status"),
      });
      expect(status).toBe(403);
      expect((await workspace.person("DELETE", "/fields/status/crm_sync")).status).toBe(403);
    });
  });

  describe("connected Campaign", () => {
    const connect = (eventId: string, wanted: unknown) =>
      workspace.person("PUT", `/events/${eventId}/salesforce_campaign`, {
        body: { campaign_id: wanted },
      });

    test("connects, moves and disconnects, each a new version", async () => {
      const connected = await connect(firstEvent.id, campaignId);
      expect(connected.body).toMatchObject({ salesforce_campaign_id: campaignId, version: 2 });
      const same = await connect(firstEvent.id, campaignId);
      expect(same.body.version).toBe(2);
      const moved = await connect(firstEvent.id, otherCampaignId);
      expect(moved.body).toMatchObject({ salesforce_campaign_id: otherCampaignId, version: 3 });
      const parted = await connect(firstEvent.id, null);
      expect(parted.body).toMatchObject({ salesforce_campaign_id: null, version: 4 });
    });

    test("refuses a Campaign that another Event has, until that lets it go", async () => {
      await connect(firstEvent.id, campaignId);
      const refused = await connect(secondEvent.id, campaignId);
      expect(refused.status).toBe(409);
      expect(refused.body.errors[0]).toMatchObject({
        field: "salesforce_campaign_id",
        code: "conflict",
        message: expect.stringContaining("Southern Cloud Expo") as string,
      });
      await connect(firstEvent.id, null);
      expect((await connect(secondEvent.id, campaignId)).status).toBe(200);
    });

    test("a deleted Event lets its Campaign go", async () => {
      await connect(firstEvent.id, campaignId);
      await workspace.person("DELETE", eventPath);
      expect((await connect(secondEvent.id, campaignId)).status).toBe(200);
    });

    test.each(["701Hs00000AbCdE", "003Hs00000AbCdEIAV", "", 5])(
      "refuses %j as an Id",
      async (wanted) => {
        expect((await connect(firstEvent.id, wanted)).status).toBe(422);
      },
    );
  });

  test("sync status shows on the Event and is no edit", async () => {
    const body = {
      state: "attention",
      problems: [{ field: "name", message: "Too long", hint: "Use at most 80 characters" }],
      synced_at: "2026-03-01T10:00:00Z",
    };
    const path = `${eventPath}/crm_sync_status`;
    const reported = await workspace.integration("PUT", path, { body });
    expect(reported.body).toMatchObject({ crm_sync_status: body, version: 1 });
    expect((await workspace.person("PUT", path, { body })).status).toBe(403);
    const wrong = await workspace.integration("PUT", path, { body: { state: "fine" } });
    expect(wrong.body.errors[0]?.field).toBe("state");
  });

  describe("switched off", () => {
    test("as a whole: no address and no attribute of it is left", async () => {
      await sync("location", fromSalesforce("Circa_Location__c"));
      await workspace.control("/settings", { contract: false });
      const answers = await Promise.all([
        workspace.integration("GET", "/webhooks"),
        sync("location", fromSalesforce("Circa_Location__c")),
        workspace.integration("PUT", `${eventPath}/crm_sync_status`, {
          body: { state: "in_sync" },
        }),
        workspace.integration("PUT", `${eventPath}/salesforce_campaign`, {
          body: { campaign_id: campaignId },
        }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
      const { body, headers } = await workspace.person("GET", eventPath);
      for (const attribute of ["version", "salesforce_campaign_id", "crm_sync_status"]) {
        expect(body).not.toHaveProperty(attribute);
      }
      expect(headers).not.toHaveProperty("etag");
      const { body: fields } = await workspace.person("GET", "/fields");
      expect(fields.data[0]).not.toHaveProperty("crm_sync");
      const edit = { body: { location: "Wellington" }, headers: { "if-match": '"99"' } };
      expect((await workspace.person("PATCH", eventPath, edit)).status).toBe(200);
    });

    test("part by part, and on again", async () => {
      await workspace.control("/settings", { contract: { field_sync: false } });
      expect((await sync("location", fromSalesforce("Place__c"))).status).toBe(404);
      expect((await workspace.integration("GET", "/webhooks")).status).toBe(200);
      await workspace.control("/settings", { contract: true });
      expect((await sync("location", fromSalesforce("Place__c"))).status).toBe(200);
    });
  });
});
