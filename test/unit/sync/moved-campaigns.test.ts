/** Just before a Campaign is written: whose it is by now, and what a person has typed meanwhile. */
import type { FieldChange } from "../../../middleware/sync/plan/link-plan.ts";
import { SystemError } from "../../../middleware/runtime/errors.ts";
import {
  findMoved,
  leaveToTaker,
  type LinkWrite,
} from "../../../middleware/sync/write/moved-campaigns.ts";
import type { Campaign } from "../../../middleware/model/records.ts";

const campaignId = "701000000000001AAA";
const fill = {
  target: "campaign",
  oldValue: null,
  mapping: { direction: "from_salesforce", campaign: { name: "Tier__c" } },
} as FieldChange;

/**
 * @param campaign as Salesforce answers; undefined: it is not in the answer
 * @returns what is decided, and how often Salesforce was asked
 */
async function decide(
  write: Pick<LinkWrite, "isLink"> & { readonly changes?: readonly FieldChange[] },
  campaign: Partial<Campaign> | undefined,
  ageMs = 0,
) {
  let asked = 0;
  const campaigns = () => {
    asked += 1;
    return Promise.resolve(campaign === undefined ? [] : [{ id: campaignId, ...campaign }]);
  };
  const one: LinkWrite = {
    ...{ campaignId, isLink: write.isLink, attempt: { changes: write.changes ?? [] } },
    task: { eventId: "E1", takenFrom: null, readAtMs: 1_000 },
    linkValues: write.isLink === null ? {} : { Circa_Event_Id__c: null },
  };
  const parts = {
    salesforce: { campaigns: campaigns as () => Promise<Campaign[]> },
    clock: { elapsedMs: () => 1_000 + ageMs },
  };
  const decided = (await findMoved(parts, [one])).get(one);
  return { decided, asked };
}

test.each(["E1", null])("it is held by %s: the link is written", async (eventId) => {
  for (const isLink of ["connect", "release"] as const) {
    expect(await decide({ isLink }, { eventId })).toEqual({ decided: undefined, asked: 1 });
  }
});

test("another Event has it: it is not taken from there", async () => {
  const { decided } = await decide({ isLink: "connect" }, { eventId: "E2" });
  expect(decided).toMatchObject({ kind: "conflict" });
  expect(await decide({ isLink: "release" }, { eventId: "E2" })).toMatchObject({
    decided: "let_go",
  });
});

test("the answer lacks it: nothing is written before somebody has seen whose it is", async () => {
  for (const isLink of ["connect", "release"] as const) {
    const { decided } = await decide({ isLink }, undefined);
    expect(decided).toBeInstanceOf(SystemError);
    expect(decided).toMatchObject({ system: "salesforce", kind: "retry" });
  }
});

test("a blank is filled at once where it was read just now, and looked at again where not", async () => {
  const write = { isLink: null, changes: [fill] };
  const blank = { eventId: "E1", values: { Tier__c: null } };
  expect(await decide(write, blank, 1_999)).toEqual({ decided: undefined, asked: 0 });
  expect(await decide(write, blank, 2_000)).toEqual({ decided: undefined, asked: 1 });
});

test("a person has filled the blank while the pass waited: it is read again, and not overwritten", async () => {
  const typed = { eventId: "E1", values: { Tier__c: "Gold" } };
  for (const isLink of ["connect", null] as const) {
    const { decided } = await decide({ isLink, changes: [fill] }, typed, 50_000);
    expect(decided).toMatchObject({ kind: "conflict" });
  }
});

test("what Circa owns is written whatever the Campaign holds by now", async () => {
  const owned = {
    ...fill,
    mapping: { ...fill.mapping, direction: "to_salesforce" },
  } as FieldChange;
  const write = { isLink: null, changes: [owned] };
  expect(await decide(write, undefined, 50_000)).toEqual({ decided: undefined, asked: 0 });
});

test("two Events of one batch have the Campaign: the one that takes it writes, the other is read again", () => {
  const write = (eventId: string, isLink: LinkWrite["isLink"], id = campaignId): LinkWrite => ({
    ...{ campaignId: id, isLink, attempt: { changes: [] } },
    task: { eventId, takenFrom: null, readAtMs: 0 },
    linkValues: isLink === null ? {} : { Circa_Event_Id__c: eventId },
  });
  const [loser, taker] = [write("E1", null), write("E2", "connect")];
  const another = write("E3", null, "701000000000002AAA");

  const left = leaveToTaker([loser, taker, another]);
  expect([...left.keys()]).toEqual([loser]);
  expect(left.get(loser)).toMatchObject({ system: "salesforce", kind: "conflict" });
});
