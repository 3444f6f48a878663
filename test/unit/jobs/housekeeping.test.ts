import { systemClock } from "../../../middleware/runtime/clock.ts";
import { forgetOld } from "../../../middleware/store/retention.ts";
import { takeDeliveries } from "../../../middleware/store/intake/deliveries.ts";
import {
  addChanges,
  changesAfter,
  type Change,
} from "../../../middleware/store/history/history.ts";
import { openProblems } from "../../../middleware/store/history/open-problems.ts";
import { setFieldProblem } from "../../../middleware/store/history/problems.ts";
import { createLog } from "../../../middleware/runtime/log.ts";
import { engines, storeForEachTest } from "../../support/each-engine.ts";
import { fieldProblem } from "../../../middleware/model/problems/problem.ts";

const dayMs = 86_400_000;
const historyDays = 30;
const kind = "event";

const aChange = (at: number): Change => ({
  at,
  eventId: "event",
  eventName: "Event",
  campaignId: "campaign",
  fieldKey: "location",
  fieldLabel: "Location",
  campaignField: "Circa_Location__c",
  direction: "to_salesforce",
  oldValue: null,
  newValue: "Wien",
  cause: "webhook",
  note: null,
  latencyMs: null,
});
const problem = fieldProblem({ key: "location", label: "Location" }, "REQUIRED_BLANK", {
  from: "…",
  to: "…",
});

describe.each(engines)("on %s", (engine) => {
  const store = storeForEachTest(engine);

  test("what is older than it is kept is forgotten, the rest and what is open stays", async () => {
    const now = Date.now();
    const old = now - (historyDays + 1) * dayMs;
    const { query } = store();
    await store().write(async (trx) => {
      const olds = Array.from({ length: 2_500 }, (_, at) => aChange(old + at));
      await addChanges(trx, kind, [...olds, aChange(now - dayMs)]);
      await setFieldProblem(trx, { kind, fieldKey: "location" }, problem, old);
      await setFieldProblem(trx, { kind, fieldKey: "location" }, null, old);
      await setFieldProblem(trx, { kind, fieldKey: "team" }, { ...problem, fieldKey: "team" }, old);
      const messages = Array.from({ length: 2_500 }, (_, nth) => `old ${nth}`);
      await takeDeliveries(trx, messages, String, old);
      await takeDeliveries(trx, ["new"], String, now);
    });
    const log = createLog("silent");
    await forgetOld({ database: store(), clock: systemClock, log, historyDays });
    expect(await changesAfter(query, { afterId: 0, limit: 10 })).toEqual([
      expect.objectContaining({ at: now - dayMs }),
    ]);
    expect(await query.selectFrom("problems").select("field_key").execute()).toEqual([
      { field_key: "team" },
    ]);
    expect(await openProblems(query, 10)).toHaveLength(1);
    expect(await query.selectFrom("deliveries").select("message_id").execute()).toEqual([
      { message_id: "new" },
    ]);
  });
});
