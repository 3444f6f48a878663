/** Automation in the org that alters what is written ends as a visible problem, not as a loop. */
import { systemClock } from "../../middleware/runtime/clock.ts";
import { eventuallyHolds } from "../support/eventually.ts";
import { expectationsOf, type LinkExpectations } from "../support/link-expectations.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

let sync: RunningSync;
let link: OneLink;
let expecting: LinkExpectations;
let aheadMs: number;

beforeEach(async () => {
  aheadMs = 0;
  const clock = { ...systemClock, now: () => Date.now() + aheadMs };
  sync = await startSync({ links: 2, clock });
  await sync.settled();
  link = await oneLink(sync);
  expecting = expectationsOf(link);
  await expecting.inLine();
});
afterEach(() => sync.close());

const written = async () => {
  const { changes } = await sync.admin<{ changes: { fieldKey: string }[] }>(
    "GET",
    "/api/changes?limit=1000",
  );
  return changes.filter(({ fieldKey }) => fieldKey === "location").length;
};
const expectProblem = () =>
  eventuallyHolds("the problem is open", async () => {
    expect(await link.problems()).toEqual([
      expect.objectContaining({ code: "ALTERED_IN_SALESFORCE", fieldKey: "location" }),
    ]);
    expect(await link.shownState()).toMatchObject({ state: "attention" });
  });

test("a flow that rewrites a field after each write: three rounds, then a problem that says so", async () => {
  await salesforceAdmin(sync).setAutomations({
    field: "Circa_Location__c",
    timing: "after",
    set: "the flow's own",
  });
  await link.editEvent({ location: "the Event's" });
  await expectProblem();
  const [problem] = await link.problems();
  expect(problem?.message).toContain('"the flow\'s own" each time after "the Event\'s"');
  const rounds = await written();
  expect(rounds).toBe(4);
  // Whatever else signals, the field is left alone until its time has come.
  await link.editEvent({ website: "https://example.com/other" });
  await expecting.campaign({ Circa_Website__c: "https://example.com/other" });
  await expectProblem();
  expect(await written()).toBe(rounds);
});

test("the rest of the link goes through, and the problem closes once the value stays", async () => {
  await salesforceAdmin(sync).setAutomations({
    field: "Circa_Location__c",
    timing: "before",
    upperCase: true,
  });
  await link.editEvent({ location: "Graz" });
  await expecting.campaign({ Circa_Location__c: "GRAZ" });
  // Nothing tells of an alteration in the same save: whatever looks at the link finds it.
  for (const website of ["a", "b", "c", "d"]) {
    await link.editEvent({ website: `https://example.com/${website}` });
    await expecting.campaign({ Circa_Website__c: `https://example.com/${website}` });
  }
  await expectProblem();
  await salesforceAdmin(sync).setAutomations();
  aheadMs += 10 * 60_000;
  await expecting.campaign({ Circa_Location__c: "Graz" });
  await eventuallyHolds("it is in line", async () => {
    aheadMs += 60_000;
    expect(await link.problems()).toEqual([]);
  });
  await expecting.inLine();
});

test("a person who changes the field now and then is put right each time, without a problem", async () => {
  await link.editEvent({ location: "the Event's" });
  await expecting.campaign({ Circa_Location__c: "the Event's" });
  for (let time = 0; time < 5; time += 1) {
    // Later than any automation would answer.
    aheadMs -= 2 * 60_000;
    await link.editCampaign({ Circa_Location__c: `typed in Salesforce ${time}` });
    await expecting.campaign({ Circa_Location__c: "the Event's" });
  }
  await expecting.inLine();
});

test("an Event's new value is written at once, also while the old one was altered", async () => {
  await salesforceAdmin(sync).setAutomations({
    field: "Circa_Location__c",
    timing: "after",
    set: "the flow's own",
  });
  await link.editEvent({ location: "the Event's" });
  await expectProblem();
  await salesforceAdmin(sync).setAutomations();
  await link.editEvent({ location: "the Event's new" });
  await expecting.campaign({ Circa_Location__c: "the Event's new" });
  await expecting.inLine();
});
