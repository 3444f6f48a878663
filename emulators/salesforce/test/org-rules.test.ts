/** Rules of an org that a package or its tests run into: each is refused or answered as there. */
import { type SalesforceEmulator, startSalesforceEmulator } from "../index.ts";
import { callRest } from "./support/salesforce-org.ts";
import { apexClass, deploy, namespace, startDeployment } from "./support/small-deployments.ts";

let org: SalesforceEmulator;

beforeAll(async () => {
  org = await startSalesforceEmulator({ sourceDirs: [], bare: true });
});

afterAll(() => org.close());

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
  expect(await deploy(org, job(1))).toEqual([]);
  await org.apex.executeAnonymous(
    org.person.userId,
    "System.schedule('nightly', '0 0 3 * * ?', new Nightly());",
  );
  expect(await deploy(org, job(1))).toEqual([]);
  const locked = "This schedulable class has jobs pending or in progress";
  expect(await deploy(org, job(2))).toEqual([`classes/Helper.cls ${locked}`]);
  await org.apex.executeAnonymous(
    org.person.userId,
    "for (CronTrigger t : [SELECT Id FROM CronTrigger]) System.abortJob(t.Id);",
  );
  expect(await deploy(org, job(2))).toEqual([]);
  const [used] = await deploy(org, {}, { deletions: [{ type: "ApexClass", fullName: "Helper" }] });
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
  expect(await deploy(org, { "translations/de.translation": translation })).toEqual([
    "translations/de.translation Not available for deploy for this organization",
  ]);
  const [unknown] = await deploy(org, {}, { deletions: [{ type: "Flow", fullName: "Any" }] });
  expect(unknown).toContain("Not available for deploy for this organization");
});

test("a validation finds no report type of its own, a deployment does", async () => {
  const validated = await deploy(org, zones, { options: { checkOnly: true } });
  expect(validated).toEqual(["reports/Zones/All.report invalid report type"]);
  expect(await deploy(org, zones)).toEqual([]);
  expect(await deploy(org, zones, { options: { checkOnly: true } })).toEqual([]);
});

test("a required field is required on a layout", async () => {
  const file = "layouts/Zone__c-Zone Layout.layout";
  expect(await deploy(org, { ...zones, [file]: layout("Readonly") })).toEqual([
    expect.stringMatching(
      /^layouts\/Zone__c-Zone Layout\.layout:1(:\d+)? Field:Code__c must be Required$/,
    ),
  ]);
  expect(await deploy(org, { ...zones, [file]: layout("Required") })).toEqual([]);
});

test("a reserved word names nothing in Apex", async () => {
  const [reserved] = await deploy(
    org,
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
  const job = await deployments.ended(startDeployment(org, files, { options }));
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
  expect(await deploy(org, apexClass("Answer", answer))).toEqual([]);
  const response = await fetch(`${org.url}/apex/Answer.load`, { method: "POST", body: "{}" });
  expect(await response.json()).toEqual({ name: "root", parts: [{}, null] });
});
