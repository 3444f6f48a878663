/** The middleware's own reading of bulk queries: every row once, whatever comes in between. */
import type { SalesforceEmulator } from "../../emulators/salesforce/index.ts";
import { systemClock } from "../../middleware/runtime/clock.ts";
import { createLog } from "../../middleware/runtime/log.ts";
import { Circuit } from "../../middleware/systems/circuit/circuit.ts";
import {
  bulkQueries,
  type BulkQueries,
} from "../../middleware/systems/salesforce/campaigns/bulk-query.ts";
import { createConnection } from "../../middleware/systems/salesforce/connection/connection.ts";
import {
  setFaults,
  startFixtureOrg,
} from "../../emulators/salesforce/test/support/salesforce-org.ts";

const campaigns = 12_345;
const setSize = 2_500;
let emulator: SalesforceEmulator;
let bulk: BulkQueries;
const never = new AbortController().signal;
/** Waiting between two looks at the job takes no time here. */
const clock = { ...systemClock, sleep: () => Promise.resolve() };

beforeAll(async () => {
  emulator = await startFixtureOrg();
  emulator.seed({
    campaigns: Array.from({ length: campaigns }, (_, index) => ({
      Name: `No. ${index}, "quoted"`,
      Notes__c: index % 7 === 0 ? "one\ntwo" : null,
    })),
  });
  const { url, apiVersion, integration } = emulator;
  const { clientId, clientSecret } = integration;
  const signIn = { kind: "client_credentials", clientId, clientSecret } as const;
  const config = {
    loginUrl: url,
    apiVersion,
    apiShare: 0.8,
    requestTimeoutMs: 60_000,
    namespace: null,
    signIn,
  };
  const log = createLog("silent");
  const circuit = new Circuit({ system: "salesforce", clock: systemClock, log });
  const guards = { circuit, budget: { note: () => undefined } };
  bulk = bulkQueries(
    createConnection(config, systemClock, guards, () => Promise.resolve()),
    clock,
  );
});
afterAll(() => emulator.close());

const soql = "SELECT Id, Name, Notes__c FROM Campaign";
const startJob = async () => {
  const job = await bulk.startBulkQuery(soql);
  expect(await bulk.bulkQueryDone(job, never)).toBe(true);
  return job;
};
const readAll = async (job: string) => {
  const rows = [];
  let locator: string | null = null;
  let sets = 0;
  do {
    const set = await bulk.bulkQuerySet(job, locator, setSize);
    rows.push(...set.rows);
    locator = set.next;
    sets += 1;
  } while (locator !== null);
  return { rows, sets };
};

test("more than 10,000 rows come once each, set by set, without the sets' header lines", async () => {
  const job = await startJob();
  const { rows, sets } = await readAll(job);
  expect(sets).toBe(Math.ceil(campaigns / setSize));
  expect(rows).toHaveLength(campaigns);
  expect(new Set(rows.map((row) => row["Id"])).size).toBe(campaigns);
  expect(rows.filter((row) => row["Id"] === "Id")).toEqual([]);
  expect(rows[7]).toMatchObject({ Name: 'No. 7, "quoted"', Notes__c: "one\r\ntwo" });
  await bulk.endBulkQuery(job);
});

test("a set that is cut off is read again, and no row is lost or doubled", async () => {
  const job = await startJob();
  await setFaults(emulator, { name: "truncateAfter", path: "/results", skip: 1, times: 2 });
  const { rows } = await readAll(job);
  expect(new Set(rows.map((row) => row["Id"])).size).toBe(campaigns);
  expect(rows).toHaveLength(campaigns);
  await bulk.endBulkQuery(job);
});

test("a set that is never whole is an error that says so", async () => {
  const job = await startJob();
  const body = '"Id","Name","Notes__c"\n"701000000000001AAA","a",""\n';
  const headers = {
    "content-type": "text/csv",
    "sforce-locator": "null",
    "sforce-numberofrecords": "2",
  };
  await setFaults(emulator, {
    name: "respondRest",
    path: "/results",
    times: 4,
    status: 200,
    body,
    headers,
  });
  await expect(bulk.bulkQuerySet(job, null, setSize)).rejects.toThrow("1 rows instead of 2");
  await bulk.endBulkQuery(job);
});

test("a job ends and is deleted, also before it is done and when it is gone", async () => {
  const job = await bulk.startBulkQuery(soql);
  await bulk.endBulkQuery(job);
  await expect(bulk.bulkQueryDone(job, never)).rejects.toMatchObject({ kind: "not_found" });
  await bulk.endBulkQuery(job);
});

test("waiting for a job ends with the process", async () => {
  const job = await bulk.startBulkQuery(soql);
  expect(await bulk.bulkQueryDone(job, AbortSignal.abort())).toBe(false);
  await bulk.endBulkQuery(job);
});
