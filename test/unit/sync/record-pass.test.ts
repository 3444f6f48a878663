/** The outcome of a turn is one transaction: what it costs must not grow with the batch. */
import type { FieldChange } from "../../../middleware/sync/plan/link-plan.ts";
import { campaignSubject, eventSubject } from "../../../middleware/queue/due-links.ts";
import { writeCheckpoint } from "../../../middleware/store/intake/checkpoints.ts";
import { changesAfter } from "../../../middleware/store/history/history.ts";
import { linksOfEvents } from "../../../middleware/store/links/links.ts";
import { knownProblems } from "../../../middleware/store/history/open-problems.ts";
import {
  emptyPlan,
  unplanned,
  unresolved,
  unwritten,
  type WrittenTask,
} from "../../../middleware/sync/plan/link-task.ts";
import { fieldProblem, type Problem } from "../../../middleware/model/problems/problem.ts";
import { recordOf } from "../../../middleware/sync/record/link-record.ts";
import { recordPass } from "../../../middleware/sync/record/record-pass.ts";
import { eventSchema } from "../../../middleware/systems/circa/schemas.ts";
import { aCampaign, aCircaField, aMapping, noPeople } from "../../support/builders.ts";
import { countStatements } from "../../support/counted-statements.ts";
import { engines, storeForEachTest } from "../../support/each-engine.ts";

const fingerprint = "mappings of the turn";
const mapping = aMapping();
const change: FieldChange = {
  mapping,
  target: "campaign",
  oldValue: "Athens",
  newValue: "Volos",
  note: null,
};
const problem = fieldProblem({ key: "location", label: "Location" }, "LINE_BREAKS", {
  from: "…",
  to: "…",
  value: "…",
});

/** A link that was written for the first time. */
function aTask(nth: number, given: Partial<WrittenTask> = {}): WrittenTask {
  const eventId = `RXZlbnQt${nth}`;
  const body = {
    id: eventId,
    name: "Summit",
    version: 1,
    updated_at: "2027-01-01T00:00:00Z",
    location: "Volos",
  };
  const event = eventSchema.parse(body);
  const campaign = aCampaign({}, { id: `70100000000${String(nth).padStart(4, "0")}AAA` });
  const read = {
    due: {
      subject: eventSubject(eventId),
      generation: 1,
      signalledAt: 1,
      cause: "webhook" as const,
      attempts: 0,
    },
    eventId,
    event,
    eventWasSeen: true,
    deletionTold: false,
    seenAt: 0,
    known: null,
    initialised: new Set<string>(),
    held: new Set<string>(),
    unsure: new Set<string>(),
    unconfirmed: [],
    shownBefore: "",
    newest: null,
    wasRead: false,
    lookAgainMs: null,
    answers: [{ answer: { event, body } }],
    error: undefined,
  };
  return {
    ...unwritten(unplanned(unresolved(read))),
    link: { campaign, fixes: [], problem: null },
    plan: { ...emptyPlan, changes: [change], firstContacts: [mapping.identity] },
    context: noPeople,
    written: [{ change, at: 2 }],
    shown: "in sync",
    ...given,
  };
}

test("a held blank stays held while its mapping is off: no pass has looked at its sides", () => {
  const other = aMapping({ circa: aCircaField({ key: "notes" }) });
  const held = new Set([mapping.identity, other.identity]);
  const task = aTask(1, { held, plan: emptyPlan, written: [] });
  const { outcome, hasMoved } = recordOf(
    { ...task, known: { eventId: task.eventId, campaignId: task.link.campaign!.id, baseline: {} } },
    { mappings: [other], nowMs: 3, freshness: { isFresh: () => true } },
  );
  expect(outcome?.released).toEqual([{ eventId: task.eventId, mapping: other.identity }]);
  expect(hasMoved).toBe(true);
});

describe.each(engines)("on %s", (engine) => {
  const store = storeForEachTest(engine);
  beforeEach(() => takeOver(fingerprint));

  const dueSubjects = async () => {
    const rows = await store().query.selectFrom("due_links").select("subject").execute();
    return rows.map(({ subject }) => subject);
  };
  const takeOver = (value: string) =>
    store().write((trx) => writeCheckpoint(trx, "mappings_taken", value, 1));
  const recorded = async (tasks: readonly WrittenTask[]) => {
    const counted = countStatements(store());
    const { database } = counted;
    const freshness = { isFresh: () => true };
    const taken = { mappings: [mapping], fingerprint };
    const context = { database, ...taken, nowMs: 3, freshness };
    return counted.during(() =>
      database.write((trx) =>
        recordPass(
          trx,
          context,
          tasks.map((task) => recordOf(task, context)),
        ),
      ),
    );
  };

  test("200 links of all kinds cost no more statements than 4", async () => {
    const kinds = (nth: number): Partial<WrittenTask> =>
      [{}, { problems: [problem] }, { error: new Error("no answer") }, { written: [] }][nth % 4] ??
      {};
    const tasks = (from: number, count: number) =>
      Array.from({ length: count }, (_, nth) => aTask(from + nth, kinds(nth)));
    const few = await recorded(tasks(1_000, 4));
    const many = await recorded(tasks(0, 200));
    expect(many).toBe(few);
    expect(few).toBeLessThanOrEqual(20);

    const ids = tasks(0, 4).map(({ eventId }) => eventId);
    const { query } = store();
    const links = await linksOfEvents(query, ids);
    // What failed keeps what was agreed before: nothing yet.
    expect([...links.keys()].sort()).toEqual([ids[0], ids[1], ids[3]].sort());
    const problems = await knownProblems(query, ids);
    expect([...problems.keys()]).toEqual([ids[1]]);
    const changes = await changesAfter(query, { afterId: 0, limit: 1_000 });
    expect(changes.map(({ eventId }) => eventId).filter((id) => ids.includes(id))).toEqual(
      ids.slice(0, 3),
    );
  });

  test("a problem that is over closes, though its Event's batch is large", async () => {
    const tasks = (problems: readonly Problem[]) =>
      Array.from({ length: 50 }, (_, nth) => aTask(nth, { problems: [...problems] }));
    await recorded(tasks([problem]));
    const ids = tasks([]).map(({ eventId }) => eventId);
    expect((await knownProblems(store().query, ids)).size).toBe(50);
    await recorded(tasks([]));
    expect((await knownProblems(store().query, ids)).size).toBe(0);
  });

  test("of two Events with the same Campaign one has it, and the other one is told", async () => {
    const campaign = aCampaign({}, { id: "701000000000099AAA" });
    const both = [1, 2].map((nth) => aTask(nth, { link: { campaign, fixes: [], problem: null } }));
    await recorded(both);
    const links = await linksOfEvents(
      store().query,
      both.map(({ eventId }) => eventId),
    );
    // Both still know of it, until the first one's next turn lets go.
    expect([...links.values()].map(({ campaignId }) => campaignId)).toEqual([
      campaign.id,
      campaign.id,
    ]);
    expect(await dueSubjects()).toEqual([eventSubject("RXZlbnQt1")]);
  });

  test("a link made by a pass with an outdated mapping set is due again", async () => {
    await takeOver("others");
    await recorded([aTask(1)]);
    expect(await dueSubjects()).toEqual([eventSubject("RXZlbnQt1")]);
  });

  test("a link made by the mappings in force is not", async () => {
    await takeOver(fingerprint);
    await recorded([aTask(1)]);
    expect(await dueSubjects()).toEqual([]);
  });

  test("a Campaign that a pass has connected is due again: its edits were not announced", async () => {
    const task = aTask(1);
    const { campaign } = task.link;
    const fix = {
      kind: "write_event_id",
      campaignId: campaign!.id,
      eventId: task.eventId,
    } as const;
    await recorded([{ ...task, link: { campaign, fixes: [fix], problem: null } }]);
    expect(await dueSubjects()).toEqual([eventSubject(task.eventId)]);
  });

  const unlinked = { campaign: null, fixes: [], problem: null };
  const endedOf = (task: WrittenTask, more: Partial<WrittenTask> = {}): WrittenTask => {
    const campaignId = task.link.campaign!.id;
    const known = { eventId: task.eventId, campaignId, baseline: {} };
    return { ...task, known, link: unlinked, plan: emptyPlan, written: [], ...more };
  };
  const linkOf = async ({ eventId }: WrittenTask) =>
    (await linksOfEvents(store().query, [eventId])).get(eventId)?.campaignId ?? null;

  test("the Campaign of a link that has ended is looked at: it may have another Event since", async () => {
    const task = aTask(1);
    await recorded([task]);
    await recorded([endedOf(task)]);
    expect(await linkOf(task)).toBeNull();
    expect(await dueSubjects()).toEqual([campaignSubject(task.link.campaign!.id)]);
  });

  test("a link that Salesforce refuses to end is still one", async () => {
    const task = aTask(1);
    await recorded([task]);
    await recorded([endedOf(task, { stillHolds: task.link.campaign!.id })]);
    expect(await linkOf(task)).toBe(task.link.campaign!.id);
  });
});
