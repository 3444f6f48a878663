/** What the local Salesforce refuses of a deployment, and what it leaves alone: small packages, in process. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { type SalesforceEmulator, startSalesforceEmulator } from "../index.ts";
import { callRest } from "./support/salesforce-org.ts";
import {
  apexClass,
  deploy,
  type Files,
  namespace,
  startDeployment,
} from "./support/small-deployments.ts";

let org: SalesforceEmulator;

beforeAll(async () => {
  org = await startSalesforceEmulator({ sourceDirs: [], bare: true });
});

afterAll(() => org.close());

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
  const problems = await deploy(org, {
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
  expect(await deploy(org, broken)).toEqual([
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
    startDeployment(org, { ...untested, ...failing }, { options }),
  );
  expect(failed).toMatchObject({ status: "Failed", tests: { outcomes: [{ passed: false }] } });
  const bare = await org.metadata.deployments.ended(startDeployment(org, untested, { options }));
  expect(bare).toMatchObject({ status: "Failed" });
  expect(org.metadata.deployments.requestValidated(org.person.userId, bare.id)).toBeNull();
  expect(bare.coverageWarnings[0]?.message).toContain("at least 75% test coverage is required");
  expect(org.apex.program.types.size).toBe(0);
});

test("a class to be tested that is not there refuses the deployment", async () => {
  const options = { testLevel: "RunSpecifiedTests", runTests: ["NoSuchTest"] };
  expect(await deploy(org, campaign(textField("Tested__c")), { options })).toEqual([
    expect.stringContaining("class name's value is invalid: NoSuchTest"),
  ]);
  expect(org.org.schema.field("Campaign", "Tested__c")).toBeUndefined();
});

test("a Lightning web component that does not compile is refused with its line", async () => {
  const bundle = `<LightningComponentBundle ${namespace}><apiVersion>61.0</apiVersion><isExposed>false</isExposed></LightningComponentBundle>`;
  const problems = await deploy(org, {
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
  const first = startDeployment(org, campaign(textField("First__c")));
  const second = startDeployment(org, {
    "permissionsets/Readers.permissionset": `<PermissionSet ${namespace}><fieldPermissions><editable>false</editable><field>Campaign.First__c</field><readable>true</readable></fieldPermissions><label>Readers</label></PermissionSet>`,
  });
  expect(second.status).toBe("Pending");
  await org.metadata.deployments.ended(second);
  expect([first.status, second.status]).toEqual(["Succeeded", "Succeeded"]);
});

test("a running deployment is called off at its next step, and leaves nothing", async () => {
  const job = startDeployment(org, campaign(textField("Never__c")));
  while (job.status === "Pending") await nextTurn();
  org.metadata.deployments.cancel(job, org.person.userId);
  expect(job.status).toBe("Canceling");
  await org.metadata.deployments.ended(job);
  expect(job).toMatchObject({ status: "Canceled", canceledBy: org.person.userId });
  expect(org.org.schema.field("Campaign", "Never__c")).toBeUndefined();
});

test("a permission set that somebody has is not deleted", async () => {
  const readers = { type: "PermissionSet", fullName: "Zone_Readers" };
  const set = `<PermissionSet ${namespace}><label>Zone Readers</label></PermissionSet>`;
  await deploy(org, { "permissionsets/Zone_Readers.permissionset": set });
  const [row] = [...org.org.store.rows("PermissionSet")].filter(
    ({ Name }) => Name === "Zone_Readers",
  );
  const body = { AssigneeId: org.person.userId, PermissionSetId: row?.Id };
  const place = "/sobjects/PermissionSetAssignment";
  const given = (await callRest(org, "person", "POST", place, { body })).body as { id: string };
  const [refused] = await deploy(org, {}, { deletions: [readers] });
  expect(refused).toContain("assigned to one or more users");
  await callRest(org, "person", "DELETE", `${place}/${given.id}`);
  expect(await deploy(org, {}, { deletions: [readers] })).toEqual([]);
});

test("records keep their Ids and rows of custom metadata stay when other objects come", async () => {
  const object = (label: string) =>
    `<CustomObject ${namespace}><deploymentStatus>Deployed</deploymentStatus><label>${label}</label><nameField><label>Name</label><type>Text</type></nameField><pluralLabel>${label}s</pluralLabel><sharingModel>ReadWrite</sharingModel></CustomObject>`;
  const type = `<CustomObject ${namespace}><label>Rule</label><pluralLabel>Rules</pluralLabel><visibility>Public</visibility></CustomObject>`;
  const row = (label: string) =>
    `<CustomMetadata ${namespace}><label>${label}</label><protected>false</protected></CustomMetadata>`;
  expect(
    await deploy(org, {
      "objects/Zebra__c.object": object("Zebra"),
      "objects/Rule__mdt.object": type,
      "customMetadata/Rule.One.md": row("One"),
    }),
  ).toEqual([]);
  const made = await callRest(org, "person", "POST", "/sobjects/Zebra__c", { body: { Name: "Z" } });
  const { id } = made.body as { id: string };
  expect(
    await deploy(org, {
      "objects/Ant__c.object": object("Ant"),
      "customMetadata/Rule.Two.md": row("Two"),
    }),
  ).toEqual([]);
  const read = await callRest(org, "person", "GET", `/sobjects/Zebra__c/${id}`);
  expect(read).toMatchObject({ status: 200, body: { Name: "Z" } });
  const rows = [...org.org.store.rows("Rule__mdt")].map(({ DeveloperName }) => DeveloperName);
  expect(rows).toEqual(["One", "Two"]);
});
