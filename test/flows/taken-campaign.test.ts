/** Two Events that claim one Campaign, one on each side, until somebody lets go of it. */
import type { StoredProblem } from "../../middleware/store/history/open-problems.ts";
import { eventually, eventuallyHolds } from "../support/eventually.ts";
import { campaignManager, marketer } from "../support/people.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

let sync: RunningSync;
let claimant: string;
let holder: string;
let campaignId: string;

/** Fields that are wrong are another matter. */
async function linkProblems(): Promise<StoredProblem[]> {
  const { problems } = await sync.admin<{ problems: StoredProblem[] }>("GET", "/api/problems");
  return problems.filter(({ fieldKey }) => fieldKey === null);
}

beforeEach(async () => {
  sync = await startSync({ links: 1 });
  await sync.settled();
  campaignId = await campaignManager(sync).create({ Name: "Wanted by two" });
  claimant = await marketer(sync).create({ name: "Connected in Circa" });
  holder = await marketer(sync).create({ name: "Named in Salesforce" });
  await sync.stopMiddleware();
  await marketer(sync).connect(claimant, campaignId);
  await campaignManager(sync).edit(campaignId, { Circa_Event_Id__c: holder });
  await sync.startMiddleware();
  await eventually("both have a problem", async () => (await linkProblems()).length === 2);
});
afterEach(() => sync.close());

const expectClaimantHasIt = () =>
  eventuallyHolds("the Event that still claims it has it, and no link is wrong", async () => {
    const campaign = await campaignManager(sync).campaign(campaignId);
    expect(campaign["Circa_Event_Id__c"]).toBe(claimant);
    expect(await linkProblems()).toEqual([]);
  });

const expectHolderHasIt = () =>
  eventuallyHolds("the Event that Salesforce names has it, and no link is wrong", async () => {
    expect((await marketer(sync).event(holder))["salesforce_campaign_id"]).toBe(campaignId);
    expect(await linkProblems()).toEqual([]);
  });

test("each has a problem of its own about that Campaign", async () => {
  expect(await linkProblems()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ eventId: claimant, campaignId, code: "CAMPAIGN_TAKEN" }),
      expect.objectContaining({ eventId: holder, campaignId, code: "EVENT_TAKEN" }),
    ]),
  );
});

test("let go in Salesforce: the other Event has the Campaign at once", async () => {
  await campaignManager(sync).edit(campaignId, { Circa_Event_Id__c: null });
  await expectClaimantHasIt();
});

test("let go in Salesforce, untold: the sweep has the other Event try again", async () => {
  await salesforceAdmin(sync).setFaults({ name: "dropEvents" });
  await campaignManager(sync).edit(campaignId, { Circa_Event_Id__c: null });
  await sync.admin("POST", "/api/sweep");
  await expectClaimantHasIt();
});

test("let go in Circa: the Event that Salesforce names has it at once", async () => {
  await marketer(sync).connect(claimant, null);
  await expectHolderHasIt();
});

test("the Event that claims it in Circa chooses another Campaign: the one that Salesforce names has it", async () => {
  const other = await campaignManager(sync).create({ Name: "Wanted by one" });
  await marketer(sync).connect(claimant, other);
  await expectHolderHasIt();
});

test("the Event that claims it in Circa chooses one that is not there: the one that Salesforce names has it", async () => {
  await marketer(sync).connect(claimant, "701Dm00000ZZZZZIAA");
  await eventuallyHolds("the Event that Salesforce names has it", async () => {
    expect((await marketer(sync).event(holder))["salesforce_campaign_id"]).toBe(campaignId);
    expect(await linkProblems()).toMatchObject([{ eventId: claimant, code: "CAMPAIGN_NOT_FOUND" }]);
  });
});

test("the Event that claims it in Circa is deleted: the one that Salesforce names has it", async () => {
  await marketer(sync).remove(claimant);
  await expectHolderHasIt();
});
