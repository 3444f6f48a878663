import type { SalesforceEmulator } from "../index.ts";
import { callRest, connect, control, startFixtureOrg } from "./support/salesforce-org.ts";

let emulator: SalesforceEmulator;
let nowMs = Date.parse("2026-03-01T10:00:00Z");
beforeAll(async () => {
  emulator = await startFixtureOrg({ now: () => new Date(nowMs) });
});
afterAll(() => emulator.close());

test("describes fields with the types, limits and picklists of the source", async () => {
  const { fields } = await connect(emulator, "person").sobject("Campaign").describe();
  const field = (name: string) => fields.find((each) => each.name === name);
  expect(field("Name")).toMatchObject({
    label: "Campaign Name",
    type: "string",
    length: 80,
    nillable: false,
    nameField: true,
    soapType: "xsd:string",
  });
  expect(field("Amount__c")).toMatchObject({
    type: "currency",
    precision: 10,
    scale: 2,
    soapType: "xsd:double",
  });
  expect(field("Body__c")).toMatchObject({
    type: "textarea",
    htmlFormatted: true,
    extraTypeInfo: "richtextarea",
  });
  expect(field("Tier__c")).toMatchObject({
    restrictedPicklist: true,
    picklistValues: [
      { active: true, defaultValue: false, label: "Gold tier", validFor: null, value: "Gold" },
      // Bronze is switched off.
      { value: "Silver" },
    ],
  });
});

test("says for which controlling values a dependent value may be chosen", async () => {
  const { fields } = await connect(emulator, "person").sobject("Campaign").describe();
  const city = fields.find((each) => each.name === "City__c");
  expect(city).toMatchObject({ controllerName: "Region__c", dependentPicklist: true });
  // The highest bit is the first value, EU; the next US.
  expect(city?.picklistValues).toMatchObject([{ validFor: "gA==" }, { validFor: "QA==" }]);
});

test("lists the objects", async () => {
  const { sobjects } = await connect(emulator, "person").describeGlobal();
  expect(sobjects.map((each) => each.name)).toEqual(
    expect.arrayContaining(["Campaign", "User", "Sample_Signal__e", "Sample_Mapping__mdt"]),
  );
  expect(sobjects.find((each) => each.name === "Campaign")).toMatchObject({
    keyPrefix: "701",
    updateable: true,
  });
});

test("answers 304 until the schema changes", async () => {
  const describe = async (since: string) => {
    const headers = { "If-Modified-Since": since };
    const answer = await callRest(emulator, "person", "GET", "/sobjects/Campaign/describe", {
      headers,
    });
    return {
      status: answer.status,
      body: answer.body,
      modified: answer.headers.get("last-modified"),
    };
  };
  const first = await describe("Thu, 01 Jan 2026 00:00:00 GMT");
  expect(first.status).toBe(200);
  expect(await describe(first.modified!)).toMatchObject({ status: 304, body: null });
  nowMs += 1000;
  await control(emulator, "picklist-values", { field: "Tier__c", value: "Copper" });
  const second = await describe(first.modified!);
  expect(second.status).toBe(200);
  expect(JSON.stringify(second.body)).toContain("Copper");
});

test("jsforce sees the 304 as an empty answer", async () => {
  const connection = connect(emulator, "person");
  const headers = { "If-Modified-Since": new Date(nowMs + 5000).toUTCString() };
  const url = "/services/data/v61.0/sobjects/Campaign/describe";
  expect(await connection.request({ method: "GET", url, headers })).toBe("");
});

test("the UI API gives the picklist values of a record type", async () => {
  const [type] = emulator.org.store.rows("RecordType");
  const values = async (recordTypeId: string) => {
    const path = `/ui-api/object-info/Campaign/picklist-values/${recordTypeId}`;
    const { body } = await callRest(emulator, "person", "GET", path);
    return (
      body as {
        picklistFieldValues: Record<string, { values: { value: string; validFor: number[] }[] }>;
      }
    ).picklistFieldValues;
  };
  const ofType = await values(type!.Id);
  expect(ofType.Tier__c!.values.map((each) => each.value)).toEqual(["Gold"]);
  expect(ofType.City__c!.values).toMatchObject([
    { value: "Vienna", validFor: [0] },
    { value: "Boston", validFor: [1] },
  ]);
  const ofMaster = await values("012000000000000AAA");
  expect(ofMaster.Tier__c!.values.map((each) => each.value)).toEqual(["Gold", "Silver", "Copper"]);
});
