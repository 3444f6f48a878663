import type { SalesforceEmulator } from "../index.ts";
import { callRest, connect, setFaults, startFixtureOrg } from "./support/salesforce-org.ts";

let emulator: SalesforceEmulator;
let campaignIds: string[];
beforeAll(async () => {
  emulator = await startFixtureOrg();
  const campaigns = Array.from({ length: 4500 }, (_, n) => ({ Name: `Campaign ${n}` }));
  campaignIds = emulator.seed({ campaigns }).campaigns;
});
afterAll(() => emulator.close());

test("jsforce follows nextRecordsUrl through all pages", async () => {
  const connection = connect(emulator, "integration");
  const first = await connection.query<{ Id: string }>("SELECT Id FROM Campaign ORDER BY Id");
  expect(first).toMatchObject({ totalSize: 4500, done: false });
  expect(first.nextRecordsUrl).toMatch(/\/services\/data\/v61\.0\/query\/01g\w+-2000$/);
  const all = await connection.query<{ Id: string }>("SELECT Id FROM Campaign ORDER BY Id", {
    autoFetch: true,
    maxFetch: 10_000,
  });
  expect(all.records.map((record) => record.Id)).toEqual(campaignIds);
});

test("the page size asked for stays within Salesforce's bounds", async () => {
  const pageSize = async (asked: number) => {
    const path = `/query?q=${encodeURIComponent("SELECT Id FROM Campaign")}`;
    const headers = { "Sforce-Query-Options": `batchSize=${asked}` };
    const { body } = await callRest(emulator, "integration", "GET", path, { headers });
    return (body as { records: unknown[] }).records.length;
  };
  expect(await pageSize(500)).toBe(500);
  expect(await pageSize(10)).toBe(200);
  expect(await pageSize(9999)).toBe(2000);
});

test("two custom long texts hold a page to 200 rows", async () => {
  const connection = connect(emulator, "integration");
  const one = await connection.query("SELECT Id, Notes__c FROM Campaign");
  expect(one.records).toHaveLength(2000);
  const two = await connection.query("SELECT Id, Notes__c, Body__c FROM Campaign");
  expect(two.records).toHaveLength(200);
});

test("a page may be smaller than asked", async () => {
  await setFaults(emulator, { name: "shortPages", size: 7 });
  const connection = connect(emulator, "integration");
  const page = await connection.query("SELECT Id FROM Campaign");
  expect(page.records).toHaveLength(7);
  const next = await connection.queryMore(page.nextRecordsUrl!);
  expect(next).toMatchObject({ totalSize: 4500, done: false });
  expect(next.nextRecordsUrl).toMatch(/-14$/);
  await setFaults(emulator, { name: "shortPages", size: null });
});

test("a bad locator is refused", async () => {
  const { status, body } = await callRest(emulator, "integration", "GET", "/query/01gxx-2000");
  expect(status).toBe(400);
  expect(body).toMatchObject([{ errorCode: "INVALID_QUERY_LOCATOR" }]);
});

test("queryAll finds deleted records, query does not", async () => {
  const connection = connect(emulator, "person");
  await connection.sobject("Campaign").destroy(campaignIds[0]!);
  const soql = `SELECT Id, IsDeleted FROM Campaign WHERE Id = '${campaignIds[0]!}'`;
  expect((await connection.query(soql)).totalSize).toBe(0);
  const { records } = await connection.query(soql, { scanAll: true });
  expect(records).toMatchObject([{ IsDeleted: true }]);
});
