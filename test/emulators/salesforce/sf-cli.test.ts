/** The Salesforce CLI, as developers use it, signs in to the emulator and works with its data. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { SalesforceEmulator } from "../../../emulators/salesforce/index.ts";
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

async function sf(...args: string[]): Promise<{ status: number; result: unknown }> {
  const env = {
    PATH: process.env["PATH"],
    HOME: home,
    SF_DISABLE_TELEMETRY: "true",
    SF_AUTOUPDATE_DISABLE: "true",
    SF_SKIP_NEW_VERSION_CHECK: "true",
    SF_DISABLE_LOG_FILE: "true",
  };
  const cli = path.resolve("node_modules/@salesforce/cli/bin/run.js");
  const run = promisify(execFile)(process.execPath, [cli, ...args, "--json"], { env, cwd: home });
  // The CLI says on stdout what went wrong, and exits with its status.
  const { stdout } = await run.catch((failure: unknown) => failure as { stdout: string });
  return JSON.parse(stdout) as { status: number; result: unknown };
}

test("sf signs in by JWT, queries, and updates a record", async () => {
  const { username, clientId, privateKeyPem } = emulator.integration;
  const keyFile = path.join(home, "server.key");
  await writeFile(keyFile, privateKeyPem, { mode: 0o600 });

  const login = await sf(
    ...["org", "login", "jwt", "--username", username, "--client-id", clientId],
    ...["--jwt-key-file", keyFile, "--instance-url", emulator.url, "--alias", "emulator"],
  );
  expect(login).toMatchObject({
    status: 0,
    result: { username, orgId: emulator.orgId, instanceUrl: emulator.url },
  });

  const update = await sf(
    ...["data", "update", "record", "--target-org", "emulator", "--sobject", "Campaign"],
    ...["--record-id", campaignId, "--values", "Name='Beta two' Amount__c=7.25"],
  );
  expect(update).toMatchObject({ status: 0, result: { id: campaignId, success: true } });

  const soql = "SELECT Id, Name, Amount__c, Owner.Name FROM Campaign WHERE Code__c = 'a1'";
  const query = await sf("data", "query", "--target-org", "emulator", "--query", soql);
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
