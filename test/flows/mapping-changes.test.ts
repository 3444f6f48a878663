/** An admin changes mappings while all is running: taken over at once, and links follow. */
import type { Change } from "../../middleware/store/history/history.ts";
import { html, startAnsweringProxy } from "../support/answering-proxy.ts";
import { circaEmulator } from "../support/circa-emulator.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

const location = "Location_to_Campaign_Circa_Location";
let sync: RunningSync;
let eventId: string;
let campaignId: string;

beforeEach(async () => {
  sync = await startSync({ links: 2 });
  await sync.settled();
  const [event] = await marketer(sync).events();
  eventId = String(event!["id"]);
  campaignId = String(event!["salesforce_campaign_id"]);
});
afterEach(() => sync.close());

async function change(developerName: string, values: Record<string, unknown>): Promise<void> {
  await salesforceAdmin(sync).setMapping(developerName, values);
  await salesforceAdmin(sync).tellMappingsChanged();
}
const locationField = async () => {
  const answer = await fetch(`${sync.circa.api}/fields/location`, {
    headers: { authorization: `Bearer ${sync.circa.person.apiKey}` },
  });
  return (await answer.json()) as {
    crm_sync?: { direction: string; campaign_field: string } | null;
  };
};
const changes = async () =>
  (await sync.admin<{ changes: Change[] }>("GET", "/api/changes?limit=1000")).changes;
const campaignValue = async (field: string) =>
  (await campaignManager(sync).campaign(campaignId))[field];
const eventLocation = async () => (await marketer(sync).event(eventId))["location"];

test("turned round: the field locks, and the Campaign's value overwrites the Event's", async () => {
  await salesforceAdmin(sync).setMapping(location, { Is_Active__c: false });
  await salesforceAdmin(sync).tellMappingsChanged();
  await eventuallyHolds("the old lock is released", async () => {
    expect((await locationField()).crm_sync ?? null).toBeNull();
  });
  await campaignManager(sync).edit(campaignId, { Circa_Location__c: "chosen in Salesforce" });
  const before = await eventLocation();
  await change(location, { Is_Active__c: true, Direction__c: "From_Salesforce" });
  await eventuallyHolds("the Event has the Campaign's value, and a lock", async () => {
    expect(await eventLocation()).toBe("chosen in Salesforce");
    expect((await locationField()).crm_sync).toMatchObject({ direction: "from_salesforce" });
  });
  // The history still knows what was overwritten.
  expect((await changes()).at(-1)).toMatchObject({
    note: "first_contact",
    cause: "mappings",
    oldValue: before,
    newValue: "chosen in Salesforce",
  });
  const { status } = await marketer(sync).edit(eventId, { location: "refused" });
  expect(status).toBe(422);
});

test("switched off: nothing is synced any more, nothing is blanked, the field is free", async () => {
  await change(location, { Is_Active__c: false });
  await eventuallyHolds("the field is free", async () => {
    expect((await locationField()).crm_sync ?? null).toBeNull();
  });
  const before = await campaignValue("Circa_Location__c");
  await marketer(sync).edit(eventId, {
    location: "only in Circa",
    website: "https://example.com/a",
  });
  await eventuallyHolds("the other field arrives", async () => {
    expect(await campaignValue("Circa_Website__c")).toBe("https://example.com/a");
  });
  expect(await campaignValue("Circa_Location__c")).toBe(before);
});

test("switched off and on before anybody has looked: what was edited meanwhile is put right", async () => {
  const before = await eventLocation();
  await salesforceAdmin(sync).setMapping(location, { Is_Active__c: false });
  // Salesforce tells nothing of a field that is not mapped.
  await campaignManager(sync).edit(campaignId, { Circa_Location__c: "unmapped for a moment" });
  await change(location, { Is_Active__c: true });
  await eventuallyHolds("the Campaign has the Event's value again", async () => {
    expect(await campaignValue("Circa_Location__c")).toBe(before);
  });
});

test("a lock that Circa can't take for a moment is given again soon", async () => {
  const unavailable = { kind: "status", status: 503, method: "DELETE", times: 1 };
  await circaEmulator(sync).setFaults({ requests: [unavailable] });
  await change(location, { Is_Active__c: false });
  await eventuallyHolds("the field is free", async () => {
    expect((await locationField()).crm_sync ?? null).toBeNull();
  });
});

test("deleted: the same", async () => {
  await salesforceAdmin(sync).removeMapping(location);
  await salesforceAdmin(sync).tellMappingsChanged();
  await eventuallyHolds("the field is free", async () => {
    expect((await locationField()).crm_sync ?? null).toBeNull();
  });
});

test("retargeted: the new Campaign field gets the value, the old one is left alone", async () => {
  const before = await eventLocation();
  const permission = { field: "Description", readable: true, editable: true };
  await salesforceAdmin(sync).changeFieldPermission(permission);
  await change(location, { Campaign_Field__c: "Description" });
  await eventuallyHolds("the new field has the value", async () => {
    expect(await campaignValue("Description")).toBe(before);
  });
  expect(await campaignValue("Circa_Location__c")).toBe(before);
});

test("without a signal the sweep takes a change over", async () => {
  await salesforceAdmin(sync).setMapping(location, { Is_Active__c: false });
  await sync.admin("POST", "/api/sweep");
  expect((await locationField()).crm_sync ?? null).toBeNull();
});

describe("a mapping that can't work", () => {
  const rejected = async () =>
    (await sync.status()).mappings.rejected.map(({ developerName, code }) => [developerName, code]);

  test.each([
    ["a Circa field that does not exist", { Circa_Field_Key__c: "gone" }, "UNKNOWN_CIRCA_FIELD"],
    [
      "a Campaign field that is taken",
      { Campaign_Field__c: "Circa_Website__c" },
      "CAMPAIGN_FIELD_TAKEN",
    ],
    ["a Campaign field of another type", { Campaign_Field__c: "IsActive" }, "TYPES_DO_NOT_FIT"],
    [
      "a field that the sync keeps",
      { Campaign_Field__c: "Circa_Event_Id__c" },
      "RESERVED_CAMPAIGN_FIELD",
    ],
  ])("%s: named with its reason, and the others work", async (_name, values, code) => {
    await change(location, values);
    await eventuallyHolds("the row is named", async () => {
      const [row] = await rejected();
      expect(row?.[1]).toBe(code);
    });
    await marketer(sync).edit(eventId, { end_date: "2027-12-31", start_date: "2027-12-30" });
    await eventuallyHolds("another field arrives", async () => {
      expect(await campaignValue("EndDate")).toBe("2027-12-31");
    });
  });

  test("a Campaign field that is deleted: off by itself, and back once it is there again", async () => {
    await salesforceAdmin(sync).changeField({ field: "Circa_Location__c", remove: true });
    await marketer(sync).edit(eventId, { location: "waits", website: "https://example.com/b" });
    await eventuallyHolds("the other field arrives and the row is named", async () => {
      expect(await campaignValue("Circa_Website__c")).toBe("https://example.com/b");
      expect(await rejected()).toEqual([[location, "NO_CAMPAIGN_FIELD"]]);
    });
    const repaired = { type: "string", label: "Location", length: 255 };
    await salesforceAdmin(sync).changeField({ field: "Circa_Location__c", set: repaired });
    await salesforceAdmin(sync).changeFieldPermission({
      field: "Circa_Location__c",
      readable: true,
      editable: true,
    });
    await sync.admin("POST", "/api/sweep");
    await eventuallyHolds("the value arrives", async () => {
      expect(await rejected()).toEqual([]);
      const [row] = await campaignManager(sync).query(
        `SELECT Circa_Location__c FROM Campaign WHERE Id = '${campaignId}'`,
      );
      expect(row!["Circa_Location__c"]).toBe("waits");
    });
  });

  test("a permission that is taken away: off by itself, and back with it", async () => {
    const permission = { field: "Circa_Location__c", readable: true };
    await salesforceAdmin(sync).changeFieldPermission({ ...permission, editable: false });
    await marketer(sync).edit(eventId, {
      location: "not allowed",
      website: "https://example.com/c",
    });
    await eventuallyHolds("the other field arrives and the row is named", async () => {
      expect(await campaignValue("Circa_Website__c")).toBe("https://example.com/c");
      expect(await rejected()).toEqual([[location, "CAMPAIGN_FIELD_READ_ONLY"]]);
    });
    await salesforceAdmin(sync).changeFieldPermission({ ...permission, editable: true });
    await sync.admin("POST", "/api/sweep");
    await eventuallyHolds("the value arrives", async () => {
      expect(await campaignValue("Circa_Location__c")).toBe("not allowed");
    });
  });
});

test("two blanks meet by an old state of the Event: what a person had typed there stays", async () => {
  await change(location, { Is_Active__c: false });
  await marketer(sync).edit(eventId, { location: null, website: "https://example.com/e" });
  await campaignManager(sync).edit(campaignId, { Circa_Location__c: null });
  await eventuallyHolds("the edit has arrived", async () => {
    expect(await campaignValue("Circa_Website__c")).toBe("https://example.com/e");
  });
  // What came before a start counts as old.
  await sync.stopMiddleware();
  await sync.startMiddleware();
  await sync.settled();
  await sync.admin("POST", "/api/sweep");
  await circaEmulator(sync).setFaults({ webhooks: [{ kind: "drop", times: 1 }] });
  await marketer(sync).edit(eventId, { location: "typed before they met" });
  await change(location, { Is_Active__c: true, Direction__c: "From_Salesforce" });
  await eventuallyHolds("the mapping is in force", async () => {
    expect((await locationField()).crm_sync).toMatchObject({ direction: "from_salesforce" });
  });
  await sync.settled();
  await sync.admin("POST", "/api/sweep");
  await eventuallyHolds("the blank side has it too", async () => {
    expect(await campaignValue("Circa_Location__c")).toBe("typed before they met");
  });
  expect(await eventLocation()).toBe("typed before they met");
});

test("off and on again before a take-over: fields that passes skipped meanwhile arrive", async () => {
  const proxy = await startAnsweringProxy(sync.circa.url);
  await sync.stopMiddleware();
  await sync.startMiddleware({ CIRCA_API_URL: proxy.url + new URL(sync.circa.api).pathname });
  await sync.settled();
  // No other sweep finds what is left out.
  await sync.admin("POST", "/api/sweep");
  const may = (granted: boolean) =>
    salesforceAdmin(sync).changeFieldPermission({
      field: "Circa_Location__c",
      readable: granted,
      editable: granted,
    });
  await may(false);
  // The turn that meets it reads the mappings; nobody can after that.
  let reads = 0;
  proxy.answer = ({ path }) =>
    path.includes("/teams") && (reads += 1) > 1 ? html(405) : undefined;
  await marketer(sync).edit(eventId, {
    location: "left out",
    website: "https://example.com/d",
  });
  await eventuallyHolds("the other field arrives without it", async () => {
    expect(await campaignValue("Circa_Website__c")).toBe("https://example.com/d");
    expect(reads).toBeGreaterThan(1);
  });
  await may(true);
  proxy.answer = () => undefined;
  await eventuallyHolds(
    "the value arrives",
    async () => expect(await campaignValue("Circa_Location__c")).toBe("left out"),
    60_000,
  );
  await proxy.close();
});

test("a restart with the same mappings looks at nothing again", async () => {
  await sync.stopMiddleware();
  await sync.startMiddleware();
  const status = await sync.settled();
  expect(status.backlog).toEqual({ due: 0, later: 0 });
  expect((await changes()).filter((it) => it.cause === "mappings")).toEqual([]);
});
