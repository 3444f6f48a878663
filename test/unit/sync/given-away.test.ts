/** Just before a link is written: whose the Campaign is by now. */
import { SystemError } from "../../../middleware/errors.ts";
import { findGivenAway, type LinkWrite } from "../../../middleware/sync/given-away.ts";
import type { LinkWork } from "../../../middleware/sync/link-work.ts";
import type { Campaign } from "../../../middleware/sync/records.ts";

const campaignId = "701000000000001AAA";

/** What is decided about a write to the Campaign, which belongs to `holder` by Salesforce's answer. */
async function decide(isLink: "connect" | "release", holder: string | null | undefined) {
  const campaign = { id: campaignId, name: "Fair", eventId: holder ?? null } as Campaign;
  const answer = holder === undefined ? [] : [campaign];
  const work = { eventId: "E1", takenFrom: null } as LinkWork;
  const write: LinkWrite = { work, campaignId, isLink, linkValues: { Circa_Event_Id__c: null } };
  return (await findGivenAway({ campaigns: () => Promise.resolve(answer) }, [write])).get(write);
}

test.each(["E1", null])("it is held by %s: the link is written", async (holder) => {
  expect(await decide("connect", holder)).toBeUndefined();
  expect(await decide("release", holder)).toBeUndefined();
});

test("another Event has it: it is not taken from there", async () => {
  expect(await decide("connect", "E2")).toMatchObject({ kind: "conflict" });
  expect(await decide("release", "E2")).toBe("let_go");
});

test("the answer lacks it: nothing is written before somebody has seen whose it is", async () => {
  for (const isLink of ["connect", "release"] as const) {
    const decided = await decide(isLink, undefined);
    expect(decided).toBeInstanceOf(SystemError);
    expect(decided).toMatchObject({ system: "salesforce", kind: "retry" });
  }
});
