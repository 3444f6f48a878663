/** What an earlier turn was about to write, told by what the two sides hold now. */
import { eventSubject } from "../../../middleware/queue/due-links.ts";
import type { PendingWrite } from "../../../middleware/store/history/write-journal.ts";
import {
  findWrittenBefore,
  intendedWith,
  stillOpen,
} from "../../../middleware/sync/record/journal-writes.ts";
import { unplanned, unresolved, unwritten } from "../../../middleware/sync/plan/link-task.ts";
import type { Mapping } from "../../../middleware/sync/mappings/mapping.ts";
import { planLink } from "../../../middleware/sync/plan/plan.ts";
import { aCampaign, aMapping, anEvent, noPeople } from "../../support/builders.ts";

const eventId = "RXZlbnQtMQ";

const intended = (given: Partial<PendingWrite>): PendingWrite => ({
  eventId,
  eventName: "Spring Summit",
  campaignId: aCampaign().id,
  fieldKey: "location",
  fieldLabel: "Location",
  campaignField: "Circa_Location__c",
  direction: "to_salesforce",
  oldValue: "before",
  newValue: "first",
  cause: "webhook",
  note: null,
  signalledAt: 1,
  taken: false,
  ...given,
});

/** The next turn, as far as its plan. */
function turn(
  direction: Mapping["direction"],
  now: { readonly event: string; readonly campaign: string },
  unconfirmed: readonly PendingWrite[],
) {
  const mapping = aMapping({ direction });
  const mappings = [mapping];
  const pair = {
    event: anEvent({ location: now.event }),
    campaign: aCampaign({ Circa_Location__c: now.campaign }),
  };
  const initialised = new Set([mapping.identity]);
  const plan = planLink({ mappings, ...pair, initialised, baseline: {}, context: noPeople });
  const task = {
    ...unresolved({
      due: {
        subject: eventSubject(eventId),
        generation: 1,
        signalledAt: 2,
        cause: "webhook",
        attempts: 0,
      },
      eventId,
      event: pair.event,
      eventWasSeen: true,
      deletionTold: false,
      seenAt: 0,
      known: null,
      initialised,
      held: new Set(),
      unsure: new Set(),
      unconfirmed,
      shownBefore: "",
      newest: null,
      wasRead: false,
      lookAgainMs: null,
      answers: [],
      error: undefined,
    }),
    link: { campaign: pair.campaign, fixes: [], problem: null },
  };
  const planned = { ...unplanned(task), plan, context: noPeople };
  const confirmedEarlier = findWrittenBefore(planned, pair, mappings, noPeople);
  return unwritten({ ...planned, confirmedEarlier });
}
const values = (changes: readonly PendingWrite[]) =>
  changes.map(({ oldValue, newValue, taken }) => [oldValue, newValue, taken]);

test("both sides have the value: it was taken", () => {
  const task = turn("to_salesforce", { event: "first", campaign: "first" }, [intended({})]);
  expect(values(task.confirmedEarlier)).toEqual([["before", "first", true]]);
});

test("the target has it though its owner has moved on: it was taken, and stays so", () => {
  const task = turn("to_salesforce", { event: "second", campaign: "first" }, [intended({})]);
  expect(values(task.confirmedEarlier)).toEqual([["before", "first", true]]);
  expect(values(intendedWith(task))).toEqual([
    ["before", "first", true],
    ["first", "second", false],
  ]);
  // This turn dies after its write as well.
  const next = turn("to_salesforce", { event: "third", campaign: "second" }, intendedWith(task));
  expect(values(next.confirmedEarlier)).toEqual([
    ["before", "first", true],
    ["first", "second", true],
  ]);
});

test("the target has what it had before: it was not taken", () => {
  const task = turn("to_salesforce", { event: "second", campaign: "before" }, [intended({})]);
  expect(task.confirmedEarlier).toEqual([]);
});

test("an Event may look as before because its news are late: until the pass ends, it is open", () => {
  const left = intended({ direction: "from_salesforce" });
  const task = turn("from_salesforce", { event: "before", campaign: "second" }, [left]);
  expect(task.confirmedEarlier).toEqual([]);
  expect(values(intendedWith(task))).toEqual([
    ["before", "first", false],
    ["before", "second", false],
  ]);
  // Circa says that the Event has moved on.
  const failed = { ...task, error: new Error("HTTP 412") };
  expect(values(stillOpen(failed))).toEqual(values(intendedWith(task)));
  const next = turn("from_salesforce", { event: "first", campaign: "second" }, stillOpen(failed));
  expect(values(next.confirmedEarlier)).toEqual([["before", "first", true]]);
});

test("the same change planned again is kept once", () => {
  const left = intended({ direction: "from_salesforce" });
  const task = turn("from_salesforce", { event: "before", campaign: "first" }, [left]);
  expect(values(intendedWith(task))).toEqual([["before", "first", false]]);
  const failed = { ...task, error: new Error("HTTP 412") };
  expect(values(stillOpen(failed))).toEqual([["before", "first", false]]);
});

test("a pass that has written the Event itself knows what became of them, though it fails later", () => {
  const left = intended({ direction: "from_salesforce" });
  const task = turn("from_salesforce", { event: "before", campaign: "first" }, [left]);
  const written = task.plan.changes.map((change) => ({ change, at: 3 }));
  expect(stillOpen({ ...task, written, error: new Error("Salesforce is down") })).toEqual([]);
});

test("a pass that ends well leaves nothing open", () => {
  const left = intended({ direction: "from_salesforce" });
  const task = turn("from_salesforce", { event: "before", campaign: "second" }, [left]);
  expect(stillOpen(task)).toEqual([]);
});

test("nothing is told of another Campaign, or of a field that is not mapped any more", () => {
  const now = { event: "second", campaign: "first" };
  expect(turn("to_salesforce", now, [intended({ campaignId: "x" })]).confirmedEarlier).toEqual([]);
  expect(turn("to_salesforce", now, [intended({ fieldKey: "x" })]).confirmedEarlier).toEqual([]);
});
