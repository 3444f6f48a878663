import type { SalesforceEmulator } from "../index.ts";
import { callRest, connect, startFixtureOrg } from "./support/salesforce-org.ts";

let emulator: SalesforceEmulator;
let ids: string[];
beforeEach(async () => {
  emulator = await startFixtureOrg();
  ids = emulator.seed({
    campaigns: [{ Name: "One", Code__c: "1" }, { Name: "Two", Code__c: "2" }, { Name: "Three" }],
  }).campaigns;
});
afterEach(() => emulator.close());

const path = "/composite/sobjects";
const type = { type: "Campaign" };

function nameOf(index: number): unknown {
  return emulator.org.store.get("Campaign", ids[index]!)?.Name;
}

test("jsforce updates many records; each has its own result, in order", async () => {
  const results = await connect(emulator, "person")
    .sobject("Campaign")
    .update([
      { Id: ids[0]!, Name: "First" },
      { Id: ids[1]!, Tier__c: "Foo" },
      { Id: ids[2]!, Name: "Third" },
    ]);
  expect(results).toEqual([
    { id: ids[0], success: true, errors: [] },
    {
      success: false,
      errors: [
        {
          statusCode: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
          message: "Tier: bad value for restricted picklist field: Foo",
          fields: ["Tier__c"],
        },
      ],
    },
    { id: ids[2], success: true, errors: [] },
  ]);
  expect([nameOf(0), nameOf(1), nameOf(2)]).toEqual(["First", "Two", "Third"]);
});

test("all or none: the good ones are rolled back and keep their Ids in the results", async () => {
  const records = [
    { attributes: type, id: ids[0], Name: "First" },
    { attributes: type, id: ids[1], Name: "" },
  ];
  const { status, body } = await callRest(emulator, "person", "PATCH", path, {
    body: { allOrNone: true, records },
  });
  expect(status).toBe(200);
  expect(body).toMatchObject([
    {
      id: ids[0],
      success: false,
      errors: [
        {
          statusCode: "ALL_OR_NONE_OPERATION_ROLLED_BACK",
          message:
            "Record rolled back because not all records were valid and the request was using AllOrNone header",
        },
      ],
    },
    { success: false, errors: [{ statusCode: "REQUIRED_FIELD_MISSING" }] },
  ]);
  expect(nameOf(0)).toBe("One");
});

test.each([
  [
    "an unknown Id",
    { id: "701Dm00000ZZZZZ" },
    "INVALID_CROSS_REFERENCE_KEY",
    "invalid cross reference id",
  ],
  [
    "a malformed Id",
    { id: "701nope" },
    "MALFORMED_ID",
    "Campaign ID: id value of incorrect type: 701nope",
  ],
  [
    "an Id of another object",
    { id: "005Dm0000000001IAA" },
    "MALFORMED_ID",
    "Campaign ID: id value of incorrect type: 005Dm0000000001IAA",
  ],
  ["no Id", {}, "MISSING_ARGUMENT", "Id not specified in an update call"],
])("a row with %s fails alone, without an id", async (_what, given, statusCode, message) => {
  const records = [
    { attributes: type, ...given },
    { attributes: type, id: ids[0], Name: "First" },
  ];
  const { body } = await callRest(emulator, "person", "PATCH", path, { body: { records } });
  const [failed, saved] = body as [object, object];
  expect(failed).toMatchObject({ success: false, errors: [{ statusCode, message }] });
  expect(failed).not.toHaveProperty("id");
  expect(saved).toMatchObject({ success: true });
});

test("a deleted record is refused as deleted", async () => {
  const campaigns = connect(emulator, "person").sobject("Campaign");
  expect(await campaigns.destroy([ids[0]!, ids[1]!])).toMatchObject([
    { success: true },
    { success: true },
  ]);
  const results = await campaigns.update([{ Id: ids[0]!, Name: "x" }]);
  expect(results).toMatchObject([
    { success: false, errors: [{ statusCode: "ENTITY_IS_DELETED", message: "entity is deleted" }] },
  ]);
});

test("jsforce upserts many records by external id", async () => {
  const results = await connect(emulator, "person")
    .sobject("Campaign")
    .upsert(
      [
        { Code__c: "1", Name: "Changed" },
        { Code__c: "new", Name: "Created" },
        { Code__c: "new", Name: "Twice" },
      ],
      "Code__c",
    );
  expect(results).toMatchObject([
    { id: ids[0], success: true, created: false },
    { success: true, created: true },
    { success: false, errors: [{ statusCode: "DUPLICATE_VALUE" }] },
  ]);
  expect(results[2]).toHaveProperty("created", false);
});

test("a row without the external id can't be upserted", async () => {
  const body = { records: [{ attributes: type, Name: "No key" }] };
  const answer = await callRest(emulator, "person", "PATCH", `${path}/Campaign/Code__c`, { body });
  expect(answer.body).toEqual([
    {
      success: false,
      created: false,
      errors: [{ statusCode: "MISSING_ARGUMENT", message: "Code__c not specified", fields: [] }],
    },
  ]);
});

test("jsforce creates many records", async () => {
  const results = await connect(emulator, "person")
    .sobject("Campaign")
    .create([{ Name: "A" }, { Name: "" }]);
  expect(results).toMatchObject([
    { success: true },
    { success: false, errors: [{ statusCode: "REQUIRED_FIELD_MISSING" }] },
  ]);
});

test("two rows that claim one unique value: the second is refused", async () => {
  const results = await connect(emulator, "person")
    .sobject("Campaign")
    .update([
      { Id: ids[1]!, Code__c: "same" },
      { Id: ids[2]!, Code__c: "same" },
    ]);
  expect(results.map((result) => result.success)).toEqual([true, false]);
});

test.each([
  [
    "an unknown field",
    { Nope__c: "x" },
    "INVALID_FIELD",
    "No such column 'Nope__c' on sobject of type Campaign",
  ],
  [
    "JSON of the wrong kind",
    { Amount__c: "many" },
    "JSON_PARSER_ERROR",
    expect.stringMatching(/VALUE_STRING value many/) as string,
  ],
])("%s refuses the whole request and writes nothing", async (_what, given, errorCode, message) => {
  const records = [
    { attributes: type, id: ids[0], Name: "First" },
    { attributes: type, id: ids[1], ...given },
  ];
  const { status, body } = await callRest(emulator, "person", "PATCH", path, { body: { records } });
  expect([status, body]).toEqual([400, [{ errorCode, message }]]);
  expect(nameOf(0)).toBe("One");
});

test("more than 200 records are refused", async () => {
  const records = Array.from({ length: 201 }, () => ({ attributes: type, id: ids[0] }));
  const { status, body } = await callRest(emulator, "person", "PATCH", path, { body: { records } });
  expect(status).toBe(400);
  expect(body).toMatchObject([
    { message: expect.stringMatching(/cannot submit more than 200 records/) as string },
  ]);
});

test("jsforce splits more than 200 records when told to", async () => {
  const campaigns = Array.from({ length: 450 }, (_, n) => ({ Name: `C${n}` }));
  const many = emulator.seed({ campaigns }).campaigns;
  const results = await connect(emulator, "person")
    .sobject("Campaign")
    .update(
      many.map((Id) => ({ Id, Secret__c: "done" })),
      { allowRecursive: true },
    );
  expect(results.filter((result) => result.success)).toHaveLength(450);
});

test("jsforce retrieves many records in the order asked for, null where there is none", async () => {
  const missing = "701Dm00000ZZZZZ";
  const records = await connect(emulator, "person")
    .sobject("Campaign")
    .retrieve([ids[1]!, missing, ids[0]!], { fields: ["Name"] });
  expect(records).toEqual([
    expect.objectContaining({ Name: "Two" }),
    null,
    expect.objectContaining({ Name: "One" }),
  ]);
});
