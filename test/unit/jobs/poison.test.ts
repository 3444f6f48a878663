/** One row or link that nobody expected fails alone: the others go through, and it waits longer each time. */
import { systemClock } from "../../../middleware/runtime/clock.ts";
import { eventSubject, markDue, type DueLink } from "../../../middleware/queue/due-links.ts";
import { eventPasts, markLinked } from "../../../middleware/store/links/event-link-history.ts";
import { eventSnapshots, saveEvents } from "../../../middleware/store/intake/event-snapshots.ts";
import { changesAfter } from "../../../middleware/store/history/history.ts";
import { unconfirmed } from "../../../middleware/store/history/write-journal.ts";
import { linksOfEvents } from "../../../middleware/store/links/links.ts";
import { lastRun } from "../../../middleware/store/intake/runs.ts";
import { keptLists } from "../../../middleware/store/intake/value-lists.ts";
import type { BatchResult } from "../../../middleware/queue/batch-result.ts";
import { Worker } from "../../../middleware/queue/worker.ts";
import { createLog } from "../../../middleware/runtime/log.ts";
import { noFailpoint } from "../../../middleware/runtime/failpoints.ts";
import type { CircaEvent } from "../../../middleware/model/records.ts";
import { engines, storeForEachTest } from "../../support/each-engine.ts";
import { eventually } from "../../support/eventually.ts";

const tenant = "default";
const poison = eventSubject("poison");
const others = Array.from({ length: 6 }, (_, at) => eventSubject(`E${at}`));

describe.each(engines)("on %s", (engine) => {
  const store = storeForEachTest(engine);
  const rows = () =>
    store().query.selectFrom("due_links").select(["subject", "attempts", "last_error"]).execute();
  const run = async (work: (batch: readonly DueLink[]) => Promise<BatchResult>) => {
    const batches: string[][] = [];
    const worker = new Worker({
      database: store(),
      clock: systemClock,
      log: createLog("silent"),
      onFailpoint: noFailpoint,
      kind: "event",
      work: (batch) => {
        batches.push(batch.map(({ subject }) => subject));
        return work(batch);
      },
    });
    await store().write((trx) => markDue(trx, [...others, poison], "webhook", Date.now()));
    worker.start();
    await eventually("only the poison is left, with a try counted", async () => {
      const left = await rows();
      return left.length === 1 && left[0]?.subject === poison && left[0].attempts > 0;
    });
    await worker.stop();
    return batches;
  };
  const done = (batch: readonly DueLink[], record: BatchResult["record"]): BatchResult => ({
    outcomes: new Map(batch.map((link) => [link, { kind: "done" as const }])),
    record,
  });
  const isPoisoned = (batch: readonly DueLink[]) => batch.some(({ subject }) => subject === poison);

  test("a link that can't be worked on", async () => {
    const batches = await run((batch) =>
      isPoisoned(batch)
        ? Promise.reject(new TypeError("Cannot read properties of undefined"))
        : Promise.resolve(done(batch, () => Promise.resolve())),
    );
    expect(batches.length).toBeLessThan(20);
    expect((await rows())[0]?.last_error).toContain("Cannot read");
  });

  test("a link whose outcome can't be recorded", async () => {
    const row = { tenant, name: "sweep", at: 0 };
    const batches = await run((batch) =>
      Promise.resolve(
        done(batch, async (trx, held) => {
          if (!held.has(poison)) return;
          await trx
            .insertInto("checkpoints")
            .values({ ...row, value: null as unknown as string })
            .execute();
        }),
      ),
    );
    expect(batches.length).toBeLessThan(10);
  });

  test("ids that can't be stored make no rows, and the others of their call do", async () => {
    const ids = ["a\0b", "\0", "\ud800x", "good"];
    await store().write(async (trx) => {
      const states = ids.map((id) => ({
        answer: { event: { id, version: 1, updatedAt: 1 } as CircaEvent, body: { id } },
      }));
      const news = await saveEvents(store(), trx, states);
      expect(news).toEqual([false, false, false, true]);
      await markDue(trx, ids.map(eventSubject), "webhook", Date.now());
    });
    expect((await rows()).map(({ subject }) => subject)).toEqual([eventSubject("good")]);
  });

  test("text with U+0000 is kept without it, in any column", async () => {
    const row = { tenant, name: "sweep", value: "a\0b\ud800", at: 0 };
    await store().query.insertInto("checkpoints").values(row).execute();
    const kept = await store().query.selectFrom("checkpoints").select("value").execute();
    expect(kept).toEqual([{ value: "a\uFFFDb\uFFFD" }]);
    await store().write((trx) => markLinked(trx, ["x\0"], 0));
    expect([...(await eventPasts(store().query, ["x\0"])).keys()]).toEqual(["x\uFFFD"]);
  });

  test.each(["", "{", "null", "[]", '"text"', '{"id":"5"}', "\u{1F600}"])(
    "a broken row of any table is as good as none: %j",
    async (text) => {
      const { query } = store();
      const ids = { tenant, event_id: "E" };
      const seen = { ...ids, version: 1, updated_at: 1, body: text };
      await query.insertInto("event_snapshots").values(seen).execute();
      const link = { ...ids, campaign_id: "C", since: 0, baseline: text };
      await query.insertInto("links").values(link).execute();
      await query
        .insertInto("pending_writes")
        .values({ tenant, kind: "event", link_id: "E", changes: text })
        .execute();
      const list = { tenant, list_key: "l", offered: text, removed: text, at: 0 };
      await query.insertInto("value_lists").values(list).execute();
      const sweep = { tenant, kind: "sweep", slot: "s", started_at: 0, state: "done" };
      await query
        .insertInto("runs")
        .values({ ...sweep, findings: text })
        .execute();
      const change = { event_name: "", field_key: "", field_label: "", campaign_field: "" };
      await query
        .insertInto("changes")
        .values({
          ...ids,
          ...change,
          kind: "event",
          at: 0,
          campaign_id: "C",
          direction: "to_salesforce",
          old_value: text,
          new_value: text,
          cause: "webhook",
          note: null,
          latency_ms: null,
        })
        .execute();

      const expected = { event: null, forgotten: true, shown: "" };
      expect((await eventSnapshots(query, ["E"])).get("E")).toMatchObject(expected);
      // Read anew, the same version is news: the row is whole again.
      const event = { id: "E", version: 1, updatedAt: 1 } as CircaEvent;
      const state = { answer: { event, body: { id: "E" } } };
      const news = await store().write((trx) => saveEvents(store(), trx, [state]));
      expect(news).toEqual([true]);
      expect((await linksOfEvents(query, ["E"])).get("E")?.campaignId).toBe("C");
      expect((await unconfirmed(query, "event", ["E"])).get("E") ?? []).toEqual([]);
      expect((await keptLists(query)).size).toBe(text === "[]" ? 1 : 0);
      expect((await lastRun(query, "sweep"))?.findings).toEqual({});
      expect(await changesAfter(query, { afterId: 0, limit: 10 })).toHaveLength(1);
    },
  );
});
