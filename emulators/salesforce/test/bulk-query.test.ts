import { parse } from "csv-parse/sync";
import type { SalesforceEmulator } from "../index.ts";
import { callRest, connect, setFaults, startFixtureOrg } from "./support/salesforce-org.ts";

let emulator: SalesforceEmulator;
beforeAll(async () => {
  emulator = await startFixtureOrg();
  emulator.seed({
    campaigns: [
      { Name: 'With "quotes", commas', Notes__c: "one\ntwo", Staffed__c: true, Amount__c: 1.5 },
      { Name: "Second" },
      { Name: "Third" },
    ],
  });
});
afterAll(() => emulator.close());

const soql =
  "SELECT Name, Sponsor__r.Name, Notes__c, Staffed__c, Amount__c FROM Campaign ORDER BY Name DESC";

async function finishJob(query: string): Promise<string> {
  const body = { operation: "query", query };
  const created = await callRest(emulator, "integration", "POST", "/jobs/query", { body });
  expect(created.body).toMatchObject({
    state: "UploadComplete",
    object: "Campaign",
    contentType: "CSV",
  });
  const { id } = created.body as { id: string };
  const look = async () =>
    (await callRest(emulator, "integration", "GET", `/jobs/query/${id}`)).body;
  expect(await look()).toMatchObject({ state: "InProgress" });
  expect(await look()).toMatchObject({ state: "JobComplete", numberRecordsProcessed: 3 });
  return id;
}

async function readSet(id: string, query = "") {
  const url = `${emulator.url}/services/data/v61.0/jobs/query/${id}/results${query}`;
  const headers = { Authorization: `Bearer ${emulator.integration.accessToken}` };
  const answer = await fetch(url, { headers });
  const rows = parse(await answer.text(), { columns: true });
  return {
    rows,
    locator: answer.headers.get("sforce-locator"),
    count: answer.headers.get("sforce-numberofrecords"),
  };
}

test("a job gives its rows as CSV, fields behind lookups by their path", async () => {
  const { rows, locator, count } = await readSet(await finishJob(soql));
  expect([locator, count]).toEqual(["null", "3"]);
  const blank = { "Sponsor__r.Name": "", Notes__c: "", Amount__c: "" };
  expect(rows).toEqual([
    {
      ...blank,
      Name: 'With "quotes", commas',
      Notes__c: "one\r\ntwo",
      Staffed__c: "true",
      Amount__c: "1.5",
    },
    { ...blank, Name: "Third", Staffed__c: "true" },
    { ...blank, Name: "Second", Staffed__c: "true" },
  ]);
});

test("sets follow each other by locator, each with a header line", async () => {
  const id = await finishJob(soql);
  const first = await readSet(id, "?maxRecords=2");
  expect(first.rows).toHaveLength(2);
  const second = await readSet(id, `?maxRecords=2&locator=${encodeURIComponent(first.locator!)}`);
  expect(second.rows).toMatchObject([{ Name: "Second" }]);
  expect(second.locator).toBe("null");
});

test("sets may be smaller than asked", async () => {
  await setFaults(emulator, { name: "shortPages", size: 1 });
  expect((await readSet(await finishJob(soql))).rows).toHaveLength(1);
  await setFaults(emulator, { name: "shortPages", size: null });
});

test("jsforce reads a job of one set", async () => {
  const stream = await connect(emulator, "integration").bulk2.query("SELECT Name FROM Campaign");
  const names: unknown[] = [];
  for await (const row of stream as AsyncIterable<{ Name: string }>) names.push(row.Name);
  expect(names).toHaveLength(3);
});

test("a bad query is refused when the job is made", async () => {
  const body = { operation: "query", query: "SELECT Nope__c FROM Campaign" };
  const answer = await callRest(emulator, "integration", "POST", "/jobs/query", { body });
  expect([answer.status, answer.body]).toMatchObject([400, [{ errorCode: "INVALID_FIELD" }]]);
});

test("a job can be aborted and deleted", async () => {
  const body = { operation: "queryAll", query: "SELECT Id FROM Campaign" };
  const { id } = (await callRest(emulator, "integration", "POST", "/jobs/query", { body }))
    .body as { id: string };
  const path = `/jobs/query/${id}`;
  const aborted = await callRest(emulator, "integration", "PATCH", path, {
    body: { state: "Aborted" },
  });
  expect(aborted.body).toMatchObject({ state: "Aborted" });
  expect((await callRest(emulator, "integration", "GET", `${path}/results`)).status).toBe(400);
  expect((await callRest(emulator, "integration", "DELETE", path)).status).toBe(204);
  expect((await callRest(emulator, "integration", "GET", path)).status).toBe(404);
});
