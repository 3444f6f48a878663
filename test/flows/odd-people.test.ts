/** People and addresses that no query can hold, and queries that are refused. */
import type { SweepFindings } from "../../middleware/intake/sweep/sweep.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

let sync: RunningSync;
let link: OneLink;
let other: OneLink;
let edits = 0;
const leader = (email: string) => ({ leader: { email } });
const known = "maya.lindqvist@northlark.example";

beforeAll(async () => {
  sync = await startSync({ links: 3 });
  await salesforceAdmin(sync).setMapping("Leader_To_Owner", {
    Circa_Field_Key__c: "leader",
    Campaign_Object__c: "Campaign",
    Campaign_Field__c: "OwnerId",
    Direction__c: "To_Salesforce",
    Is_Active__c: true,
  });
  await sync.settled();
  await sync.admin("POST", "/api/sweep");
  await sync.settled();
  link = await oneLink(sync);
  other = await oneLink(sync, 1);
});
afterAll(() => sync.close());

async function expectArriving(of: OneLink): Promise<void> {
  edits += 1;
  const location = `good edit ${edits}`;
  await of.editEvent({ location });
  await eventuallyHolds("the edit arrives", async () => {
    expect((await of.campaign())["Circa_Location__c"]).toBe(location);
  });
}
const expectOnlyLeaderWaits = () =>
  eventuallyHolds("the leader alone waits", async () => {
    expect((await link.problems()).map(({ fieldKey }) => fieldKey)).toEqual(["leader"]);
  });

describe.each<[string, string]>([
  ["20,000 characters", `${"x".repeat(20_000)}@x.example`],
  ["half a character", "\ud800@x.example"],
  ["a control character", "a\u0000b@x.example"],
  ["a line break", "a\nb@x.example"],
  ["quotes and backslashes", "o'brien\\\"') OR (Id != '@x.example"],
])("an e-mail address of %s", (_, email) => {
  test("stops no sweep, is its field's problem, and ends with a correction", async () => {
    await link.forceEvent({}, { leader: { id: "odd", email: email } });
    expect(await sync.admin<SweepFindings>("POST", "/api/sweep")).toBeDefined();
    await expectOnlyLeaderWaits();
    await expectArriving(other);
    await expectArriving(link);
    await link.editEvent(leader(known));
    await eventuallyHolds("no problem is left", async () => {
      expect(await link.problems()).toEqual([]);
    });
  });
});

test("users that can't be asked for now hold up only those who name them", async () => {
  const fault = { name: "respondRest", path: "IsActive", status: 400, times: 1_000 };
  const body = [
    { errorCode: "QUERY_TIMEOUT", message: "Your query request was running too long." },
  ];
  await salesforceAdmin(sync).setFaults({ ...fault, body });
  await link.forceEvent({}, { leader: { id: "odd", email: "somebody.else@northlark.example" } });
  await sync.admin("POST", "/api/sweep");
  await expectArriving(other);
  await salesforceAdmin(sync).clearFaults();
  await link.editEvent({ ...leader(known), location: "after the timeouts" });
  await eventuallyHolds("the edit arrives", async () => {
    expect((await link.campaign())["Circa_Location__c"]).toBe("after the timeouts");
    expect(await link.problems()).toEqual([]);
  });
});

test("users that may not be asked for are the problem of their field alone", async () => {
  const fault = { name: "respondRest", path: "IsActive", status: 400, times: 1_000 };
  const body = [{ errorCode: "INVALID_TYPE", message: "sObject type 'User' is not supported." }];
  await salesforceAdmin(sync).setFaults({ ...fault, body });
  await link.forceEvent({}, { leader: { id: "odd", email: "some.one@northlark.example" } });
  await sync.admin("POST", "/api/sweep");
  await expectOnlyLeaderWaits();
  await expectArriving(link);
  await expectArriving(other);
  await salesforceAdmin(sync).clearFaults();
  await link.editEvent(leader(known));
  await eventuallyHolds("no problem is left", async () => {
    expect(await link.problems()).toEqual([]);
  });
});

test.each([414, 431])(
  "addresses that are too long for somebody on the way (%d)",
  async (status) => {
    await salesforceAdmin(sync).setFaults({
      name: "longAddress",
      longest: 1_700,
      status,
      times: 1_000,
    });
    await expectArriving(link);
    await sync.admin("POST", "/api/sweep");
    await expectArriving(other);
    await salesforceAdmin(sync).clearFaults();
  },
);
