import type { SalesforceEmulator } from "../index.ts";
import { connect, control, readStats, startFixtureOrg } from "./support/salesforce-org.ts";

let emulator: SalesforceEmulator;
let id: string;
beforeEach(async () => {
  emulator = await startFixtureOrg();
  id = emulator.seed({
    campaigns: [{ Name: "Alpha", Tier__c: "Silver", Topics__c: "Cloud;Data", Secret__c: "s" }],
  }).campaigns[0]!;
});
afterEach(() => emulator.close());

async function queryOne(soql: string): Promise<unknown> {
  return (await connect(emulator, "person").query(soql)).records[0];
}

test("an admin switches a mapping row on, adds one, and deletes one", async () => {
  const row = "custom-metadata/Sample_Mapping__mdt";
  await control(emulator, `${row}/Start`, { Is_Active__c: true }, "PATCH");
  await control(
    emulator,
    `${row}/Added`,
    { label: "Added row", Object__c: "Campaign", Field__c: "EndDate" },
    "PATCH",
  );
  await control(emulator, `${row}/Gone`, undefined, "DELETE");
  const { records } = await connect(emulator, "integration").query(
    "SELECT DeveloperName, MasterLabel, Is_Active__c, Direction__c, Field__r.QualifiedApiName FROM Sample_Mapping__mdt ORDER BY DeveloperName",
  );
  expect(records).toMatchObject([
    {
      DeveloperName: "Added",
      MasterLabel: "Added row",
      Is_Active__c: false,
      Direction__c: "To",
      Field__r: { QualifiedApiName: "EndDate" },
    },
    { DeveloperName: "Amount" },
    { DeveloperName: "Start", MasterLabel: "Start label", Is_Active__c: true },
  ]);
});

test("an admin adds, deactivates, renames and removes picklist values", async () => {
  const change = (body: object) => control(emulator, "picklist-values", body);
  await change({ field: "Tier__c", value: "Platinum", label: "Platinum tier" });
  await change({ field: "Tier__c", value: "Gold", active: false });
  await change({ field: "Tier__c", value: "Silver", renameTo: "Argent" });
  await change({ field: "Tier__c", value: "Bronze", remove: true });
  await change({ field: "Topics__c", value: "Data", renameTo: "Big Data" });
  const { fields } = await connect(emulator, "person").sobject("Campaign").describe();
  expect(fields.find((field) => field.name === "Tier__c")?.picklistValues).toMatchObject([
    // Gold is deactivated: a real describe leaves such values out.
    { value: "Argent", label: "Argent", active: true },
    { value: "Platinum", label: "Platinum tier" },
  ]);
  expect(await queryOne("SELECT Tier__c, Topics__c FROM Campaign")).toMatchObject({
    Tier__c: "Argent",
    Topics__c: "Cloud;Big Data",
  });
});

test("with several currencies a Campaign hierarchy has one", async () => {
  await control(emulator, "features", { currencies: ["USD", "EUR"] });
  const campaigns = connect(emulator, "person").sobject("Campaign");
  expect(await queryOne("SELECT CurrencyIsoCode FROM Campaign")).toEqual(
    expect.objectContaining({ CurrencyIsoCode: "USD" }),
  );
  const child = await campaigns.create({ Name: "Beta", CurrencyIsoCode: "EUR" });
  const refusal = { errorCode: "FIELD_INTEGRITY_EXCEPTION" };
  await expect(campaigns.update({ Id: child.id!, ParentId: id })).rejects.toMatchObject(refusal);
  await campaigns.update({ Id: child.id!, CurrencyIsoCode: "USD", ParentId: id });
  for (const one of [id, child.id!]) {
    const change = campaigns.update({ Id: one, CurrencyIsoCode: "EUR" });
    await expect(change).rejects.toMatchObject(refusal);
  }
  await expect(campaigns.create({ Name: "Gamma", CurrencyIsoCode: "XXX" })).rejects.toThrow(
    /bad value for restricted picklist field/,
  );
});

test("an admin removes, shortens and adds fields", async () => {
  await control(emulator, "fields", { field: "Amount__c", remove: true });
  await control(emulator, "fields", { field: "Secret__c", set: { length: 1, label: "Hidden" } });
  await control(emulator, "fields", { field: "Fresh__c", set: { type: "string", length: 5 } });
  const campaigns = connect(emulator, "person").sobject("Campaign");
  await expect(campaigns.update({ Id: id, Amount__c: 1 })).rejects.toMatchObject({
    errorCode: "INVALID_FIELD",
  });
  await expect(campaigns.update({ Id: id, Secret__c: "xy" })).rejects.toThrow(
    /^Hidden: data value too large/,
  );
  await campaigns.update({ Id: id, Fresh__c: "new" });
  expect(await queryOne("SELECT Fresh__c FROM Campaign")).toMatchObject({ Fresh__c: "new" });
  const { records } = await connect(emulator, "person").query(
    "SELECT Field__r.QualifiedApiName FROM Sample_Mapping__mdt WHERE DeveloperName = 'Amount'",
  );
  expect(records).toMatchObject([{ Field__r: null }]);
});

test("an admin deactivates a user, gives another e-mail address, and adds a user", async () => {
  const { username } = emulator.person;
  await control(emulator, "users", {
    username: "new@x.example",
    lastName: "New",
    email: "n@x.example",
  });
  await control(emulator, "users", { username: "new@x.example", email: "newer@x.example" });
  const found = "SELECT Email, IsActive FROM User WHERE Username = 'new@x.example'";
  expect(await queryOne(found)).toMatchObject({ Email: "newer@x.example", IsActive: true });
  await control(emulator, "users", { username, active: false });
  await expect(queryOne(found)).rejects.toMatchObject({ errorCode: "INVALID_SESSION_ID" });
});

test("a deleted record comes back from the bin", async () => {
  await connect(emulator, "person").sobject("Campaign").destroy(id);
  expect(await control(emulator, "undelete", { ids: [id] })).toMatchObject([{ id, success: true }]);
  expect(await queryOne("SELECT Name FROM Campaign")).toMatchObject({ Name: "Alpha" });
});

test("starting over brings back the seed under the same Ids, and nothing else", async () => {
  await connect(emulator, "person").sobject("Campaign").update({ Id: id, Name: "Changed" });
  await connect(emulator, "person").sobject("Campaign").create({ Name: "Extra" });
  await control(emulator, "picklist-values", { field: "Tier__c", value: "Platinum" });
  await control(emulator, "reset", {});
  const { records } = await connect(emulator, "person").query("SELECT Id, Name FROM Campaign");
  expect(records).toMatchObject([{ Id: id, Name: "Alpha" }]);
  expect(await readStats(emulator)).toMatchObject({ requests: { query: 1 }, eventsPublished: 0 });
  const { fields } = await connect(emulator, "person").sobject("Campaign").describe();
  const tier = fields.find((field) => field.name === "Tier__c");
  expect(JSON.stringify(tier?.picklistValues)).not.toContain("Platinum");
});

test("a seed may switch mapping rows on, and says what is wrong with a record", async () => {
  const values = { Is_Active__c: true };
  emulator.seed({
    customMetadata: [{ type: "Sample_Mapping__mdt", developerName: "Start", values }],
  });
  await control(emulator, "reset", {});
  expect(
    await queryOne("SELECT Is_Active__c FROM Sample_Mapping__mdt WHERE DeveloperName = 'Start'"),
  ).toMatchObject({ Is_Active__c: true });
  expect(() => emulator.seed({ campaigns: [{ Name: "Good" }, { Name: "" }] })).toThrow(
    /Campaign 2 can't be seeded: REQUIRED_FIELD_MISSING/,
  );
});

test.each([
  ["picklist-values", { field: "Nope__c", value: "x" }, /404 .*no field Nope__c/],
  ["fields", { field: "Nope__c", remove: true }, /404 .*no field Nope__c/],
  ["users", { username: "nobody" }, /404 .*needs a lastName/],
  ["undelete", { ids: [] }, /400/],
  ["nothing-here", {}, /404 .*no such control/],
])("the control %s says what is wrong with %j", async (path, body, message) => {
  await expect(control(emulator, path, body)).rejects.toThrow(message);
});
