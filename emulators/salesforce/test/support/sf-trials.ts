/** What the Salesforce CLI does with the local Salesforce; the README lists its commands. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { SalesforceEmulator } from "../../index.ts";
import { deployOptions } from "../../metadata-api/deploy/deploy-options.ts";
import type { DeployPackage } from "../../metadata-api/deploy/read-package.ts";
import { type SalesforceCli, salesforceCli } from "./salesforce-cli.ts";
import { connect } from "./salesforce-org.ts";

/** A developer's project with two Apex classes, and a sign-in to the org. */
export interface SfDesk {
  readonly org: SalesforceEmulator;
  readonly folder: string;
  readonly cli: SalesforceCli;
}

type Answer = Awaited<ReturnType<SalesforceCli["run"]>>;

export interface SfTrial {
  /** As people type it, without what changes from call to call. */
  readonly command: string;
  run(desk: SfDesk): Promise<Answer>;
  /** What the answer holds. */
  readonly answer: object;
}

const classes = "force-app/main/default/classes";
const source = ["--source-dir", "force-app"];
const soql = "SELECT Name FROM Campaign WHERE Name = 'For sf'";

/** @param folder an empty folder */
export async function setUpSfDesk(org: SalesforceEmulator, folder: string): Promise<SfDesk> {
  const desk = { org, folder, cli: salesforceCli(folder) };
  const settings = { packageDirectories: [{ path: "force-app" }], sourceApiVersion: "61.0" };
  write(desk, "sfdx-project.json", JSON.stringify(settings));
  mkdirSync(path.join(folder, classes), { recursive: true });
  writeClass(desk, "Tried", "public class Tried { public static Integer two() { return 2; } }");
  writeClass(
    desk,
    "TriedTest",
    "@IsTest private class TriedTest { @IsTest static void two() { Assert.areEqual(2, Tried.two()); } }",
  );
  await connect(org, "person").sobject("Campaign").create({ Name: "For sf" });
  const { status } = await desk.cli.signInAdmin(org, "tried");
  if (status !== 0) throw new Error("The CLI can't sign in.");
  return desk;
}

function write({ folder }: Pick<SfDesk, "folder">, file: string, text: string): void {
  writeFileSync(path.join(folder, file), text);
}

function writeClass(desk: SfDesk, name: string, text: string): void {
  write(desk, `${classes}/${name}.cls`, text);
  write(
    desk,
    `${classes}/${name}.cls-meta.xml`,
    '<?xml version="1.0" encoding="UTF-8"?><ApexClass xmlns="http://soap.sforce.com/2006/04/metadata">' +
      "<apiVersion>61.0</apiVersion><status>Active</status></ApexClass>",
  );
}

/** A trial of one command. */
function one(command: string, options: readonly string[], result: unknown): SfTrial {
  return {
    command,
    run: ({ cli }) => cli.run(...command.split(" "), ...options),
    answer: { status: 0, result },
  };
}

/** A trial of several, which gives the last one's answer. */
function several(command: string, result: unknown, run: SfTrial["run"]): SfTrial {
  return { command, run, answer: { status: 0, result } };
}

async function idOf(answer: Promise<Answer>): Promise<string> {
  return ((await answer).result as { id: string }).id;
}

const campaign = ["--sobject", "Campaign"];
const succeeded = { status: "Succeeded", success: true, numberComponentErrors: 0 };
const passed = { summary: { outcome: "Passed", passing: 1 } };
const holding = (text: string): unknown => expect.stringContaining(text);
const listing = (row: object): unknown => expect.arrayContaining([expect.objectContaining(row)]);

/** A bulk job over a file of rows. */
function bulk(command: string, csv: string, options: readonly string[], result: object): SfTrial {
  return several(command, result, (desk) => {
    write(desk, "rows.csv", csv);
    const file = ["--file", "rows.csv", "--wait", "5", ...options];
    return desk.cli.run(...command.split(" "), ...campaign, ...file);
  });
}

/** Some leave behind what later ones need: the order counts. */
export const sfTrials = {
  signIn: several("org login jwt", { username: holding("@") }, ({ cli, org }) =>
    cli.signIn(org, "integration"),
  ),
  signInByToken: several("org login access-token", { username: holding("@") }, ({ cli, org }) =>
    cli.signInAdmin(org, "tried"),
  ),
  query: one("data query", ["--query", soql], {
    totalSize: 1,
    records: [{ Name: "For sf" }],
  }),
  createRecord: one("data create record", [...campaign, "--values", "Name=Typed"], {
    success: true,
  }),
  getRecord: one("data get record", [...campaign, "--where", "Name=Typed"], {
    Name: "Typed",
  }),
  updateRecord: one(
    "data update record",
    [...campaign, "--where", "Name=Typed", "--values", "Name='Typed again' Amount__c=7.25"],
    { success: true },
  ),
  deleteRecord: one("data delete record", [...campaign, "--where", "Name='Typed again'"], {
    success: true,
  }),
  describe: one("sobject describe", campaign, { name: "Campaign", keyPrefix: "701" }),
  listObjects: one(
    "sobject list",
    ["--sobject", "all"],
    expect.arrayContaining(["Campaign", "User"]),
  ),
  limits: one("org list limits", [], listing({ name: "DailyApiRequests" })),
  importTree: several(
    "data import tree",
    [{ refId: "c1", type: "Campaign" }],
    (desk: SfDesk): Promise<Answer> => {
      const attributes = { type: "Campaign", referenceId: "c1" };
      write(desk, "tree.json", JSON.stringify({ records: [{ attributes, Name: "From a tree" }] }));
      return desk.cli.run("data", "import", "tree", "--files", "tree.json");
    },
  ),
  exportTree: one("data export tree", ["--query", soql], { records: [{ Name: "For sf" }] }),
  importBulk: bulk("data import bulk", "Code__c,Name\nsf-1,First\nsf-2,Second\n", [], {
    successfulRecords: 2,
    failedRecords: 0,
  }),
  upsertBulk: bulk(
    "data upsert bulk",
    "Code__c,Name\r\nsf-2,Again\r\nsf-3,Third\r\n",
    ["--external-id", "Code__c", "--line-ending", "CRLF"],
    { jobInfo: { numberRecordsProcessed: 2, numberRecordsFailed: 0 } },
  ),
  deleteBulk: several("data delete bulk", { jobInfo: { numberRecordsProcessed: 3 } }, (desk) =>
    deleteRows(desk, "SELECT Id FROM Campaign WHERE Code__c LIKE 'sf-%'"),
  ),
  exportBulk: one(
    "data export bulk",
    ["--query", soql, "--output-file", "out.csv", "--result-format", "csv", "--wait", "5"],
    { totalSize: 1 },
  ),
  deployStart: several(
    "project deploy start",
    { ...succeeded, numberTestsCompleted: 1 },
    ({ cli }) =>
      cli.run(
        ...["project", "deploy", "start", ...source],
        ...["--test-level", "RunSpecifiedTests", "--tests", "TriedTest"],
      ),
  ),
  dryRun: one("project deploy start --dry-run", source, {
    ...succeeded,
    checkOnly: true,
  }),
  deployReport: several("project deploy report", succeeded, async ({ cli }) => {
    const id = await idOf(cli.run("project", "deploy", "start", ...source, "--async"));
    return cli.run("project", "deploy", "report", "--job-id", id, "--wait", "5");
  }),
  deployQuick: several("project deploy quick", succeeded, async ({ cli }) => {
    const tests = ["--test-level", "RunLocalTests"];
    const id = await idOf(cli.run("project", "deploy", "validate", ...source, ...tests));
    return cli.run("project", "deploy", "quick", "--job-id", id);
  }),
  deployCancel: {
    command: "project deploy cancel",
    run: cancelDeployment,
    answer: { result: { status: "Canceled", success: false } },
  },
  retrieve: several("project retrieve start", { success: true }, async ({ cli, folder }) => {
    const file = path.join(folder, classes, "Tried.cls");
    const sent = readFileSync(file, "utf8");
    writeFileSync(file, "");
    const answer = await cli.run("project", "retrieve", "start", "--metadata", "ApexClass:Tried");
    if (readFileSync(file, "utf8") !== sent) throw new Error("The class came back changed.");
    return answer;
  }),
  manifest: several("project generate manifest", { path: "package.xml" }, async (desk) => {
    const answer = await desk.cli.run(
      ...["project", "generate", "manifest", "--from-org", "tried", "--metadata", "ApexClass"],
    );
    const listed = readFileSync(path.join(desk.folder, "package.xml"), "utf8");
    if (!listed.includes("<members>Tried</members>")) throw new Error(listed);
    return answer;
  }),
  listMetadata: one(
    "org list metadata",
    ["--metadata-type", "ApexClass"],
    listing({ fullName: "Tried" }),
  ),
  listMetadataTypes: one("org list metadata-types", [], {
    metadataObjects: listing({ xmlName: "ApexClass", directoryName: "classes" }),
  }),
  toolingQuery: one(
    "data query --use-tooling-api",
    ["--query", "SELECT Name FROM ApexClass WHERE Name = 'Tried'"],
    { records: [{ Name: "Tried" }] },
  ),
  apexRun: several("apex run", { success: true, logs: holding("two is 2") }, (desk) => {
    write(desk, "two.apex", "System.debug('two is ' + Tried.two());");
    return desk.cli.run("apex", "run", "--file", "two.apex");
  }),
  apexTest: one(
    "apex run test",
    ["--class-names", "TriedTest", "--code-coverage", "--wait", "5"],
    passed,
  ),
  apexTestReport: several("apex get test", passed, async ({ cli }) => {
    const { result } = await cli.run("apex", "run", "test", "--class-names", "TriedTest");
    const { testRunId } = result as { testRunId: string };
    return cli.run("apex", "get", "test", "--test-run-id", testRunId);
  }),
  assignPermset: one("org assign permset", ["--name", "Own_Fields"], {
    successes: [{ value: "Own_Fields" }],
    failures: [],
  }),
  openOrg: one("org open --url-only", [], { url: holding("/secur/frontdoor.jsp") }),
  deleteSource: several("project delete source", succeeded, async ({ cli, folder }) => {
    const metadata = ["--metadata", "ApexClass:TriedTest", "--metadata", "ApexClass:Tried"];
    const answer = await cli.run("project", "delete", "source", "--no-prompt", ...metadata);
    rmSync(path.join(folder, "force-app"), { recursive: true, force: true });
    return answer;
  }),
  search: {
    command: "data search",
    run: ({ cli }: SfDesk) =>
      cli.run("data", "search", "--query", "FIND {For sf} RETURNING Campaign"),
    answer: { status: 1, message: "The requested resource does not exist" },
  },
} satisfies Record<string, SfTrial>;

async function deleteRows(desk: SfDesk, rows: string): Promise<Answer> {
  const { result } = await desk.cli.run("data", "query", "--query", rows);
  const { records } = result as { records: { Id: string }[] };
  write(desk, "rows.csv", ["Id", ...records.map(({ Id }) => Id), ""].join("\n"));
  return desk.cli.run("data", "delete", "bulk", ...campaign, "--file", "rows.csv", "--wait", "5");
}

/** Cancels a deployment that waits for another, as two admins' do. */
async function cancelDeployment({ cli, org }: SfDesk): Promise<Answer> {
  const { deployments } = org.metadata;
  let goOn = (_: DeployPackage): void => undefined;
  const first = deployments.request(
    org.person.userId,
    deployOptions.parse({}),
    () => new Promise<DeployPackage>((resolve) => (goOn = resolve)),
  );
  const id = await idOf(cli.run("project", "deploy", "start", ...source, "--async"));
  const answer = await cli.run("project", "deploy", "cancel", "--job-id", id);
  goOn({ files: [], strays: [], members: [], deletions: [] });
  await deployments.ended(first);
  return answer;
}
