/** A write whose answer is lost is looked for, never repeated; the history tells it once. */
import type { Change } from "../../middleware/store/history/history.ts";
import { circaAdmin } from "../support/circa-admin.ts";
import { circaEmulator } from "../support/circa-emulator.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { expectationsOf, type LinkExpectations } from "../support/link-expectations.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

let sync: RunningSync;
let link: OneLink;
let expecting: LinkExpectations;

beforeEach(async () => {
  sync = await startSync({ links: 2 });
  await sync.settled();
  link = await oneLink(sync);
  expecting = expectationsOf(link);
  await expecting.inLine();
});
afterEach(() => sync.close());

const collection = { method: "PATCH", path: "/composite/sobjects" };
const campaignsWritten = () => salesforceAdmin(sync).campaignsWritten();
const changesOf = async (fieldKey: string) => {
  const { changes } = await sync.admin<{ changes: Change[] }>("GET", "/api/changes?limit=1000");
  return changes.filter((change) => change.fieldKey === fieldKey);
};
const expectTold = (fieldKey: string, change: Partial<Change>) =>
  eventuallyHolds("the history tells it once", async () => {
    expect(await changesOf(fieldKey)).toEqual([expect.objectContaining(change)]);
  });

test.each(["dropAfter", "truncateAfter"])(
  "Salesforce takes the Campaign and the answer is lost (%s): one write, told once",
  async (name) => {
    const before = await campaignsWritten();
    await salesforceAdmin(sync).setFaults({ name, ...collection });
    await link.editEvent({ location: "written once" });
    await expecting.campaign({ Circa_Location__c: "written once" });
    await expectTold("location", {
      newValue: "written once",
      direction: "to_salesforce",
      cause: "webhook",
    });
    await expecting.inLine();
    await sync.settled();
    expect((await campaignsWritten()) - before).toBe(1);
  },
);

test("the connection is cut before Salesforce does anything: written by the next try", async () => {
  const before = await campaignsWritten();
  await salesforceAdmin(sync).setFaults({ name: "dropBefore", ...collection });
  await link.editEvent({ location: "on the second try" });
  await expecting.campaign({ Circa_Location__c: "on the second try" });
  await expectTold("location", { newValue: "on the second try", cause: "webhook" });
  await expecting.inLine();
  expect((await campaignsWritten()) - before).toBe(1);
});

test("Circa takes the Event and the answer is lost: one write, told once", async () => {
  const fee = link.key("Sponsorship Fee");
  const writes = async () => (await circaAdmin(sync).requests())["PATCH /events/{id}"] ?? 0;
  const before = await writes();
  const lost = { method: "PATCH", path: "/events/{id}", caller: "integration" };
  await circaEmulator(sync).setFaults({
    requests: [{ kind: "timeout_after_commit", hold_ms: 100, ...lost }],
  });
  await link.editCampaign({ Sponsorship_Fee__c: 4321 });
  await expecting.event({ "Sponsorship Fee": 4321 });
  await expectTold(fee, { newValue: 4321, direction: "from_salesforce", cause: "stream" });
  await expecting.inLine();
  await sync.settled();
  expect((await writes()) - before).toBe(1);
});

test("an edit between the lost answer and the next try is not overwritten", async () => {
  await salesforceAdmin(sync).setFaults({ name: "dropAfter", ...collection });
  await link.editEvent({ location: "first" });
  await link.editEvent({ location: "second" });
  await expecting.campaign({ Circa_Location__c: "second" });
  await expecting.inLine();
  expect(await link.eventValue("location")).toBe("second");
});
