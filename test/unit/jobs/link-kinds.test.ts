/** What is kept of a link is kept by kind: an id that two kinds have is two links. */
import {
  addChanges,
  changesAfter,
  lastChanges,
  type Change,
} from "../../../middleware/store/history/history.ts";
import { linkProblem, type Problem } from "../../../middleware/model/problems/problem.ts";
import { knownProblems, openProblems } from "../../../middleware/store/history/open-problems.ts";
import {
  openProblemsOfEvents,
  problemsByKey,
} from "../../../middleware/store/history/problems-shown.ts";
import { setFieldProblem, setProblems } from "../../../middleware/store/history/problems.ts";
import {
  deletePendingWrites,
  savePendingWrites,
  unconfirmed,
} from "../../../middleware/store/history/write-journal.ts";
import { revertsOf, saveReverts } from "../../../middleware/store/links/reverts.ts";
import { engines, storeForEachTest } from "../../support/each-engine.ts";

const id = "RXZlbnQtMQ";
const campaignId = "701000000000001AAA";

/** @param newValue tells whose it is */
const written = (newValue: string) => ({
  eventId: id,
  eventName: "Event",
  campaignId,
  fieldKey: "title",
  fieldLabel: "Title",
  campaignField: "Title__c",
  direction: "to_salesforce" as const,
  oldValue: null,
  newValue,
  cause: "webhook",
  note: null,
});
const change = (newValue: string): Change => ({ ...written(newValue), at: 1, latencyMs: null });
const pending = (newValue: string) => ({ ...written(newValue), signalledAt: 1, taken: false });
const problem = (fieldKey: string | null, said: string): Problem => ({
  ...linkProblem("EVENT_TAKEN", { said }),
  fieldKey,
  fieldLabel: "Title",
});
const saidIn = ({ message }: { readonly message: string }) => message.split(": ").at(-1);

describe.each(engines)("on %s", (engine) => {
  const store = storeForEachTest(engine);

  test("a pending write is its own kind's, and ends alone", async () => {
    const { query } = store();
    await savePendingWrites(query, "event", new Map([[id, [pending("Event")]]]));
    expect(await unconfirmed(query, "person", [id])).toEqual(new Map());
    await savePendingWrites(query, "person", new Map([[id, [pending("person")]]]));
    await store().write((trx) => deletePendingWrites(trx, "person", [id]));
    expect(await unconfirmed(query, "person", [id])).toEqual(new Map());
    expect(await unconfirmed(query, "event", [id])).toEqual(new Map([[id, [pending("Event")]]]));
  });

  test("what was written to a person is not the history of the Event", async () => {
    const { query } = store();
    await store().write(async (trx) => {
      await addChanges(trx, "event", [change("Event")]);
      await addChanges(trx, "person", [change("person")]);
    });
    const listed = await changesAfter(query, { afterId: 0, limit: 10 });
    expect(listed.map(({ newValue }) => newValue)).toEqual(["Event"]);
    expect((await lastChanges(query, [campaignId], 10)).get(campaignId)).toEqual([change("Event")]);
  });

  test("a pass over an Event neither closes nor shows the problems of a person", async () => {
    const { query } = store();
    const set = (kind: string, ...problems: Problem[]) =>
      store().write((trx) => setProblems(trx, kind, [{ eventId: id, campaignId, problems }], 1));
    await set("person", problem("title", "person"), problem(null, "person"));
    expect(await knownProblems(query, [id])).toEqual(new Map());
    await set("event", problem("title", "Event"));
    const shown = async () => ({
      open: (await openProblems(query, 10)).map(saidIn),
      ofEvent: (await openProblemsOfEvents(query, [id])).map(saidIn),
      byKey: [...(await problemsByKey(query, [`${id}/title`, `${id}/`]))].map(([key]) => key),
    });
    const own = { open: ["Event"], ofEvent: ["Event"], byKey: [`${id}/title`] };
    expect(await shown()).toEqual(own);
    await set("person");
    expect(await shown()).toEqual(own);
    await set("person", problem("title", "person"));
    await set("event");
    expect(await shown()).toEqual({ open: [], ofEvent: [], byKey: [`${id}/title`] });
    const open = query.selectFrom("problems").select("kind").where("closed_at", "is", null);
    expect(await open.execute()).toEqual([{ kind: "person" }]);
  });

  test("the problem of a whole field is of its kind's field", async () => {
    const setField = (kind: string, value: Problem | null) =>
      store().write((trx) => setFieldProblem(trx, { kind, fieldKey: "title" }, value, 1));
    expect(await setField("person", problem("title", "person"))).toBe(true);
    expect(await setField("event", problem("title", "Event"))).toBe(true);
    await setField("person", null);
    const [left, ...others] = await openProblems(store().query, 10);
    expect([left && saidIn(left), others]).toEqual(["Event", []]);
  });

  test("reverts are counted by kind", async () => {
    const { query } = store();
    const revert = (count: number) => {
      const last = { count, firstAt: 1, lastAt: 1 };
      return { linkId: id, fieldKey: "title", target: "event" as const, value: "1", ...last };
    };
    await store().write(async (trx) => {
      await saveReverts(trx, "event", [revert(1)], 0);
      await saveReverts(trx, "person", [revert(7)], 0);
    });
    expect(await revertsOf(query, "event", [id])).toEqual([revert(1)]);
    expect(await revertsOf(query, "person", [id])).toEqual([revert(7)]);
  });
});
