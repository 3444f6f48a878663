/**
 * The package into a bare org, with the commands of the Salesforce CLI that an admin uses; test/flows/install.test.ts
 * has the guide's own, and the way back.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { type SalesforceEmulator, startSalesforceEmulator } from "../index.ts";
import { describeWithCli, type SalesforceCli, salesforceCli } from "./support/salesforce-cli.ts";
import { callRest } from "./support/salesforce-org.ts";

jest.setTimeout(300_000);

const main = "force-app/main/default";
const source = ["--source-dir", "force-app"];

describeWithCli("the package in a bare org", () => {
  let project: string;
  let org: SalesforceEmulator;
  let sf: SalesforceCli;

  beforeAll(async () => {
    project = mkdtempSync(path.join(os.tmpdir(), "sf-project-"));
    cpSync("force-app", path.join(project, "force-app"), { recursive: true });
    cpSync(".forceignore", path.join(project, ".forceignore"));
    const settings = { packageDirectories: [{ path: "force-app" }], sourceApiVersion: "61.0" };
    writeFileSync(path.join(project, "sfdx-project.json"), JSON.stringify(settings));
    org = await startSalesforceEmulator({ sourceDirs: [], bare: true });
    sf = salesforceCli(project);
    const { status } = await sf.signInAdmin(org, "bare");
    if (status !== 0) throw new Error("The CLI can't sign in.");
  });

  afterAll(async () => {
    await org.close();
    rmSync(project, { recursive: true, force: true });
  });

  function hasPackage(): boolean {
    const { objects, permissionSets } = {
      objects: org.org.schema.objects().map(({ name }) => name),
      permissionSets: [...org.org.schema.permissionSets.keys()],
    };
    return [...objects, ...permissionSets].some((name) => name.startsWith("Circa_"));
  }

  /** Changes a file of the project for as long as the work takes. */
  async function withFile(
    file: string,
    change: (text: string) => string,
    work: () => Promise<void>,
  ) {
    const place = path.join(project, main, file);
    const text = readFileSync(place, "utf8");
    writeFileSync(place, change(text));
    try {
      await work();
    } finally {
      writeFileSync(place, text);
    }
  }

  async function rowsOf(soql: string): Promise<{ status: number; body: unknown }> {
    return callRest(org, "person", "GET", `/query?q=${encodeURIComponent(soql)}`);
  }

  test("a dry run over REST finds nothing wrong and changes nothing", async () => {
    const rest = salesforceCli(project, { SF_ORG_METADATA_REST_DEPLOY: "true" });
    const answer = await rest.run("project", "deploy", "start", ...source, "--dry-run");
    expect(answer).toMatchObject({
      status: 0,
      result: { status: "Succeeded", checkOnly: true, numberComponentErrors: 0 },
    });
    expect(hasPackage()).toBe(false);
  });

  test("broken metadata and Apex are refused with their places, and nothing is changed", async () => {
    const field = "objects/Campaign/fields/Circa_Location__c.field-meta.xml";
    const apex = "classes/notifications/CircaAdmins.cls";
    await withFile(
      field,
      (text) => text.replace("<type>Text</type>", "<type>Txt</type>"),
      async () => {
        await withFile(
          apex,
          (text) => text.replace("{", "{ Integer 7up;"),
          async () => {
            const answer = await sf.run("project", "deploy", "start", ...source);
            expect(answer.status).toBe(1);
            const result = answer.result as { files: Record<string, unknown>[] };
            const failed = result.files.filter(({ state }) => state === "Failed");
            expect(failed).toContainEqual(
              expect.objectContaining({
                fullName: "Campaign.Circa_Location__c",
                type: "CustomField",
                filePath: expect.stringContaining("Circa_Location__c.field-meta.xml") as unknown,
                lineNumber: expect.any(Number) as unknown,
              }),
            );
            expect(failed).toContainEqual(
              expect.objectContaining({
                fullName: "CircaAdmins",
                lineNumber: expect.any(Number) as unknown,
              }),
            );
          },
        );
      },
    );
    expect(hasPackage()).toBe(false);
  });

  test("the package is deployed with all its tests; its fields are seen once they are granted", async () => {
    const answer = await sf.run(
      ...["project", "deploy", "start", ...source, "--test-level", "RunLocalTests"],
    );
    expect(answer).toMatchObject({
      status: 0,
      result: { status: "Succeeded", numberTestErrors: 0, runTestsEnabled: true },
    });
    const { numberTestsCompleted } = answer.result as { numberTestsCompleted: number };
    expect(numberTestsCompleted).toBeGreaterThan(100);
    expect(hasPackage()).toBe(true);

    const soql = "SELECT Circa_Location__c FROM Campaign";
    expect(await rowsOf(soql)).toMatchObject({
      status: 400,
      body: [{ errorCode: "INVALID_FIELD" }],
    });
    const assigned = await sf.run("org", "assign", "permset", "--name", "Circa_Sync_Admin");
    expect(assigned).toMatchObject({ status: 0, result: { failures: [] } });
    expect(await rowsOf(soql)).toMatchObject({ status: 200 });
  });
});
