/** Which value a Campaign takes: its record type and its controlling fields have a say. */
import { circaAdmin } from "../support/circa-admin.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { campaignManager, marketer } from "../support/people.ts";
import {
  mapNewField,
  Pair,
  problemsOf,
  rowOf,
  startPicklistOrg,
  sweep,
} from "../support/picklist-org.ts";
import type { RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

let sync: RunningSync;
let pair: Pair;

beforeAll(async () => {
  sync = await startPicklistOrg({ links: 2 });
  await sync.settled();
  [pair] = (await Pair.all(sync)) as [Pair];
});
afterAll(() => sync.close());

const options = async (key: string) => (await circaAdmin(sync).field(key)).options;
const setMapping = async (label: string, values: Record<string, unknown>) => {
  await salesforceAdmin(sync).setMapping(rowOf(label), values);
  await sweep(sync);
};
const rejected = async () => {
  const { mappings } = await sync.status();
  return mappings.rejected.map(({ developerName, code }) => [developerName, code]);
};
const expectProblem = (code: string, fieldKey: string, message: RegExp) =>
  eventuallyHolds(`${code} is told`, async () => {
    expect(await problemsOf(sync)).toEqual([
      expect.objectContaining({
        code,
        fieldKey,
        eventId: pair.eventId,
        message: expect.stringMatching(message) as string,
      }),
    ]);
    expect(await pair.shown()).toMatchObject({
      state: "attention",
      problems: [{ field: fieldKey }],
    });
  });
const expectInLine = (field: string, value: unknown) =>
  eventuallyHolds("the value has arrived and no problem is left", async () => {
    expect(await pair.onCampaign(field)).toBe(value);
    expect(await problemsOf(sync)).toEqual([]);
    expect(await pair.shown()).toMatchObject({ state: "in_sync", problems: [] });
  });

describe("record types", () => {
  let format: string;
  let tracks: string;
  let webinarId: string;

  beforeAll(async () => {
    format = await mapNewField(sync, {
      label: "Format",
      type: "SELECT",
      campaignField: "Format__c",
      recordType: "Webinar",
    });
    tracks = await mapNewField(sync, {
      label: "Tracks",
      type: "MULTISELECT",
      campaignField: "Tracks__c",
      recordType: "conference",
    });
    await sweep(sync);
    const soql = "SELECT Id FROM RecordType WHERE DeveloperName = 'Webinar'";
    webinarId = String((await campaignManager(sync).query(soql))[0]!["Id"]);
  });

  test("a mapping that names one offers that one's values, each mapping its own", async () => {
    expect(await options(format)).toEqual(["PANEL"]);
    expect(await options(tracks)).toEqual(["Sales", "Marketing", "Service"]);
    expect((await circaAdmin(sync).field(format)).crm_sync?.options).toEqual([
      { value: "PANEL", label: "Panel talk" },
    ]);
    await setMapping("Format", { Record_Type__c: "Conference" });
    expect(await options(format)).toEqual(["WORKSHOP", "KEYNOTE"]);
  });

  test("a mapping that names none offers all values", async () => {
    await setMapping("Format", { Record_Type__c: null });
    expect(await options(format)).toEqual(["PANEL", "WORKSHOP", "KEYNOTE"]);
  });

  test("an unknown or inactive one switches the mapping off with a reason, until it is right", async () => {
    for (const name of ["Roadshow", "Retired"]) {
      await setMapping("Tracks", { Record_Type__c: name });
      expect(await rejected()).toEqual([["Tracks", "UNKNOWN_RECORD_TYPE"]]);
      expect((await sync.status()).mappings.rejected[0]?.reason).toContain(name);
      expect((await circaAdmin(sync).field(tracks)).crm_sync).toBeNull();
    }
    await setMapping("Tracks", { Record_Type__c: "Webinar" });
    expect(await rejected()).toEqual([]);
    expect(await options(tracks)).toEqual(["Marketing"]);
  });

  test("a value that the Campaign's own record type does not offer is a problem, not a write", async () => {
    await pair.choose(format, "PANEL");
    await expectInLine("Format__c", "PANEL");
    await pair.editCampaign({ RecordTypeId: webinarId });
    await sync.settled();
    await pair.choose(format, "KEYNOTE");
    await expectProblem(
      "VALUE_NOT_FOR_RECORD_TYPE",
      format,
      /"KEYNOTE".*"Format".*record type "Live webinar"/,
    );
    expect(await pair.onCampaign("Format__c")).toBe("PANEL");
    await pair.choose(format, "PANEL");
    await expectInLine("Format__c", "PANEL");
  });

  test("another record type lets the value through", async () => {
    await pair.choose(format, "WORKSHOP");
    await expectProblem("VALUE_NOT_FOR_RECORD_TYPE", format, /"WORKSHOP"/);
    await pair.editCampaign({ RecordTypeId: null });
    await sweep(sync);
    await expectInLine("Format__c", "WORKSHOP");
  });

  test.each([
    ["refused", { status: 403, body: [{ errorCode: "INSUFFICIENT_ACCESS", message: "No." }] }],
    ["of a shape that nobody knows", { status: 200, body: { surprise: true } }],
  ])("one whose values are %s switches the mapping off, and nothing else", async (_, answer) => {
    const fault = { name: "respondRest", path: "picklist-values", ...answer, times: 1_000 };
    await salesforceAdmin(sync).setFaults(fault);
    await setMapping("Tracks", { Record_Type__c: "Conference" });
    expect(await rejected()).toEqual([["Tracks", "RECORD_TYPE_UNREADABLE"]]);
    await salesforceAdmin(sync).clearFaults();
    await sweep(sync);
    expect(await rejected()).toEqual([]);
  });

  test("a Campaign whose record type can't be read waits for the outage to end", async () => {
    await salesforceAdmin(sync).setFaults({
      name: "respondRest",
      path: `picklist-values/${webinarId}`,
      status: 503,
    });
    await sweep(sync);
    await pair.editCampaign({ RecordTypeId: webinarId });
    await pair.choose(format, "PANEL");
    await expectInLine("Format__c", "PANEL");
    await pair.editCampaign({ RecordTypeId: null });
  });

  test("the other Event, whose Campaign has none, chooses among all values", async () => {
    const [, other] = await Pair.all(sync);
    await other!.choose(format, "KEYNOTE");
    await eventuallyHolds("the value has arrived", async () => {
      expect(await other!.onCampaign("Format__c")).toBe("KEYNOTE");
    });
  });
});

describe("dependent picklists", () => {
  let city: string;
  let country: string;
  let platform: string;

  beforeAll(async () => {
    city = await mapNewField(sync, { label: "City", type: "SELECT", campaignField: "City__c" });
    country = await mapNewField(sync, {
      label: "Country",
      type: "SELECT",
      campaignField: "Country__c",
    });
    platform = await mapNewField(sync, {
      label: "Platform",
      type: "SELECT",
      campaignField: "Platform__c",
    });
    await sweep(sync);
  });

  test("a value is sent together with the one that allows it", async () => {
    await pair.choose(country, "Germany");
    await pair.choose(city, "Berlin");
    await expectInLine("City__c", "Berlin");
    expect(await pair.onCampaign("Country__c")).toBe("Germany");
  });

  test("a value that the other field does not allow is a problem that names both", async () => {
    await pair.choose(city, "Paris");
    await expectProblem(
      "VALUE_NOT_FOR_CONTROLLING_VALUE",
      city,
      /"Paris".*"City".*"Country" is "Germany"/,
    );
    expect(await pair.onCampaign("City__c")).toBe("Berlin");
    await pair.choose(country, "France");
    await expectInLine("City__c", "Paris");
  });

  test("what no longer fits after the other field has changed is a problem too", async () => {
    await pair.choose(country, "Austria");
    await expectProblem("VALUE_NOT_FOR_CONTROLLING_VALUE", city, /"Paris".*"Austria"/);
    expect(await pair.onCampaign("Country__c")).toBe("Austria");
    await pair.choose(city, "Vienna");
    await expectInLine("City__c", "Vienna");
  });

  test("a checkbox that only the Campaign has decides as well", async () => {
    await pair.choose(platform, "Stream");
    await expectProblem("VALUE_NOT_FOR_CONTROLLING_VALUE", platform, /"Is Virtual" is false/);
    await pair.editCampaign({ Is_Virtual__c: true });
    await sweep(sync);
    await expectInLine("Platform__c", "Stream");
  });

  test("the sweep finds what a field that is not mapped has made wrong", async () => {
    await pair.editCampaign({ Is_Virtual__c: false });
    await sweep(sync);
    await expectProblem("VALUE_NOT_FOR_CONTROLLING_VALUE", platform, /"Stream"/);
    await pair.choose(platform, "Hall");
    await expectInLine("Platform__c", "Hall");
  });

  test("what depends on a value that Salesforce refuses is held back with it", async () => {
    await pair.choose(country, "Austria");
    await pair.choose(city, "Vienna");
    await expectInLine("City__c", "Vienna");
    // Not told to anybody yet: the middleware still takes Germany for a value of the list.
    const germany = { field: "Country__c", value: "Germany" };
    await salesforceAdmin(sync).changePicklistValue({ ...germany, active: false });
    await marketer(sync).edit(pair.eventId, {
      custom_fields: { [country]: "Germany", [city]: "Berlin" },
    });
    await eventuallyHolds("both are problems", async () => {
      const problems = await problemsOf(sync);
      expect(new Map(problems.map(({ fieldKey, code }) => [fieldKey, code]))).toEqual(
        new Map([
          [country, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"],
          [city, "VALUE_NOT_FOR_CONTROLLING_VALUE"],
        ]),
      );
    });
    expect(await pair.onCampaign("City__c")).toBe("Vienna");
    await salesforceAdmin(sync).changePicklistValue({ ...germany, active: true });
    await pair.choose(city, "Online");
    await expectInLine("City__c", "Online");
    expect(await pair.onCampaign("Country__c")).toBe("Germany");
  });
});
