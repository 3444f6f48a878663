/** What the local Salesforce refuses of a deployment, and what it leaves alone: small packages, in process. */
import { setImmediate as nextTurn } from "node:timers/promises";
import {
  type SalesforceEmulator,
  startSalesforceEmulator,
} from "../../../emulators/salesforce/index.ts";
import type { DeployJob } from "../../../emulators/salesforce/metadata-api/deploy/deploy-job.ts";
import { deployOptions } from "../../../emulators/salesforce/metadata-api/deploy/deploy-options.ts";
import type { ComponentName } from "../../../emulators/salesforce/metadata-api/format/component.ts";
import { fromPackage } from "../../../emulators/salesforce/metadata-api/format/from-package.ts";
import { callRest } from "../../support/salesforce-org.ts";

const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const meta = `<ApexClass ${namespace}><apiVersion>61.0</apiVersion><status>Active</status></ApexClass>`;

type Files = Readonly<Record<string, string>>;
interface Order {
  readonly options?: object;
  readonly deletions?: readonly ComponentName[];
}

let org: SalesforceEmulator;

beforeAll(async () => {
  org = await startSalesforceEmulator({ sourceDirs: [], bare: true });
});

afterAll(() => org.close());

function start(files: Files, { options = {}, deletions = [] }: Order = {}): DeployJob {
  const given = new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
  return org.metadata.deployments.request(org.person.userId, deployOptions.parse(options), () => ({
    ...fromPackage(given),
    members: null,
    deletions,
  }));
}

/** Deploys, and gives what is refused: `file:line:column problem`. */
async function deploy(files: Files, order: Order = {}): Promise<string[]> {
  const job = await org.metadata.deployments.ended(start(files, order));
  const problems = job.messages
    .filter(({ problemType }) => problemType === "Error")
    .map(({ fileName, lineNumber, columnNumber, problem }) =>
      `${[fileName, lineNumber, columnNumber].filter(Boolean).join(":")} ${problem ?? ""}`.trim(),
    );
  expect(job.status).toBe(problems.length === 0 ? "Succeeded" : "Failed");
  return problems;
}

function apexClass(name: string, body: string): Files {
  return { [`classes/${name}.cls`]: body, [`classes/${name}.cls-meta.xml`]: meta };
}

function campaign(...fields: readonly string[]): Files {
  const lines = fields.map((field) => `  <fields>\n${field}\n  </fields>`);
  return {
    "objects/Campaign.object": `<?xml version="1.0"?>\n<CustomObject ${namespace}>\n${lines.join("\n")}\n</CustomObject>`,
  };
}

function textField(name: string, more = ""): string {
  return `    <fullName>${name}</fullName>\n    <label>${name}</label>\n    <length>80</length>\n    <type>Text</type>${more}`;
}

test("wrong metadata is told with the line of the package's file, in Salesforce's words", async () => {
  const wrong = [
    textField("Good__c"),
    textField("Odd__c", "\n    <uniqe>true</uniqe>"),
    textField("Kind__c").replace("Text", "Txt"),
    textField("Bare__c").replace("    <length>80</length>\n", ""),
  ];
  const problems = await deploy({
    ...campaign(...wrong),
    "permissionsets/Readers.permissionset": `<PermissionSet ${namespace}><fieldPermissions><editable>false</editable><field>Campaign.Nope__c</field><readable>true</readable></fieldPermissions><label>Readers</label></PermissionSet>`,
  });
  expect(problems).toEqual(
    expect.arrayContaining([
      expect.stringMatching(
        /^objects\/Campaign\.object:14:1 Error parsing file: Element \{.*\}uniqe invalid at this location in type CustomField$/,
      ),
      expect.stringMatching(
        /^objects\/Campaign\.object:20:1 'Txt' is not a valid value for the enum 'FieldType'$/,
      ),
      expect.stringMatching(
        /^permissionsets\/Readers.permissionset:1:1 In field: field - no CustomField named Campaign\.Nope__c found$/,
      ),
    ]),
  );
  expect(org.org.schema.field("Campaign", "Good__c")).toBeUndefined();
});

test("Apex that does not compile, a test that fails and too little coverage keep everything out", async () => {
  const broken = {
    ...apexClass("Broken", "public class Broken {\n  void run() { Nothing it; }\n}"),
    ...apexClass("Worse", "public class Worse {\n  void run() { x = 1; }\n}"),
  };
  expect(await deploy(broken)).toEqual([
    expect.stringMatching(/^classes\/Broken\.cls:2:\d+ Invalid type: Nothing/),
    expect.stringMatching(/^classes\/Worse\.cls:2:\d+ Variable does not exist: x/),
  ]);
  const untested = apexClass(
    "Lonely",
    "public class Lonely {\n  public Integer two() { return 2; }\n}",
  );
  const failing = apexClass(
    "LonelyTest",
    "@IsTest\nprivate class LonelyTest {\n  @IsTest static void fails() { Assert.areEqual(1, 2, 'no'); }\n}",
  );
  const options = { testLevel: "RunLocalTests" };
  const failed = await org.metadata.deployments.ended(
    start({ ...untested, ...failing }, { options }),
  );
  expect(failed).toMatchObject({ status: "Failed", tests: { outcomes: [{ passed: false }] } });
  const bare = await org.metadata.deployments.ended(start(untested, { options }));
  expect(bare).toMatchObject({ status: "Failed" });
  expect(org.metadata.deployments.requestValidated(org.person.userId, bare.id)).toBeNull();
  expect(bare.coverageWarnings[0]?.message).toContain("at least 75% test coverage is required");
  expect(org.apex.program.types.size).toBe(0);
});

test("a class to be tested that is not there refuses the deployment", async () => {
  const options = { testLevel: "RunSpecifiedTests", runTests: ["NoSuchTest"] };
  expect(await deploy(campaign(textField("Tested__c")), { options })).toEqual([
    expect.stringContaining("class name's value is invalid: NoSuchTest"),
  ]);
  expect(org.org.schema.field("Campaign", "Tested__c")).toBeUndefined();
});

test("a Lightning web component that does not compile is refused with its line", async () => {
  const bundle = `<LightningComponentBundle ${namespace}><apiVersion>61.0</apiVersion><isExposed>false</isExposed></LightningComponentBundle>`;
  const problems = await deploy({
    "lwc/broken/broken.js":
      "import { LightningElement } from 'lwc';\nexport default class extends {",
    "lwc/broken/broken.html": "<template>\n  <p>\n</template>",
    "lwc/broken/broken.js-meta.xml": bundle,
  });
  expect(problems).toEqual([
    expect.stringMatching(/^lwc\/broken\/broken\.js:2:1 LWC\d+: Unexpected token/),
    expect.stringMatching(/^lwc\/broken\/broken\.html:2:1 LWC\d+: <p> has no matching/),
  ]);
});

test("who comes second waits, and builds on what the first has brought", async () => {
  const first = start(campaign(textField("First__c")));
  const second = start({
    "permissionsets/Readers.permissionset": `<PermissionSet ${namespace}><fieldPermissions><editable>false</editable><field>Campaign.First__c</field><readable>true</readable></fieldPermissions><label>Readers</label></PermissionSet>`,
  });
  expect(second.status).toBe("Pending");
  await org.metadata.deployments.ended(second);
  expect([first.status, second.status]).toEqual(["Succeeded", "Succeeded"]);
});

test("a running deployment is called off at its next step, and leaves nothing", async () => {
  const job = start(campaign(textField("Never__c")));
  while (job.status === "Pending") await nextTurn();
  org.metadata.deployments.cancel(job, org.person.userId);
  expect(job.status).toBe("Canceling");
  await org.metadata.deployments.ended(job);
  expect(job).toMatchObject({ status: "Canceled", canceledBy: org.person.userId });
  expect(org.org.schema.field("Campaign", "Never__c")).toBeUndefined();
});

test("what a scheduled job uses is locked, unless it comes as it is", async () => {
  const job = (wait: number) => ({
    ...apexClass(
      "Nightly",
      "public class Nightly implements Schedulable {\n  public void execute(SchedulableContext c) { Helper.help(); }\n}",
    ),
    ...apexClass(
      "Helper",
      `public class Helper {\n  public static Integer help() { return ${wait}; }\n}`,
    ),
  });
  expect(await deploy(job(1))).toEqual([]);
  await org.apex.executeAnonymous(
    org.person.userId,
    "System.schedule('nightly', '0 0 3 * * ?', new Nightly());",
  );
  expect(await deploy(job(1))).toEqual([]);
  const locked = "This schedulable class has jobs pending or in progress";
  expect(await deploy(job(2))).toEqual([`classes/Helper.cls ${locked}`]);
  await org.apex.executeAnonymous(
    org.person.userId,
    "for (CronTrigger t : [SELECT Id FROM CronTrigger]) System.abortJob(t.Id);",
  );
  expect(await deploy(job(2))).toEqual([]);
  const [used] = await deploy({}, { deletions: [{ type: "ApexClass", fullName: "Helper" }] });
  expect(used).toMatch(/referenced elsewhere in salesforce\.com.*Apex Class - Nightly/);
});

const report = (type: string) =>
  `<Report ${namespace}><columns><field>Zone__c$Name</field></columns><format>Tabular</format><name>Zones</name><reportType>${type}</reportType><scope>organization</scope><showDetails>true</showDetails><timeFrameFilter><dateColumn>Zone__c$CreatedDate</dateColumn><interval>INTERVAL_CUSTOM</interval></timeFrameFilter></Report>`;
const zones = {
  "objects/Zone__c.object": `<CustomObject ${namespace}><deploymentStatus>Deployed</deploymentStatus><fields><fullName>Code__c</fullName><label>Code</label><length>10</length><required>true</required><type>Text</type></fields><label>Zone</label><nameField><label>Name</label><type>Text</type></nameField><pluralLabel>Zones</pluralLabel><sharingModel>ReadWrite</sharingModel></CustomObject>`,
  "reportTypes/Zones.reportType": `<ReportType ${namespace}><baseObject>Zone__c</baseObject><category>other</category><deployed>true</deployed><label>Zones</label><sections><columns><checkedByDefault>true</checkedByDefault><field>Name</field><table>Zone__c</table></columns><masterLabel>Zones</masterLabel></sections></ReportType>`,
  "reports/Zones-meta.xml": `<ReportFolder ${namespace}><name>Zones</name></ReportFolder>`,
  "reports/Zones/All.report": report("Zones__c"),
};
const layout = (behavior: string) =>
  `<Layout ${namespace}><layoutSections><customLabel>false</customLabel><detailHeading>false</detailHeading><editHeading>true</editHeading><label>Zone</label><layoutColumns><layoutItems><behavior>${behavior}</behavior><field>Code__c</field></layoutItems></layoutColumns><style>OneColumn</style></layoutSections></Layout>`;

test("translations need Translation Workbench, and kinds that the org has not are refused", async () => {
  const translation = `<Translations ${namespace}></Translations>`;
  expect(await deploy({ "translations/de.translation": translation })).toEqual([
    "translations/de.translation Not available for deploy for this organization",
  ]);
  const [unknown] = await deploy({}, { deletions: [{ type: "Flow", fullName: "Any" }] });
  expect(unknown).toContain("Not available for deploy for this organization");
});

test("a validation finds no report type of its own, a deployment does", async () => {
  const validated = await deploy(zones, { options: { checkOnly: true } });
  expect(validated).toEqual(["reports/Zones/All.report invalid report type"]);
  expect(await deploy(zones)).toEqual([]);
  expect(await deploy(zones, { options: { checkOnly: true } })).toEqual([]);
});

test("a required field is required on a layout", async () => {
  const file = "layouts/Zone__c-Zone Layout.layout";
  expect(await deploy({ ...zones, [file]: layout("Readonly") })).toEqual([
    expect.stringMatching(
      /^layouts\/Zone__c-Zone Layout\.layout:1(:\d+)? Field:Code__c must be Required$/,
    ),
  ]);
  expect(await deploy({ ...zones, [file]: layout("Required") })).toEqual([]);
});

test("a reserved word names nothing in Apex", async () => {
  const [reserved] = await deploy(
    apexClass("Worded", "public class Worded {\n  public String hint { get; set; }\n}"),
  );
  expect(reserved).toMatch(/^classes\/Worded\.cls:2(:\d+)? Identifier name is reserved: hint/);
});

/** What a test method of this body says when it runs as part of a deployment; null: it passes. */
async function testSays(body: string): Promise<string | null> {
  const files = apexClass(
    "SomeTest",
    `@IsTest\nprivate class SomeTest {\n  @IsTest static void finds() {\n    ${body}\n  }\n}`,
  );
  const { deployments } = org.metadata;
  const options = { checkOnly: true, testLevel: "RunSpecifiedTests", runTests: ["SomeTest"] };
  const job = await deployments.ended(start(files, { options }));
  expect(job.messages.filter(({ problemType }) => problemType === "Error")).toEqual([]);
  const [outcome, ...others] = job.tests?.outcomes ?? [];
  expect([outcome?.passed, others]).toEqual([job.status === "Succeeded", []]);
  return outcome?.failure ?? null;
}

test("the names of profiles are in the language of who asks", async () => {
  const byName =
    "Assert.areEqual(1, [SELECT COUNT() FROM Profile WHERE Name = 'System Administrator']);";
  const speak = (LanguageLocaleKey: string) =>
    callRest(org, "person", "PATCH", `/sobjects/User/${org.person.userId}`, {
      body: { LanguageLocaleKey },
    });
  expect(await testSays(byName)).toBeNull();
  await speak("de");
  expect(await testSays(byName)).toContain("Expected: 1, Actual: 0");
  await speak("en_US");
});

test("a test sees the org's rows of setup objects, and none of its records", async () => {
  await callRest(org, "person", "POST", "/sobjects/Campaign", { body: { Name: "The org's own" } });
  await org.apex.executeAnonymous(
    org.person.userId,
    "System.schedule('nightly', '0 0 3 * * ?', new Nightly());",
  );
  expect(await testSays("Assert.areEqual(0, [SELECT COUNT() FROM Campaign]);")).toBeNull();
  expect(await testSays("Assert.areEqual(0, [SELECT COUNT() FROM CronTrigger]);")).toContain(
    "Expected: 0, Actual: 1",
  );
});

test("a screen gets no member that is null, at whatever depth", async () => {
  const answer =
    "public class Answer {\n" +
    "  public class Part { @AuraEnabled public String name; @AuraEnabled public List<Part> parts; }\n" +
    "  @AuraEnabled public static Part load() {\n" +
    "    Part leaf = new Part(); Part root = new Part(); root.name = 'root';\n" +
    "    root.parts = new List<Part>{ leaf, null };\n    return root;\n  }\n}";
  expect(await deploy(apexClass("Answer", answer))).toEqual([]);
  const response = await fetch(`${org.url}/apex/Answer.load`, { method: "POST", body: "{}" });
  expect(await response.json()).toEqual({ name: "root", parts: [{}, null] });
});

test("a permission set that somebody has is not deleted", async () => {
  const readers = { type: "PermissionSet", fullName: "Zone_Readers" };
  const set = `<PermissionSet ${namespace}><label>Zone Readers</label></PermissionSet>`;
  await deploy({ "permissionsets/Zone_Readers.permissionset": set });
  const [row] = [...org.org.store.rows("PermissionSet")].filter(
    ({ Name }) => Name === "Zone_Readers",
  );
  const body = { AssigneeId: org.person.userId, PermissionSetId: row?.Id };
  const place = "/sobjects/PermissionSetAssignment";
  const given = (await callRest(org, "person", "POST", place, { body })).body as { id: string };
  const [refused] = await deploy({}, { deletions: [readers] });
  expect(refused).toContain("assigned to one or more users");
  await callRest(org, "person", "DELETE", `${place}/${given.id}`);
  expect(await deploy({}, { deletions: [readers] })).toEqual([]);
});

test("records keep their Ids and rows of custom metadata stay when other objects come", async () => {
  const object = (label: string) =>
    `<CustomObject ${namespace}><deploymentStatus>Deployed</deploymentStatus><label>${label}</label><nameField><label>Name</label><type>Text</type></nameField><pluralLabel>${label}s</pluralLabel><sharingModel>ReadWrite</sharingModel></CustomObject>`;
  const type = `<CustomObject ${namespace}><label>Rule</label><pluralLabel>Rules</pluralLabel><visibility>Public</visibility></CustomObject>`;
  const row = (label: string) =>
    `<CustomMetadata ${namespace}><label>${label}</label><protected>false</protected></CustomMetadata>`;
  expect(
    await deploy({
      "objects/Zebra__c.object": object("Zebra"),
      "objects/Rule__mdt.object": type,
      "customMetadata/Rule.One.md": row("One"),
    }),
  ).toEqual([]);
  const made = await callRest(org, "person", "POST", "/sobjects/Zebra__c", { body: { Name: "Z" } });
  const { id } = made.body as { id: string };
  expect(
    await deploy({
      "objects/Ant__c.object": object("Ant"),
      "customMetadata/Rule.Two.md": row("Two"),
    }),
  ).toEqual([]);
  const read = await callRest(org, "person", "GET", `/sobjects/Zebra__c/${id}`);
  expect(read).toMatchObject({ status: 200, body: { Name: "Z" } });
  const rows = [...org.org.store.rows("Rule__mdt")].map(({ DeveloperName }) => DeveloperName);
  expect(rows).toEqual(["One", "Two"]);
});
