/** Bulk API 2.0 ingest, as the Bulk API 2.0 Developer Guide has it. */
import type { SalesforceEmulator } from "../index.ts";
import { callRest, startFixtureOrg } from "./support/salesforce-org.ts";

let org: SalesforceEmulator;

beforeAll(async () => {
  org = await startFixtureOrg();
});

afterAll(() => org.close());

async function send(path: string, method: string, body?: string): Promise<string> {
  const answer = await fetch(`${org.url}/services/data/v61.0/jobs/ingest/${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${org.person.accessToken}`,
      "Content-Type": "text/csv",
    },
    ...(body === undefined ? {} : { body }),
  });
  return answer.text();
}

/** Runs a job to its end. */
async function ingest(order: object, csv: string): Promise<{ id: string; job: unknown }> {
  const opened = await callRest(org, "person", "POST", "/jobs/ingest", { body: order });
  const { id } = opened.body as { id: string };
  await send(`${id}/batches`, "PUT", csv);
  const path = `/jobs/ingest/${id}`;
  await callRest(org, "person", "PATCH", path, { body: { state: "UploadComplete" } });
  const seen = await callRest(org, "person", "GET", path);
  expect(seen.body).toMatchObject({ state: "InProgress" });
  return { id, job: (await callRest(org, "person", "GET", path)).body };
}

test("each row has its own result, and a failed one holds no other back", async () => {
  const csv = "Name,IsActive,StartDate\nFirst,true,2027-01-02\n,true,\nThird,false,never\n";
  const { id, job } = await ingest({ object: "Campaign", operation: "insert" }, csv);
  expect(job).toMatchObject({
    state: "JobComplete",
    numberRecordsProcessed: 3,
    numberRecordsFailed: 2,
  });
  const good = await send(`${id}/successfulResults`, "GET");
  expect(good).toMatch(
    /^"sf__Id","sf__Created","Name","IsActive","StartDate"\n"701\w{15}","true","First"/,
  );
  const bad = await send(`${id}/failedResults`, "GET");
  expect(bad).toContain("REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --");
  expect(bad).toContain("INVALID_TYPE_ON_FIELD_IN_RECORD:Failed to deserialize field at StartDate");
  expect(bad.trim().split("\n")).toHaveLength(3);
});

test("a file that can't be read fails the job", async () => {
  const order = { object: "Campaign", operation: "insert" };
  expect((await ingest(order, "Name\r\nFirst\r\n")).job).toMatchObject({
    state: "Failed",
    errorMessage: "ClientInputError : LineEnding is invalid on user data",
  });
  expect((await ingest(order, "Nmae\nFirst\n")).job).toMatchObject({
    state: "Failed",
    errorMessage: "InvalidBatch : Field name not found : Nmae",
  });
  expect((await ingest(order, 'Name\n"First\n')).job).toMatchObject({ state: "Failed" });
});
