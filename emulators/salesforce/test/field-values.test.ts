import type { SalesforceEmulator } from "../index.ts";
import { callRest, startFixtureOrg } from "./support/salesforce-org.ts";

let emulator: SalesforceEmulator;
let id: string;
beforeAll(async () => {
  emulator = await startFixtureOrg();
  id = emulator.seed({
    campaigns: [{ Name: "Alpha" }, { Name: "Taken", Code__c: "abc", Alias__c: "abc" }],
  }).campaigns[0]!;
});
afterAll(() => emulator.close());

async function write(field: string, value: unknown): Promise<unknown> {
  const path = `/sobjects/Campaign/${id}`;
  const written = await callRest(emulator, "person", "PATCH", path, { body: { [field]: value } });
  if (written.status !== 204) return (written.body as object[])[0];
  const read = await callRest(emulator, "person", "GET", `${path}?fields=${field}`);
  return (read.body as Record<string, unknown>)[field];
}

test.each([
  ["Secret__c", "  padded  ", "padded"],
  ["Secret__c", "\u00a0kept\u00a0", "\u00a0kept\u00a0"],
  ["Secret__c", "   ", null],
  ["Secret__c", "", null],
  ["Notes__c", "one\ntwo\r\nthree", "one\r\ntwo\r\nthree"],
  ["Body__c", "<p>a <b>b</b></p>", "<p>a <b>b</b></p>"],
  [
    "Body__c",
    "<p title='x'>R&D's &amp; \"a\"</p>",
    "<p title='x'>R&amp;D&#39;s &amp; &quot;a&quot;</p>",
  ],
  ["Amount__c", 12.345, 12.345],
  ["Amount__c", 1.005, 1.005],
  ["BudgetedCost", -99.5, -99.5],
  ["Amount__c", "7.5", 7.5],
  ["Amount__c", null, null],
  ["BudgetedCost", 99.5, 99.5],
  ["Ratio__c", 12.5, 12.5],
  ["Seats__c", 9999, 9999],
  ["Starts_At__c", "2026-03-01T10:00:00+02:00", "2026-03-01T08:00:00.000+0000"],
  ["Starts_At__c", "2026-03-01T08:00:00.987Z", "2026-03-01T08:00:00.000+0000"],
  ["Day__c", "2026-02-28", "2026-02-28"],
  ["Doors__c", "14:30", "14:30:00.000Z"],
  ["Doors__c", "14:30:15.5Z", "14:30:15.500Z"],
  ["Contact_Email__c", "a.b@example.com", "a.b@example.com"],
  ["Page__c", "https://example.com/a?b=c", "https://example.com/a?b=c"],
  ["Staffed__c", false, false],
  ["Tier__c", "Gold", "Gold"],
  ["Type", "Anything goes", "Anything goes"],
  ["Topics__c", "Data;Cloud;Data", "Cloud;Data"],
  ["Topics__c", "", null],
  ["Code__c", "ABC", "ABC"],
])("%s takes %j as %j", async (field, given, kept) => {
  expect(await write(field, given)).toEqual(kept);
});

test.each([
  [
    "Name",
    "x".repeat(81),
    "STRING_TOO_LONG",
    `Campaign Name: data value too large: ${"x".repeat(81)} (max length=80)`,
  ],
  ["Name", null, "REQUIRED_FIELD_MISSING", "Required fields are missing: [Name]"],
  [
    "Tier__c",
    "Platinum",
    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    "Tier: bad value for restricted picklist field: Platinum",
  ],
  [
    "Tier__c",
    "Bronze",
    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    "Tier: bad value for restricted picklist field: Bronze",
  ],
  [
    "Topics__c",
    "Cloud;Fog",
    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    "Topics: bad value for restricted picklist field: Fog",
  ],
  [
    "Seats__c",
    10_000,
    "NUMBER_OUTSIDE_VALID_RANGE",
    "Seats: value outside of valid range on numeric field: 10000",
  ],
  [
    "Contact_Email__c",
    "nobody",
    "INVALID_EMAIL_ADDRESS",
    "Contact Email: invalid email address: nobody",
  ],
  ["Sponsor__c", "rubbish", "MALFORMED_ID", "Sponsor: id value of incorrect type: rubbish"],
  [
    "Sponsor__c",
    "701Dm0000000001IAA",
    "FIELD_INTEGRITY_EXCEPTION",
    "Sponsor: id value of incorrect type: 701Dm0000000001IAA",
  ],
  ["Sponsor__c", "005Dm00000ZZZZZ", "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"],
  [
    "Code__c",
    "abc",
    "DUPLICATE_VALUE",
    "duplicate value found: Code__c duplicates value on record with id: 701Dm0000000002IAA",
  ],
  [
    "Alias__c",
    "ABC",
    "DUPLICATE_VALUE",
    "duplicate value found: Alias__c duplicates value on record with id: 701Dm0000000002IAA",
  ],
  [
    "Double_Seats__c",
    4,
    "INVALID_FIELD_FOR_INSERT_UPDATE",
    expect.stringMatching(/^Unable to create\/update fields: Double_Seats__c\./) as string,
  ],
])("%s refuses %j with %s", async (field, given, errorCode, message) => {
  expect(await write(field, given)).toMatchObject({ errorCode, message });
});

test.each([
  ["Secret__c", 5, /Cannot deserialize instance of string from VALUE_NUMBER_INT value 5/],
  [
    "Day__c",
    "01.02.2026",
    /Cannot deserialize instance of date from VALUE_STRING value 01\.02\.2026/,
  ],
  ["Day__c", "2026-02-30", /instance of date/],
  ["Starts_At__c", "soon", /instance of datetime/],
  ["Doors__c", "25:00", /instance of time/],
  ["Amount__c", "many", /instance of currency from VALUE_STRING value many/],
  ["Staffed__c", "maybe", /instance of boolean/],
])("%s can't be read from %j", async (field, given, message) => {
  expect(await write(field, given)).toMatchObject({
    errorCode: "JSON_PARSER_ERROR",
    message: expect.stringMatching(message) as string,
  });
});

test("an inactive owner is refused", async () => {
  const users = [
    { Username: "old@x.example", LastName: "Old", Email: "old@x.example", IsActive: false },
  ];
  const [userId] = emulator.seed({ users }).users;
  expect(await write("OwnerId", userId)).toMatchObject({ errorCode: "INACTIVE_OWNER_OR_USER" });
});

test("a record type narrows a restricted picklist", async () => {
  const [type] = emulator.org.store.rows("RecordType");
  expect(await write("RecordTypeId", type!.Id)).toBe(type!.Id);
  expect(await write("Tier__c", "Silver")).toMatchObject({
    errorCode: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
  });
});

test("a new record gets defaults, owner and audit fields in whole seconds", async () => {
  const created = await callRest(emulator, "integration", "POST", "/sobjects/Campaign", {
    body: { Name: "New" },
  });
  const { id: newId } = created.body as { id: string };
  const { body } = await callRest(emulator, "person", "GET", `/sobjects/Campaign/${newId}`);
  expect(body).toMatchObject({
    Status: "Idea",
    Region__c: "EU",
    Staffed__c: true,
    IsActive: false,
    NumberOfLeads: 0,
    OwnerId: emulator.integration.userId,
    CreatedById: emulator.integration.userId,
    SystemModstamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/) as string,
  });
});
