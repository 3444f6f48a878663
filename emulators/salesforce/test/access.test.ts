import type { SalesforceEmulator } from "../index.ts";
import { callRest, connect, control, startFixtureOrg } from "./support/salesforce-org.ts";

let emulator: SalesforceEmulator;
let id: string;
beforeEach(async () => {
  emulator = await startFixtureOrg();
  id = emulator.seed({ campaigns: [{ Name: "Alpha", Secret__c: "hidden" }] }).campaigns[0]!;
});
afterEach(() => emulator.close());

test("a field that no permission set grants does not exist for the integration", async () => {
  const connection = connect(emulator, "integration");
  await expect(connection.query("SELECT Secret__c FROM Campaign")).rejects.toMatchObject({
    errorCode: "INVALID_FIELD",
    message: expect.stringMatching(/No such column 'Secret__c' on entity 'Campaign'/) as string,
  });
  await expect(
    connection.sobject("Campaign").update({ Id: id, Secret__c: "x" }),
  ).rejects.toMatchObject({
    errorCode: "INVALID_FIELD",
    message: "No such column 'Secret__c' on sobject of type Campaign",
  });
  const { fields } = await connection.sobject("Campaign").describe();
  const names = fields.map((field) => field.name);
  expect(names).not.toContain("Secret__c");
  expect(names).toEqual(
    expect.arrayContaining(["Id", "Name", "OwnerId", "SystemModstamp", "Own_Field__c"]),
  );
  expect(await connection.sobject("Campaign").retrieve(id)).not.toHaveProperty("Secret__c");
});

test("a field that is granted for reading only can't be written", async () => {
  const connection = connect(emulator, "integration");
  const { fields } = await connection.sobject("Campaign").describe();
  const phone = fields.find((field) => field.name === "Contact_Phone__c");
  expect(phone).toMatchObject({ updateable: false, createable: false });
  const results = await connection.sobject("Campaign").update([{ Id: id, Contact_Phone__c: "1" }]);
  expect(results).toMatchObject([
    {
      success: false,
      errors: [{ statusCode: "INVALID_FIELD_FOR_INSERT_UPDATE", fields: ["Contact_Phone__c"] }],
    },
  ]);
});

test("the integration may not delete", async () => {
  const answer = await callRest(emulator, "integration", "DELETE", `/sobjects/Campaign/${id}`);
  expect(answer.status).toBe(403);
  expect(answer.body).toMatchObject([
    {
      errorCode: "INSUFFICIENT_ACCESS_OR_READONLY",
      message: "insufficient access rights on object id",
    },
  ]);
});

test("the person sees and writes everything", async () => {
  const campaigns = connect(emulator, "person").sobject("Campaign");
  await campaigns.update({ Id: id, Secret__c: "seen" });
  expect(await campaigns.retrieve(id)).toMatchObject({ Secret__c: "seen" });
});

test("a grant made in Setup takes effect at once", async () => {
  await control(emulator, "field-permissions", { field: "Secret__c", readable: true });
  const { records } = await connect(emulator, "integration").query(
    "SELECT Secret__c FROM Campaign",
  );
  expect(records).toMatchObject([{ Secret__c: "hidden" }]);
});

test("a custom metadata type without access is not there for the integration", async () => {
  const set = emulator.org.schema.permissionSets.get("Circa_Sync_Integration")!;
  set.customMetadataTypes.clear();
  await expect(
    connect(emulator, "integration").query("SELECT Id FROM Sample_Mapping__mdt"),
  ).rejects.toMatchObject({ errorCode: "INVALID_TYPE" });
});

test("without the package's permission set the integration may do everything", async () => {
  const bare = await startFixtureOrg({ sourceDirs: [] });
  const { sobjects } = await connect(bare, "integration").describeGlobal();
  expect(sobjects.map((each) => each.name)).toContain("Campaign");
  await bare.close();
});
