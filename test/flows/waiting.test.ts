/** What passes by itself troubles nobody at first, and is named when it lasts. */
import { eventuallyHolds } from "../support/eventually.ts";
import { hastyClock, type HastyClock } from "../support/hasty-clock.ts";
import { expectationsOf, type LinkExpectations } from "../support/link-expectations.ts";
import { oneLink, type OneLink } from "../support/one-link.ts";
import { startSync, type RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

const forEver = 1_000_000;
let sync: RunningSync;
let clock: HastyClock;
let link: OneLink;
let expecting: LinkExpectations;

beforeEach(async () => {
  clock = hastyClock();
  sync = await startSync({ links: 3, clock });
  await sync.settled();
  link = await oneLink(sync);
  expecting = expectationsOf(link);
  await expecting.inLine();
});
afterEach(() => sync.close());

test("a Campaign that is locked for a moment: no problem, and the others go through", async () => {
  await salesforceAdmin(sync).setFaults({ name: "lockRow", id: link.campaignId, times: 3 });
  const other = await oneLink(sync, 1);
  await link.editEvent({ location: "behind the lock" });
  await other.editEvent({ location: "not locked" });
  await expectationsOf(other).campaign({ Circa_Location__c: "not locked" });
  await eventuallyHolds("the Event says that it waits", async () => {
    expect(await link.shownState()).toMatchObject({ state: "pending", problems: [] });
  });
  expect(await link.problems()).toEqual([]);
  await expecting.campaign({ Circa_Location__c: "behind the lock" });
  await expecting.inLine();
});

test("a Campaign that stays locked: after ten minutes the Event says for what it waits", async () => {
  await salesforceAdmin(sync).setFaults({ name: "lockRow", id: link.campaignId, times: forEver });
  await link.editEvent({ location: "behind the lock" });
  await eventuallyHolds("the Event says that it waits", async () => {
    expect(await link.shownState()).toMatchObject({ state: "pending", problems: [] });
  });
  clock.hurry(120);
  await eventuallyHolds(
    "the reason is told",
    async () => {
      const [problem] = await link.problems();
      expect(problem).toMatchObject({ code: "WAITING_FOR_SALESFORCE", fieldKey: null });
      expect(problem?.message).toContain("UNABLE_TO_LOCK_ROW");
      const shown = await link.shownState();
      expect(shown.state).toBe("pending");
      expect(shown.problems).toHaveLength(1);
    },
    30_000,
  );
  await salesforceAdmin(sync).clearFaults();
  await expecting.campaign({ Circa_Location__c: "behind the lock" });
  await expecting.inLine();
});

test("a refused field is tried again by itself, at growing intervals, until its problem closes", async () => {
  await salesforceAdmin(sync).setFaults({
    name: "rejectRow",
    id: link.campaignId,
    field: "Circa_Location__c",
    statusCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
    message: "Not during the freeze.",
    fields: ["Circa_Location__c"],
    times: 3,
  });
  await link.editEvent({ location: "after the freeze", website: "https://example.com/freeze" });
  await expecting.campaign({ Circa_Website__c: "https://example.com/freeze" });
  await eventuallyHolds("the problem is open", async () => {
    const [problem] = await link.problems();
    expect(problem).toMatchObject({
      code: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
      fieldKey: "location",
    });
    expect(problem?.message).toContain("Not during the freeze.");
  });
  clock.hurry(120);
  await expecting.campaign({ Circa_Location__c: "after the freeze" });
  await expecting.inLine();
});
