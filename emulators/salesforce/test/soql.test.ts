import type { SalesforceEmulator } from "../index.ts";
import { runQuery } from "../soql/run-query.ts";
import { callRest, connect, startFixtureOrg } from "./support/salesforce-org.ts";

let emulator: SalesforceEmulator;
const now = () => new Date("2026-03-15T12:00:00Z");

beforeAll(async () => {
  emulator = await startFixtureOrg({ now });
  const { users } = emulator.seed({
    users: [{ Username: "ann@x.example", LastName: "Ann", Email: "ann@x.example" }],
  });
  emulator.seed({
    campaigns: [
      {
        Name: "Alpha",
        Code__c: "abc",
        Amount__c: 10,
        StartDate: "2026-03-15",
        Tier__c: "Gold",
        Topics__c: "Cloud;Data",
        OwnerId: users[0],
        Starts_At__c: "2026-03-15T10:00:00Z",
      },
      {
        Name: "beta",
        Code__c: "ABC",
        Amount__c: 2.5,
        StartDate: "2026-03-10",
        Tier__c: "Silver",
        Topics__c: "Data",
        Starts_At__c: "2026-03-16T05:00:00Z",
      },
      {
        Name: "Gamma 100%",
        Code__c: "x'y",
        Amount__c: null,
        StartDate: "2026-02-20",
        Topics__c: null,
      },
      { Name: "delta_1", Amount__c: -3, StartDate: null, Tier__c: "Gold", IsActive: true },
    ],
  });
});
afterAll(() => emulator.close());

function names(soqlRest: string): unknown[] {
  const answer = runQuery(
    emulator.org,
    emulator.person.userId,
    `SELECT Name FROM Campaign ${soqlRest}`,
  );
  return answer.rows.map((row) => {
    const [field] = row.fields;
    return field && "value" in field ? field.value : null;
  });
}

test.each([
  ["WHERE Name = 'ALPHA'", ["Alpha"]],
  ["WHERE Name != 'Alpha' AND Amount__c != 2.5", ["Gamma 100%", "delta_1"]],
  ["WHERE Code__c = 'ABC'", ["beta"]],
  ["WHERE Code__c = 'x\\'y'", ["Gamma 100%"]],
  ["WHERE Name LIKE 'a%'", ["Alpha"]],
  ["WHERE Name LIKE '%100\\%'", ["Gamma 100%"]],
  ["WHERE Name LIKE 'delta\\_1'", ["delta_1"]],
  ["WHERE Name LIKE '_eta'", ["beta"]],
  ["WHERE (NOT Name LIKE '%a')", ["Gamma 100%", "delta_1"]],
  ["WHERE Amount__c = null", ["Gamma 100%"]],
  ["WHERE Amount__c != null AND Amount__c < 5", ["beta", "delta_1"]],
  ["WHERE Amount__c >= 2.5", ["Alpha", "beta"]],
  ["WHERE Amount__c = -3", ["delta_1"]],
  ["WHERE IsActive = true", ["delta_1"]],
  ["WHERE Tier__c IN ('Gold', 'None')", ["Alpha", "delta_1"]],
  ["WHERE Tier__c NOT IN ('Gold')", ["beta", "Gamma 100%"]],
  ["WHERE Topics__c INCLUDES ('Cloud;Data')", ["Alpha"]],
  ["WHERE Topics__c INCLUDES ('Cloud', 'Data')", ["Alpha", "beta"]],
  ["WHERE Topics__c EXCLUDES ('Cloud')", ["beta", "Gamma 100%", "delta_1"]],
  ["WHERE StartDate = TODAY", ["Alpha"]],
  ["WHERE StartDate = LAST_N_DAYS:7", ["Alpha", "beta"]],
  ["WHERE StartDate = LAST_MONTH", ["Gamma 100%"]],
  ["WHERE StartDate < THIS_MONTH", ["Gamma 100%"]],
  ["WHERE StartDate > 2026-03-10", ["Alpha"]],
  ["WHERE Starts_At__c >= 2026-03-15T11:00:00+01:00", ["Alpha", "beta"]],
  ["WHERE Starts_At__c = TODAY", ["Alpha", "beta"]],
  ["WHERE Owner.Email = 'ann@x.example'", ["Alpha"]],
  ["WHERE OwnerId IN (SELECT Id FROM User WHERE Email LIKE 'ann@%')", ["Alpha"]],
  ["WHERE (Tier__c = 'Gold' OR Tier__c = 'Silver') AND Amount__c > 0", ["Alpha", "beta"]],
  ["WHERE Tier__c = 'Silver' OR (Tier__c = 'Gold' AND IsActive = true)", ["beta", "delta_1"]],
  ["ORDER BY Name", ["Alpha", "beta", "delta_1", "Gamma 100%"]],
  ["ORDER BY Amount__c", ["Gamma 100%", "delta_1", "beta", "Alpha"]],
  ["ORDER BY Amount__c DESC NULLS LAST", ["Alpha", "beta", "delta_1", "Gamma 100%"]],
  ["ORDER BY Tier__c NULLS LAST, Name DESC", ["delta_1", "Alpha", "beta", "Gamma 100%"]],
  ["ORDER BY Name LIMIT 2 OFFSET 1", ["beta", "delta_1"]],
])("SELECT Name FROM Campaign %s", (rest, expected) => {
  expect(names(rest)).toEqual(expected);
});

test("a date literal on a date-time means the user's own day", () => {
  // The person lives in Los Angeles: 05:00 UTC on the 16th is still the 15th there.
  expect(names("WHERE Starts_At__c = TOMORROW")).toEqual([]);
});

test("finds a record by its short Id and by its long one", () => {
  const [row] = emulator.org.store.rows("Campaign");
  expect(names(`WHERE Id = '${row!.Id.slice(0, 15)}'`)).toEqual(["Alpha"]);
  expect(names(`WHERE Id IN ('${row!.Id}')`)).toEqual(["Alpha"]);
});

test("counts, groups and compares groups", async () => {
  const connection = connect(emulator, "person");
  expect((await connection.query("SELECT COUNT() FROM Campaign")).totalSize).toBe(4);
  const soql =
    "SELECT Tier__c, COUNT(Id), SUM(Amount__c) total FROM Campaign WHERE Tier__c != null GROUP BY Tier__c HAVING COUNT(Id) > 1";
  const { records } = await connection.query(soql);
  expect(records).toEqual([
    { attributes: { type: "AggregateResult" }, Tier__c: "Gold", expr0: 2, total: 7 },
  ]);
});

test("orders groups by an aggregate or a grouped field, then cuts them", async () => {
  const connection = connect(emulator, "person");
  const tiers = async (rest: string): Promise<unknown[]> => {
    const grouped = "SELECT Tier__c FROM Campaign WHERE Tier__c != null GROUP BY Tier__c";
    const { records } = await connection.query<Record<string, unknown>>(`${grouped} ${rest}`);
    return records.map((row) => row["Tier__c"]);
  };
  expect(await tiers("ORDER BY COUNT(Id) DESC, Tier__c LIMIT 1")).toEqual(["Gold"]);
  expect(await tiers("ORDER BY COUNT(Id)")).toEqual(["Silver", "Gold"]);
  expect(await tiers("ORDER BY Tier__c DESC")).toEqual(
    [...(await tiers("ORDER BY Tier__c"))].reverse(),
  );
  await expect(tiers("ORDER BY Name")).rejects.toThrow("Field must be grouped or aggregated: Name");
});

describe("child sub-queries", () => {
  let family: SalesforceEmulator;
  beforeAll(async () => {
    family = await startFixtureOrg();
    const [mother] = family.seed({ campaigns: [{ Name: "Mother" }, { Name: "Alone" }] }).campaigns;
    const campaigns = ["c", "a", "b"].map((Name) => ({ Name, ParentId: mother }));
    family.seed({ campaigns });
  });
  afterAll(() => family.close());

  test("give the rows that point at each record, with filter, order and limit of their own", async () => {
    const { records } = await connect(family, "person").query(
      "SELECT Name, (SELECT Name FROM ChildCampaigns WHERE Name != 'c' ORDER BY Name DESC LIMIT 1) FROM Campaign WHERE Name IN ('Mother', 'Alone') ORDER BY Name",
    );
    expect(records).toMatchObject([
      { Name: "Alone", ChildCampaigns: null },
      {
        Name: "Mother",
        ChildCampaigns: {
          totalSize: 1,
          done: true,
          records: [{ attributes: { type: "Campaign" }, Name: "b" }],
        },
      },
    ]);
  });

  test.each([
    ["SELECT (SELECT Id FROM Nobody) FROM Campaign", "Didn't understand relationship 'Nobody'"],
    ["SELECT (SELECT Nope__c FROM ChildCampaigns) FROM Campaign", "No such column 'Nope__c'"],
    ["SELECT (SELECT COUNT(Id) FROM ChildCampaigns) FROM Campaign", "takes no aggregates"],
  ])("%s is refused", async (soql, message) => {
    await expect(connect(family, "person").query(soql)).rejects.toThrow(message);
  });

  test("are refused by Bulk queries", async () => {
    const query = "SELECT Id, (SELECT Id FROM ChildCampaigns) FROM Campaign";
    const answer = await callRest(family, "person", "POST", "/jobs/query", {
      body: { operation: "query", query },
    });
    expect(answer.status).toBe(400);
  });
});

test("gives fields behind one lookup as one record, in the order asked for", async () => {
  const connection = connect(emulator, "person");
  const soql =
    "SELECT Name, Owner.Name, Owner.Email, CreatedDate, Sponsor__r.Name, toLabel(Tier__c) FROM Campaign WHERE Name = 'Alpha'";
  const { records } = await connection.query(soql);
  expect(records[0]).toMatchObject({
    Name: "Alpha",
    Owner: { attributes: { type: "User" }, Name: "Ann", Email: "ann@x.example" },
    CreatedDate: "2026-03-15T12:00:00.000+0000",
    Sponsor__r: null,
    Tier__c: "Gold tier",
  });
  expect(Object.keys(records[0]!)).toEqual([
    "attributes",
    "Name",
    "Owner",
    "CreatedDate",
    "Sponsor__r",
    "Tier__c",
  ]);
});

test("resolves the field that a custom metadata row names, or null when it is gone", async () => {
  const connection = connect(emulator, "integration");
  const { records } = await connection.query(
    "SELECT DeveloperName, Field__r.QualifiedApiName, Object__r.QualifiedApiName, Direction__c, Is_Active__c FROM Sample_Mapping__mdt ORDER BY DeveloperName",
  );
  expect(records).toMatchObject([
    {
      DeveloperName: "Amount",
      Field__r: { QualifiedApiName: "Amount__c" },
      Direction__c: "To",
      Is_Active__c: true,
    },
    { DeveloperName: "Gone", Field__r: null },
    {
      DeveloperName: "Start",
      Field__r: { QualifiedApiName: "StartDate" },
      Direction__c: null,
      Is_Active__c: false,
    },
  ]);
});

test.each([
  [
    "SELECT Id, Nope__c FROM Campaign",
    "INVALID_FIELD",
    /No such column 'Nope__c' on entity 'Campaign'/,
  ],
  ["SELECT Id FROM Nope__c", "INVALID_TYPE", /sObject type 'Nope__c' is not supported/],
  ["SELECT Id FRM Campaign", "MALFORMED_QUERY", /./],
  [
    "SELECT Id FROM Campaign WHERE Name = 'a' AND Name = 'b' OR Name = 'c'",
    "MALFORMED_QUERY",
    /unexpected token/,
  ],
  ["SELECT Id FROM Campaign WHERE Name = 5", "INVALID_FIELD", /should be enclosed in quotes/],
  [
    "SELECT Id FROM Campaign WHERE SystemModstamp > 2026-01-01",
    "INVALID_FIELD",
    /must be of type dateTime/,
  ],
  ["SELECT Id FROM Campaign WHERE Notes__c = 'x'", "INVALID_FIELD", /can not be filtered/],
  ["SELECT Nope.Name FROM Campaign", "INVALID_FIELD", /Didn't understand relationship 'Nope'/],
  ["SELECT Name, COUNT(Id) FROM Campaign", "MALFORMED_QUERY", /must be grouped or aggregated/],
  ["SELECT Id FROM Campaign LIMIT 1 OFFSET 2001", "NUMBER_OUTSIDE_VALID_RANGE", /2000/],
  ["SELECT FIELDS(ALL) FROM Campaign", "MALFORMED_QUERY", /LIMIT of at most 200/],
])("refuses %s", async (soql, errorCode, message) => {
  await expect(connect(emulator, "person").query(soql)).rejects.toMatchObject({
    errorCode,
    message: expect.stringMatching(message) as string,
  });
});

test("a custom metadata row's relationship shows a name for a standard field, an Id for a custom one", async () => {
  const soql = "SELECT Field__c FROM Sample_Mapping__mdt ORDER BY DeveloperName";
  const { records } = await connect(emulator, "integration").query(soql);
  expect(records).toMatchObject([
    { Field__c: expect.stringMatching(/^Campaign\.00N\w{12}$/) as string },
    { Field__c: "Not_There__c" },
    { Field__c: "StartDate" },
  ]);
});

test("describes the columns of a query without running it", async () => {
  const soql = encodeURIComponent("SELECT Id, Owner.Name, Amount__c FROM Campaign");
  const { body } = await callRest(emulator, "person", "GET", `/query?q=${soql}&columns=true`);
  expect(body).toMatchObject({
    entityName: "Campaign",
    keyPrefix: "701",
    idSelected: true,
    columnMetadata: [
      { columnName: "Id", joinColumns: [] },
      { columnName: "Owner", joinColumns: [{ columnName: "Name" }] },
      { columnName: "Amount__c", custom: true, numberType: true },
    ],
  });
});
