/** The local Salesforce answers in the form in which real orgs answered: names, types, nesting, status, errors. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { SalesforceEmulator } from "../index.ts";
import { factsOfTypes, shapes } from "./fixtures/recorded-shapes.ts";
import { eventually } from "../../wait-until.ts";
import { callRest, fixtureSource, startFixtureOrg } from "./support/salesforce-org.ts";
import { differences, type Shape } from "./support/shapes.ts";

let org: SalesforceEmulator;
let source: string;
const version = "/services/data/v61.0";
const attributes = { type: "Campaign" };

beforeAll(async () => {
  source = mkdtempSync(path.join(os.tmpdir(), "halves-"));
  mkdirSync(path.join(source, "classes"));
  const classes = {
    Halves: "public class Halves { public static Integer ofEven(Integer n) { return n / 2; } }",
    HalvesTest:
      "@IsTest private class HalvesTest { @IsTest static void t() { Halves.ofEven(2); } }",
  };
  for (const [name, text] of Object.entries(classes)) {
    writeFileSync(path.join(source, "classes", `${name}.cls`), text);
  }
  org = await startFixtureOrg({ sourceDirs: [...fixtureSource, source] });
  org.seed({ campaigns: [{ Name: "Alpha", Code__c: "a1" }] });
});
afterAll(async () => {
  await org.close();
  rmSync(source, { recursive: true, force: true });
});

const query = (soql: string): string => `/query/?q=${encodeURIComponent(soql)}`;

async function call(method: string, place: string, body?: unknown) {
  return callRest(org, "person", method, place, { body });
}

function composite(url: string, httpHeaders: object = {}): object {
  const parts = [0, 1].map((index) => ({
    ...{ referenceId: `ref${index}`, method: "GET", url: `${version}${url}`, httpHeaders },
  }));
  return { compositeRequest: parts };
}

interface Recorded {
  readonly what: string;
  readonly call: readonly [method: string, place: string, body?: unknown];
  readonly status?: number;
  readonly shape: Shape;
}

const later = { "If-Modified-Since": new Date(Date.now() + 86_400_000).toUTCString() };
const collection = "/composite/sobjects";

const recorded: readonly Recorded[] = [
  {
    what: "a record that is created",
    call: ["POST", "/sobjects/Campaign/", { Name: "Beta" }],
    status: 201,
    shape: shapes.created,
  },
  {
    what: "records that are created",
    call: ["POST", collection, { records: [{ attributes, Name: "Gamma" }] }],
    shape: shapes.collection,
  },
  {
    what: "records upserted by external id",
    call: [
      "PATCH",
      `${collection}/Campaign/Code__c`,
      {
        records: [
          { attributes, Code__c: "a1", Name: "Alpha" },
          { attributes, Code__c: "d4", Name: "D" },
        ],
      },
    ],
    shape: shapes.upserts,
  },
  {
    what: "records upserted by Id, without one",
    call: [
      "PATCH",
      `${collection}/Campaign/Id`,
      { records: [{ attributes, Id: null, Name: "E" }] },
    ],
    shape: shapes.upserts,
  },
  { what: "rows", call: ["GET", query("select Id,Name from Campaign")], shape: shapes.rows },
  {
    what: "no rows",
    call: ["GET", query("select Id,Name from Campaign where Name = 'no'")],
    shape: shapes.noRows,
  },
  { what: "a count", call: ["GET", query("select count() from Campaign")], shape: shapes.noRows },
  {
    what: "rows without children",
    call: ["GET", query("select Name,(select Name from ChildCampaigns) from Campaign")],
    shape: shapes.parents,
  },
  {
    what: "queries together",
    call: ["POST", "/composite", composite("/query?q=SELECT Name FROM Campaign LIMIT 1")],
    shape: shapes.composite,
  },
  {
    what: "a list of objects that has not changed, asked for with others",
    call: ["POST", "/composite", composite("/sobjects", later)],
    shape: shapes.notModified,
  },
  {
    what: "how many records there are",
    call: ["GET", "/limits/recordCount?sObjects=Campaign"],
    shape: shapes.recordCount,
  },
  {
    what: "how many records there are of what has none",
    call: ["GET", "/limits/recordCount?sObjects=Sample_Mapping__mdt"],
    shape: { sObjects: [] },
  },
  {
    what: "an object's description",
    call: ["GET", "/sobjects/Campaign/describe"],
    shape: shapes.describe,
  },
  {
    what: "classes by the Tooling API",
    call: ["GET", `/tooling${query("SELECT Id, Name FROM ApexClass WHERE Name LIKE '%Test%'")}`],
    shape: shapes.toolingClasses,
  },
  {
    what: "nothing by the Tooling API",
    call: ["GET", `/tooling${query("SELECT Id FROM ApexTestQueueItem WHERE Status = 'Failed'")}`],
    shape: shapes.toolingNothing,
  },
];

test.each(recorded)("$what", async ({ call: asked, status = 200, shape }) => {
  const answer = await call(...asked);
  expect(answer.headers.get("content-type")).toMatch(/^application\/json; ?charset=utf-8$/i);
  expect(differences(shape, answer.body)).toEqual([]);
  expect(answer.status).toBe(status);
});

test("the org itself, as a record", async () => {
  const { body } = await call("GET", `/sobjects/Organization/${org.orgId}`);
  expect(differences(shapes.organization, body)).toEqual([]);
});

test("what describe says of a field follows from its type", async () => {
  const { body } = await call("GET", "/sobjects/Campaign/describe");
  const { fields } = body as { fields: Record<string, unknown>[] };
  const wrong = fields.flatMap((field) => {
    const facts = Object.entries(factsOfTypes[String(field.type)] ?? {}).map(([name, value]) =>
      name === "bytes"
        ? (["byteLength", Number(value) * Number(field.length)] as const)
        : ([name, value as unknown] as const),
    );
    return facts
      .filter(([name, value]) => field[name] !== value)
      .map(
        ([name, value]) =>
          `${String(field.name)}.${name}: ${String(field[name])}, not ${String(value)}`,
      );
  });
  expect(wrong).toEqual([]);
});

test("the refusal of an object that is not there points at its place", async () => {
  const soql = "select count() from XYZZY";
  const message = `\n${soql}\n                    ^\nERROR at Row:1:Column:21\nsObject type 'XYZZY' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`;
  const refused = [{ message, errorCode: "INVALID_TYPE" }];
  expect(await call("GET", query(soql))).toMatchObject({ status: 400, body: refused });
  const { body } = await call("POST", "/composite", composite(`/query/?q=${soql}`));
  const answer = { body: refused, httpHeaders: {}, httpStatusCode: 400 };
  const compositeResponse = [
    { ...answer, referenceId: "ref0" },
    { ...answer, referenceId: "ref1" },
  ];
  expect(body).toEqual({ compositeResponse });
});

test("an object that is not there has no resource", async () => {
  const missing = [{ errorCode: "NOT_FOUND", message: "The requested resource does not exist" }];
  const { body } = await call("POST", "/composite", composite("/sobjects/Foo"));
  const answer = { body: missing, httpHeaders: {}, httpStatusCode: 404 };
  expect(body).toMatchObject({ compositeResponse: [answer, answer] });
  expect(await call("GET", "/sobjects/Foo")).toMatchObject({ status: 404, body: missing });
});

test("a run of tests, followed and read by the Tooling API", async () => {
  const { body: classes } = await call("GET", `/tooling${query("SELECT Id FROM ApexClass")}`);
  const { records } = classes as { records: { Id: string }[] };
  const started = await call("POST", "/tooling/runTestsAsynchronous", {
    classids: records.map(({ Id }) => Id).at(-1),
  });
  expect(differences(shapes.jobId, started.body)).toEqual([]);
  const jobId = String(started.body);
  expect(jobId).toMatch(/^707\w{12}$/);
  const tooling = async (soql: string) => (await call("GET", `/tooling${query(soql)}`)).body;
  const items = `SELECT Id, Status, ApexClassId FROM ApexTestQueueItem WHERE ParentJobId = '${jobId}'`;
  expect(differences(shapes.testQueue, await tooling(items))).toEqual([]);
  await eventually("the run is over", async () =>
    JSON.stringify(await tooling(items)).includes("Completed"),
  );
  const limits =
    "Id, Callouts, AsyncCalls, DmlRows, Email, LimitContext, LimitExceptions, MobilePush";
  const results = `SELECT Id, ApexClassId, TestTimestamp, Message, MethodName, Outcome, RunTime, StackTrace, (SELECT ${limits}, QueryRows, Sosl, Cpu, Dml, Soql FROM ApexTestResults) FROM ApexTestResult WHERE AsyncApexJobId = '${jobId}'`;
  expect(differences(shapes.testResults, await tooling(results))).toEqual([]);
  const covered =
    "SELECT ApexClassOrTrigger.Name, ApexClassOrTriggerId, NumLinesCovered, NumLinesUncovered FROM ApexCodeCoverageAggregate ORDER BY ApexClassOrTrigger.Name ASC";
  const coverage = await tooling(covered);
  expect(differences(shapes.coverage, coverage)).toEqual([]);
  expect(coverage).toMatchObject({
    records: [{ ApexClassOrTrigger: { attributes: { type: "Name" } } }],
  });
  const whole = await tooling("SELECT PercentCovered FROM ApexOrgWideCoverage");
  expect(differences(shapes.orgWideCoverage, whole)).toEqual([]);
});
