/** One problem per field for all Events that hold a removed value, over the real store. */
import type { Database } from "../../../middleware/store/database/database.ts";
import { setRetiredValues } from "../../../middleware/store/links/retired-values.ts";
import { openProblems } from "../../../middleware/store/history/open-problems.ts";
import type { Log } from "../../../middleware/runtime/log.ts";
import type { RemovedValue } from "../../../middleware/model/picklists.ts";
import { emptyPlan } from "../../../middleware/sync/plan/link-task.ts";
import type { Mapping } from "../../../middleware/sync/mappings/mapping.ts";
import {
  recordRetiredValues,
  reviewRetiredValues,
} from "../../../middleware/sync/record/retired-values.ts";
import {
  aCampaign,
  aCircaField,
  aMapping,
  anEvent,
  aPicklistField,
} from "../../support/builders.ts";
import { openTemporaryDatabase } from "../../support/temporary-database.ts";

const removed: RemovedValue[] = [{ value: "Old", label: "Old", successor: null }];
const mapping: Mapping = {
  ...aMapping({
    circa: aCircaField({ key: "tier", label: "Tier", type: "SELECT" }),
    campaign: aPicklistField(["A", "B"], { name: "Tier__c", label: "Tier" }),
  }),
  removed,
};
let database: Database;
let warnings: object[];
let log: Log;

beforeEach(async () => {
  database = await openTemporaryDatabase();
  warnings = [];
  const nothing = () => undefined;
  log = {
    debug: nothing,
    info: nothing,
    error: nothing,
    warn: (fields) => warnings.push(fields),
    child: () => log,
  };
});
afterEach(() => database.close());

const context = (nowMs: number) => ({ mappings: [mapping], log, nowMs });
const work = (number: number, holds: boolean) => ({
  eventId: `event-${number}`,
  event: anEvent({}, { name: `Summit ${String(number).padStart(2, "0")}` }),
  link: { campaign: aCampaign(), fixes: [], problem: null },
  plan: { ...emptyPlan, heldRemoved: holds ? [{ mapping, values: removed }] : [] },
  error: undefined,
});
const tasks = (count: number, holds: boolean) =>
  Array.from({ length: count }, (_, index) => work(index + 1, holds));
const record = (nowMs: number, done: Parameters<typeof recordRetiredValues>[2]) =>
  database.write((trx) => recordRetiredValues(trx, context(nowMs), done));
const problems = () => openProblems(database.query, 10);

test("many Events are one problem, which names the first twenty and counts them all", async () => {
  await record(1, tasks(25, true));
  const [problem, second] = await problems();
  expect(second).toBeUndefined();
  expect(problem).toMatchObject({ code: "VALUE_REMOVED", eventId: null, fieldKey: "tier" });
  expect(problem?.message).toMatch(/^25 Events hold values of "Tier"/);
  expect(problem?.message).toContain(`"Old" (25, removed or renamed)`);
  expect(problem?.message).toMatch(/"Summit 01", .*"Summit 20" and 5 more\.$/);
});

test("it stays the same problem while it grows and shrinks, and is told to the log once", async () => {
  await record(1, tasks(3, true));
  await record(2, [work(4, true)]);
  await record(3, tasks(3, false));
  expect(await problems()).toEqual([expect.objectContaining({ openedAt: 1, seenAt: 3 })]);
  expect(warnings).toEqual([{ field: "Tier", values: ["Old"] }]);
  await record(4, [work(4, false)]);
  expect(await problems()).toEqual([]);
  await record(5, [work(4, true)]);
  expect(await problems()).toEqual([expect.objectContaining({ openedAt: 5 })]);
  expect(warnings).toHaveLength(2);
});

test("a link that failed keeps what was known of it; one that is no more does not", async () => {
  await record(1, tasks(2, true));
  await record(2, [{ ...work(1, false), error: new Error("no answer") }]);
  expect((await problems())[0]?.message).toMatch(/^2 Events/);
  await record(3, [{ ...work(1, true), link: { campaign: null, fixes: [], problem: null } }]);
  expect((await problems())[0]?.message).toMatch(/^1 Event holds/);
});

test("the review counts again, and closes what no mapping and no Event stands for", async () => {
  await record(1, tasks(2, true));
  await database.write((trx) => setRetiredValues(trx, ["event-1"], []));
  await database.write((trx) => reviewRetiredValues(trx, context(2)));
  expect((await problems())[0]?.message).toMatch(/^1 Event holds/);
  await database.write((trx) => reviewRetiredValues(trx, { ...context(3), mappings: [] }));
  expect(await problems()).toEqual([]);
});
