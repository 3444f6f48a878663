/** A group of webhooks is one transaction: what it costs must not grow with the group. */
import { applyTo, type AcceptedWebhook } from "../../support/accepted-webhooks.ts";
import { countStatements } from "../../support/counted-statements.ts";
import { engines, storeForEachTest } from "../../support/each-engine.ts";

/** The first message is applied alone, what comes meanwhile together. */
const groups = 2;

function message(nth: number): AcceptedWebhook {
  const data = {
    id: `RXZlbnQt${nth}`,
    name: "Summit",
    version: 1,
    updated_at: "2027-01-01T00:00:00Z",
  };
  return { id: `msg_${nth}`, type: nth % 2 === 0 ? "event.updated" : "event.connected", data };
}

describe.each(engines)("on %s", (engine) => {
  const store = storeForEachTest(engine);

  test("90 webhooks that come at once cost a few statements", async () => {
    const counted = countStatements(store());
    const accept = applyTo(counted.database);
    const messages = Array.from({ length: 90 }, (_, nth) => message(nth));
    const count = await counted.during(() => Promise.all(messages.map(accept)));
    expect(count).toBeLessThanOrEqual(groups * 8);
    const kept = await store().query.selectFrom("event_snapshots").select("event_id").execute();
    expect(kept).toHaveLength(messages.length);
  });
});
