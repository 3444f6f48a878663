/** At the initial sync a blank overwrites no value, on either side, nor on the pass after it. */
import type { SweepFindings } from "../../middleware/intake/sweep/sweep.ts";
import type { HeldBlankRow } from "../../middleware/store/links/initial-syncs.ts";
import { circaEmulator } from "../support/circa-emulator.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { expectationsOf, type LinkExpectations } from "../support/link-expectations.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";
import { syncNow } from "../support/sync-now.ts";

const location = "Location_to_Campaign_Circa_Location";
const paidTotal = "Paid_Total_to_Campaign_Circa_Paid_Total";
const plannedTotal = "Planned_Total_to_Campaign_Budgeted_Cost";
const fee = "Sponsorship_Fee";
const roles = "Roles_to_Campaign_Circa_Roles";

let sync: RunningSync;
let link: OneLink;
let expected: LinkExpectations;

beforeAll(async () => {
  sync = await startSync({ links: 1, activateMappings: false });
  await sync.settled();
  link = await oneLink(sync);
  expected = expectationsOf(link);
});
afterAll(() => sync.close());

const switchOn = async (row: string, direction: "To_Salesforce" | "From_Salesforce") => {
  await salesforceAdmin(sync).setMapping(row, { Is_Active__c: true, Direction__c: direction });
  await salesforceAdmin(sync).tellMappingsChanged();
};
const switchOff = async (row: string) => {
  await salesforceAdmin(sync).setMapping(row, { Is_Active__c: false });
  await salesforceAdmin(sync).tellMappingsChanged();
  await eventuallyHolds("the mapping is off", async () => {
    expect((await sync.status()).mappings.active).toEqual([]);
  });
  await sync.settled();
};
/** One more pass over the link, and a full comparison that finds nothing. */
const lookAgain = async () => {
  await sync.settled();
  await syncNow(sync, link.campaignId);
  await sync.settled();
  const { missed } = await sync.admin<SweepFindings>("POST", "/api/sweep?full=true");
  expect(missed).toBe(0);
  await sync.settled();
};
const heldBlanks = async () =>
  (await sync.admin<{ heldBlanks: HeldBlankRow[] }>("GET", "/api/problems")).heldBlanks;

test.each([
  ["TO", location, "To_Salesforce", { location: null }, { Circa_Location__c: "Bern" }],
  ["FROM", location, "From_Salesforce", { location: "Bern" }, { Circa_Location__c: null }],
  ["picklist TO", roles, "To_Salesforce", { roles: [] }, { Circa_Roles__c: "Sponsor" }],
  ["picklist FROM", roles, "From_Salesforce", { roles: ["Sponsor"] }, { Circa_Roles__c: null }],
] as const)(
  "%s Salesforce: the side without a value takes the other's, and keeps it",
  async (...given) => {
    const [, row, direction, onEvent, onCampaign] = given;
    await link.forceEvent({ ...onEvent });
    await link.editCampaign({ ...onCampaign });
    await switchOn(row, direction);
    const filledEvent = row === roles ? { roles: ["Sponsor"] } : { location: "Bern" };
    const filledCampaign =
      row === roles ? { Circa_Roles__c: "Sponsor" } : { Circa_Location__c: "Bern" };
    await expected.event(filledEvent);
    await expected.campaign(filledCampaign);
    await lookAgain();
    await expected.event(filledEvent);
    expect(await link.campaign()).toMatchObject(filledCampaign);
    await expected.inLine();
    await switchOff(row);
  },
);

test("a blank that Circa does not let be filled is held, said and no problem; it ends with the source", async () => {
  await link.forceEvent({}, { paid_total: null });
  await link.editCampaign({ Circa_Paid_Total__c: 5000 });
  await switchOn(paidTotal, "To_Salesforce");
  await eventuallyHolds("it is held", async () => {
    expect(await heldBlanks()).toEqual([
      expect.objectContaining({ eventId: link.eventId, campaignId: link.campaignId }),
    ]);
  });
  await lookAgain();
  expect(await link.campaign()).toMatchObject({
    Circa_Paid_Total__c: 5000,
    Circa_Sync_Status__c: "In Sync",
  });
  expect(await link.problems()).toEqual([]);
  const { state, problems } = await link.shownState();
  expect(state).toBe("in_sync");
  expect(problems).toEqual([
    {
      field: "paid_total",
      message: expect.stringMatching(
        /"Paid Total" is blank .* holds 5000\. The first sync/,
      ) as string,
      hint: expect.stringMatching(/as soon as the Event's "Paid Total" changes/) as string,
    },
  ]);
  expect((await sync.status()).heldBlanks).toBe(1);

  await link.forceEvent({}, { paid_total: 70 });
  await expected.campaign({ Circa_Paid_Total__c: 70 });
  await expected.inLine();
  expect(await heldBlanks()).toEqual([]);
  await link.forceEvent({}, { paid_total: null });
  await expected.campaign({ Circa_Paid_Total__c: null });
  await switchOff(paidTotal);
});

test("0 and a later clear are no blanks of the initial sync", async () => {
  await link.forceEvent({}, { planned_total: 0 });
  await link.editCampaign({ BudgetedCost: 900 });
  await switchOn(plannedTotal, "To_Salesforce");
  await expected.campaign({ BudgetedCost: 0 });
  await switchOff(plannedTotal);
});

test("what a person enters while a slow batch is under way stays, though it was blank when it was read", async () => {
  await link.forceEvent({ location: "Bern", "Sponsorship Fee": 100 });
  await link.editCampaign({ Circa_Location__c: null, Sponsorship_Fee__c: 250 });
  const patch = { method: "PATCH", caller: "integration", probability: 1 };
  const slow = { kind: "slow", delay_ms: 10_000, times: 1, ...patch };
  await circaEmulator(sync).setFaults({ requests: [slow] });
  const before = await patches();
  for (const row of [fee, location]) {
    const on = { Is_Active__c: true, Direction__c: "From_Salesforce" };
    await salesforceAdmin(sync).setMapping(row, on);
  }
  await salesforceAdmin(sync).tellMappingsChanged();
  await eventuallyHolds("the Event's write is under way", async () => {
    expect(await patches()).toBeGreaterThan(before);
  });
  await link.editCampaign({ Circa_Location__c: "Basel" });
  await expected.event({ location: "Basel", "Sponsorship Fee": 250 });
  expect(await link.campaign()).toMatchObject({ Circa_Location__c: "Basel" });
  await expected.inLine();
});

async function patches(): Promise<number> {
  const answer = await fetch(`${sync.circa.url}/emulator/stats`);
  const { requests } = (await answer.json()) as { requests: { by_kind: Record<string, number> } };
  return requests.by_kind["PATCH /events/{id}"] ?? 0;
}
