/** Values that Salesforce takes away while Events still hold them: one problem, until none does. */
import { circaAdmin } from "../support/circa-admin.ts";
import { eventually, eventuallyHolds } from "../support/eventually.ts";
import { marketer } from "../support/people.ts";
import { mapNewField, Pair, problemsOf, startPicklistOrg, sweep } from "../support/picklist-org.ts";
import type { RunningSync } from "../support/running-sync.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

let sync: RunningSync;
let pairs: Pair[];
let tier: string;
let channel: string;

beforeEach(async () => {
  sync = await startPicklistOrg({ links: 3 });
  channel = await mapNewField(sync, {
    label: "Channel",
    type: "SELECT",
    campaignField: "Channel__c",
  });
  await sync.settled();
  await sweep(sync);
  pairs = await Pair.all(sync);
  tier = (await marketer(sync).customKeys()).get("Event Tier")!;
  for (const pair of pairs) {
    await pair.editCampaign({ Event_Tier__c: "B – Regional" });
    await pair.choose(channel, "Social");
  }
  await eventually("all hold the values", async () => {
    const held = pairs.map(
      async (pair) =>
        (await pair.inCirca(tier)) === "B – Regional" &&
        (await pair.onCampaign("Channel__c")) === "Social",
    );
    return (await Promise.all(held)).every(Boolean);
  });
});
afterEach(() => sync.close());

const change = async (field: string, value: string, more: Record<string, unknown>) => {
  await salesforceAdmin(sync).changePicklistValue({ field, value, ...more });
  await sweep(sync);
};
const expectOneProblem = (fieldKey: string, ...parts: string[]) =>
  eventuallyHolds("there is one problem of the field", async () => {
    const problems = await problemsOf(sync);
    expect(problems).toEqual([
      expect.objectContaining({ code: "VALUE_REMOVED", eventId: null, campaignId: null, fieldKey }),
    ]);
    for (const part of parts) expect(problems[0]?.message).toContain(part);
  });
const expectNoProblem = () =>
  eventuallyHolds("no problem is left, on no Event either", async () => {
    expect(await problemsOf(sync)).toEqual([]);
    for (const pair of pairs) expect(await pair.shown()).toMatchObject({ state: "in_sync" });
  });
const names = (...of: Pair[]) => of.map(({ eventName }) => `"${eventName}"`);

test("switched off: one problem lists the Events, and each of them shows it", async () => {
  await change("Event_Tier__c", "B – Regional", { active: false });
  await expectOneProblem(
    tier,
    "3 Events hold values",
    `"B – Regional" (3, removed or renamed)`,
    ...names(...pairs),
  );
  for (const pair of pairs) {
    expect(await pair.shown()).toMatchObject({
      state: "attention",
      problems: [
        {
          field: tier,
          message: expect.stringContaining(`holds "B – Regional" (removed or renamed)`) as string,
          hint: expect.stringContaining(`"A – Flagship", "C – Local"`) as string,
        },
      ],
    });
    expect(await pair.onCampaign("Circa_Sync_Status__c")).toBe("Attention");
  }
});

test("it shrinks with every Event that takes another value, and closes with the last", async () => {
  const [first, second, third] = pairs as [Pair, Pair, Pair];
  await change("Channel__c", "Social", { remove: true });
  await expectOneProblem(channel, `"Social" (3, removed or renamed)`);
  await first.choose(channel, "Email");
  await expectOneProblem(channel, "2 Events", ...names(second, third));
  expect(await first.onCampaign("Channel__c")).toBe("Email");
  await second.choose(channel, null);
  await expectOneProblem(channel, "1 Event holds", ...names(third));
  await third.choose(channel, "Email");
  await expectNoProblem();
});

test("it closes when the value comes back", async () => {
  await change("Event_Tier__c", "B – Regional", { active: false });
  await expectOneProblem(tier);
  await change("Event_Tier__c", "B – Regional", { active: true });
  await expectNoProblem();
});

test("it closes with the Campaigns' next values, with a disconnection, and with the mapping", async () => {
  const [first, second] = pairs as [Pair, Pair, Pair];
  await change("Event_Tier__c", "B – Regional", { active: false });
  await expectOneProblem(tier, "3 Events");
  await first.editCampaign({ Event_Tier__c: "A – Flagship" });
  await expectOneProblem(tier, "2 Events");
  await marketer(sync).connect(second.eventId, null);
  await expectOneProblem(tier, "1 Event holds");
  await salesforceAdmin(sync).setMapping("Event_Tier", { Is_Active__c: false });
  await sweep(sync);
  await eventuallyHolds("the problem is closed", async () => {
    expect(await problemsOf(sync)).toEqual([]);
  });
});

test("renamed: the problem says what the value seems to be called now", async () => {
  await change("Channel__c", "Social", { renameTo: "Social media" });
  await expectOneProblem(channel, `"Social" (3, now "Social media", as it seems)`);
  // Nothing is written back over the rename.
  for (const pair of pairs) expect(await pair.onCampaign("Channel__c")).toBe("Social media");
  for (const pair of pairs) await pair.choose(channel, "Social media");
  await expectNoProblem();
});

test("renamed, FROM Salesforce: the Events take the new name with the Campaigns' values", async () => {
  await change("Event_Tier__c", "B – Regional", { renameTo: "B – Region" });
  await eventuallyHolds("all Events have the new name", async () => {
    for (const pair of pairs) expect(await pair.inCirca(tier)).toBe("B – Region");
  });
  await expectNoProblem();
});

test("found after a restart as well, when the list was changed meanwhile", async () => {
  await sync.stopMiddleware();
  await salesforceAdmin(sync).changePicklistValue({
    field: "Channel__c",
    value: "Social",
    active: false,
  });
  await sync.startMiddleware();
  await expectOneProblem(channel, "3 Events");
});

test("another order and another label take nothing away", async () => {
  await salesforceAdmin(sync).changePicklistValue({
    field: "Event_Tier__c",
    value: "B – Regional",
    remove: true,
  });
  await change("Event_Tier__c", "B – Regional", { label: "Regional" });
  expect((await circaAdmin(sync).field(tier)).options.at(-1)).toBe("B – Regional");
  await expectNoProblem();
});

test("renamed: an edit that comes before anybody has looked at the list leaves the new name alone", async () => {
  await sync.settled();
  const renamed = { field: "Channel__c", value: "Social", renameTo: "Social media" };
  await salesforceAdmin(sync).changePicklistValue(renamed);
  const [first] = pairs as [Pair];
  await marketer(sync).edit(first.eventId, { location: "Hall 7" });
  await eventuallyHolds("the edit has arrived", async () => {
    expect(await first.onCampaign("Circa_Location__c")).toBe("Hall 7");
  });
  await sync.settled();
  expect(await first.onCampaign("Channel__c")).toBe("Social media");
  await expectOneProblem(channel, `"Social" (3, now "Social media", as it seems)`);
});
