/** The commands for real orgs, as far as they go without one: their words, and seeding the emulator. */
import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { execFile } from "node:child_process";
import { sampleCampaigns } from "../../scripts/org/sample-campaigns.ts";
import {
  describeWithCli,
  salesforceCli,
} from "../../emulators/salesforce/test/support/salesforce-cli.ts";
import { salesforceCliProgram } from "../../scripts/tools/salesforce-cli.ts";
import { startFixtureOrg } from "../../emulators/salesforce/test/support/salesforce-org.ts";

function command(name: string, ...parts: string[]): { status: number | null; stderr: string } {
  const env = { ...process.env, SF_TARGET_ORG: "", HOME: "/nonexistent", CI: "1" };
  return spawnSync(process.execPath, ["--import", "tsx", `scripts/org/${name}.ts`, ...parts], {
    env,
    encoding: "utf8",
  });
}

test.each(["create", "deploy", "seed", "test"])("org:%s says how to name an org", (name) => {
  const { status, stderr } = command(name);
  expect(status).toBe(2);
  expect(stderr).toContain(`npm run org:${name} -- <alias`);
});

test.each([
  ["create", ["trial", "--hub"]],
  ["deploy", ["trial", "--fast"]],
] as const)("org:%s refuses what it does not know", (name, parts) => {
  const { status, stderr } = command(name, ...parts);
  expect(status).toBe(2);
  expect(stderr).toContain("Not known: --");
});

test("org:test names the test classes when one is unknown", () => {
  const { status, stderr } = command("test", "nowhere", "NoSuchTest");
  expect(status).toBe(2);
  expect(stderr).toMatch(/^No such test class: NoSuchTest\. There are: .*CircaSignalPublisherTest/);
  expect(stderr).not.toContain("CircaTestData");
});

describeWithCli("with the Salesforce CLI", () => {
  test("org:seed fills an org once, however often it is run", async () => {
    const emulator = await startFixtureOrg();
    const home = await mkdtemp(path.join(os.tmpdir(), "sf-home-"));
    try {
      const env = { ...salesforceCli(home).env, SF_ACCESS_TOKEN: emulator.person.accessToken };
      const login = ["org", "login", "access-token", "--instance-url", emulator.url];
      const run = promisify(execFile);
      await run(
        process.execPath,
        [salesforceCliProgram(), ...login, "--alias", "trial", "--no-prompt"],
        { env },
      );
      for (let time = 0; time < 2; time += 1) {
        await run(process.execPath, ["--import", "tsx", "scripts/org/seed.ts", "trial"], { env });
      }
      const query = encodeURIComponent("SELECT Name FROM Campaign ORDER BY Name");
      const answer = await fetch(`${emulator.url}/services/data/v61.0/query?q=${query}`, {
        headers: { authorization: `Bearer ${emulator.person.accessToken}` },
      });
      const { records } = (await answer.json()) as { records: { Name: string }[] };
      expect(records.map(({ Name }) => Name)).toEqual(
        sampleCampaigns.map(({ Name }) => Name).sort(),
      );
    } finally {
      await emulator.close();
      await rm(home, { recursive: true, force: true });
    }
  }, 240_000);
});
