/** The Campaign's own state is shown whatever Salesforce refuses. */
import { eventuallyHolds } from "../support/eventually.ts";
import { expectationsOf, type LinkExpectations } from "../support/link-expectations.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

let sync: RunningSync;
let link: OneLink;
let expected: LinkExpectations;

beforeAll(async () => {
  sync = await startSync({ links: 1 });
  await sync.settled();
  link = await oneLink(sync);
  expected = expectationsOf(link);
});
afterAll(() => sync.close());
afterEach(() => salesforceAdmin(sync).clearFaults());

async function putRight(): Promise<void> {
  await salesforceAdmin(sync).clearFaults();
  await link.editEvent({ location: "Hall A" });
  await expected.inLine();
}

test("the message is refused: the status is written without it", async () => {
  await salesforceAdmin(sync).setFaults({
    name: "rejectRow",
    field: "Circa_Sync_Message__c",
    statusCode: "STRING_TOO_LONG",
    fields: ["Circa_Sync_Message__c"],
    times: 100,
  });
  await link.forceEvent({}, { location: "x".repeat(300) });
  await expected.campaign({ Circa_Sync_Status__c: "Attention", Circa_Sync_Message__c: null });
  await putRight();
});

test("a rule refuses the values without naming one: the Campaign says so all the same", async () => {
  await salesforceAdmin(sync).setFaults({
    name: "rejectRow",
    field: "Circa_Location__c",
    message: "Not in this hall.",
    fields: [],
    times: 100,
  });
  await link.editEvent({ location: "Hall B" });
  await eventuallyHolds("the Campaign shows it", async () => {
    expect(await link.campaign()).toMatchObject({
      Circa_Sync_Status__c: "Attention",
      Circa_Sync_Message__c: expect.stringContaining("Not in this hall.") as string,
    });
  });
  await eventuallyHolds("the problem is told", async () => {
    expect(await link.problems()).toEqual([
      expect.objectContaining({
        code: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
        fieldKey: "location",
        message: expect.stringContaining("Location") as string,
      }),
    ]);
  });
  await putRight();
});

test("a Campaign that can't be written at all is one problem, and heals by itself", async () => {
  await salesforceAdmin(sync).setFaults({
    name: "rejectRow",
    message: "Campaigns are frozen.",
    fields: [],
    times: 4,
  });
  await link.editEvent({ location: "Hall C" });
  await eventuallyHolds("the problem is told", async () => {
    expect(await link.problems()).toEqual([
      expect.objectContaining({
        code: "RECORD_REFUSED",
        message: expect.stringContaining("Campaigns are frozen.") as string,
      }),
    ]);
  });
  await putRight();
});
