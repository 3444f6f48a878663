/** The Salesforce CLI, as developers use it, signs in to the emulator and works with its data. */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { SalesforceEmulator } from "../../../emulators/salesforce/index.ts";
import { salesforceCli } from "../../support/salesforce-cli.ts";
import { startFixtureOrg } from "../../support/salesforce-org.ts";

let emulator: SalesforceEmulator;
let home: string;
let campaignId: string;

beforeAll(async () => {
  emulator = await startFixtureOrg();
  campaignId = emulator.seed({ campaigns: [{ Name: "Alpha", Code__c: "a1" }] }).campaigns[0]!;
  home = await mkdtemp(path.join(os.tmpdir(), "sf-home-"));
});
afterAll(async () => {
  await emulator.close();
  await rm(home, { recursive: true, force: true });
});

test("sf signs in by JWT, queries, and updates a record", async () => {
  const cli = salesforceCli(home);
  const { username } = emulator.integration;
  const login = await cli.signIn(emulator, "emulator");
  expect(login).toMatchObject({
    status: 0,
    result: { username, orgId: emulator.orgId, instanceUrl: emulator.url },
  });

  const update = await cli.run(
    ...["data", "update", "record", "--target-org", "emulator", "--sobject", "Campaign"],
    ...["--record-id", campaignId, "--values", "Name='Beta two' Amount__c=7.25"],
  );
  expect(update).toMatchObject({ status: 0, result: { id: campaignId, success: true } });

  const soql = "SELECT Id, Name, Amount__c, Owner.Name FROM Campaign WHERE Code__c = 'a1'";
  const query = await cli.run("data", "query", "--target-org", "emulator", "--query", soql);
  expect(query).toMatchObject({
    status: 0,
    result: {
      totalSize: 1,
      done: true,
      records: [
        { Id: campaignId, Name: "Beta two", Amount__c: 7.25, Owner: { Name: "Jamie Rivera" } },
      ],
    },
  });
}, 180_000);
