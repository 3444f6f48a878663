/**
 * The package's screens on the running org: what the service writes over REST, what Apex answers over
 * HTTP, and deployments of mappings, which Apex tests cannot run.
 */
import { type SalesforceEmulator, startSalesforceEmulator } from "../index.ts";
import { callRest } from "./support/salesforce-org.ts";

let emulator: SalesforceEmulator;
let campaignId: string;
beforeAll(async () => {
  emulator = await startSalesforceEmulator();
  campaignId = emulator.seed({
    campaigns: [{ Name: "Spring Summit", Circa_Event_Id__c: "RXZlbnQtMQ" }],
  }).campaigns[0]!;
  await upsert("Circa_Event_Field__c", "Field_Key__c", {
    Field_Key__c: "start_date",
    Name: "Start date",
    Type__c: "DATE",
  });
});
afterAll(() => emulator.close());

/** As the service does: one row by composite upsert. */
async function upsert(
  object: string,
  key: string,
  row: Readonly<Record<string, unknown>>,
): Promise<readonly { success: boolean; id?: string; errors: unknown[] }[]> {
  const { status, body } = await callRest(
    emulator,
    "integration",
    "PATCH",
    `/composite/sobjects/${object}/${key}`,
    { body: { allOrNone: false, records: [{ attributes: { type: object }, ...row }] } },
  );
  expect(status).toBe(200);
  return body as { success: boolean; id?: string; errors: unknown[] }[];
}

async function rows(soql: string): Promise<readonly Record<string, unknown>[]> {
  const { body } = await callRest(
    emulator,
    "person",
    "GET",
    `/query?q=${encodeURIComponent(soql)}`,
  );
  return (body as { records: Record<string, unknown>[] }).records;
}

async function apex(
  method: string,
  args: Readonly<Record<string, unknown>> = {},
  token = emulator.person.accessToken,
): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const response = await fetch(`${emulator.url}/apex/${method}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(args),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

interface Page {
  readonly mappings: readonly { readonly row: Record<string, unknown> }[];
}

async function startDateRow(): Promise<Record<string, unknown>> {
  const page = (await apex("CircaMappingController.loadPage")).body as unknown as Page;
  const found = page.mappings.find(({ row }) => row["circaFieldKey"] === "start_date");
  return found?.row ?? {};
}

/** The deployment's end, as a page that polls sees it. */
async function endOf(jobId: unknown): Promise<Record<string, unknown>> {
  const until = Date.now() + 10_000;
  for (;;) {
    const { body } = await apex("CircaMappingController.deploymentStatus", { jobId });
    if (body["state"] !== "running" || Date.now() > until) return body;
  }
}

test("a problem that the service writes has a number, and only Apex asks for a retry", async () => {
  const key = "RXZlbnQtMQ/start_date";
  const problem = {
    Issue_Key__c: key,
    Field_Key__c: "start_date",
    Code__c: "INVALID_DATE",
    Campaign__c: campaignId,
  };
  const [first] = await upsert("Circa_Sync_Issue__c", "Issue_Key__c", problem);
  const [again] = await upsert("Circa_Sync_Issue__c", "Issue_Key__c", problem);
  expect(again).toMatchObject({ success: true, id: first?.id });
  expect(await rows("SELECT Name, Status__c FROM Circa_Sync_Issue__c")).toMatchObject([
    { Name: expect.stringMatching(/^P-\d{6}$/) as string, Status__c: "Open" },
  ]);
  const [locked] = await upsert("Circa_Sync_Issue__c", "Issue_Key__c", {
    Issue_Key__c: key,
    Retry_Requested_At__c: "2026-11-23T21:40:00.000Z",
  });
  expect(locked).toMatchObject({ success: false });
  const { body } = await apex("CircaIssueController.retry", { issueIds: [first?.id] });
  expect(body).toMatchObject({ requested: 1, skipped: 0 });
});

test("somebody without the permission reads which one to ask for", async () => {
  const { status, body } = await apex(
    "CircaMappingController.loadPage",
    {},
    emulator.integration.accessToken,
  );
  expect(status).toBe(500);
  expect(body["message"]).toContain("Circa Sync Admin");
});

test("a good mapping is deployed, and the page can ask for the end", async () => {
  const { body } = await apex("CircaMappingController.save", {
    rows: [{ ...(await startDateRow()), active: true }],
  });
  expect(body["saved"]).toBe(true);
  expect(await endOf(body["jobId"])).toMatchObject({ state: "succeeded", rows: [] });
  expect(await startDateRow()).toMatchObject({ active: true });
});

test("a mapping that Salesforce refuses gives its reason beside the row, and changes none", async () => {
  const good = { ...(await startDateRow()), blankRule: "Keep" };
  const bad = {
    rowKey: "new",
    label: "With a space",
    circaFieldKey: "has a space",
    campaignField: "Circa_Location__c",
    direction: "To_Salesforce",
    active: false,
  };
  const { body } = await apex("CircaMappingController.save", { rows: [good, bad] });
  const results = body["results"] as { developerName: string }[];
  expect(await endOf(body["jobId"])).toMatchObject({
    state: "failed",
    rows: [
      {
        developerName: results[1]?.developerName,
        message: expect.stringContaining("Remove the spaces") as string,
      },
    ],
  });
  expect(await startDateRow()).toMatchObject({ blankRule: "Copy" });
});

test("the panel says who owns a field and what is wrong with it", async () => {
  const { body } = await apex("CircaCampaignController.getPanel", { campaignId });
  expect(body).toMatchObject({
    event: { id: "RXZlbnQtMQ" },
    fields: [{ campaignField: "StartDate", ownedBy: "Circa", state: "problem" }],
    problems: [{ retryRequestedAt: expect.any(String) as string }],
    service: { alive: false },
  });
});

test("the service's report makes it alive, and its heartbeat comes back as a signal", async () => {
  const before = await published();
  await upsert("Circa_Sync_State__c", "Connection__c", {
    Connection__c: "default",
    Heartbeat_At__c: new Date().toISOString(),
    Heartbeat_Id__c: "beat-1",
    Stream_State__c: "subscribed",
  });
  expect((await published()) - before).toBe(1);
  const { body } = await apex("CircaSetupController.getState");
  expect(body).toMatchObject({ service: { alive: true }, mappings: { active: 1, broken: 0 } });
});

async function published(): Promise<number> {
  const response = await fetch(`${emulator.url}/emulator/stats`);
  const stats = (await response.json()) as { eventsPublished: number };
  return stats.eventsPublished;
}
