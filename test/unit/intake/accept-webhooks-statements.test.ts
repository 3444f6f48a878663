/** A group of webhooks is one transaction: what it costs must not grow with the group. */
import { systemClock } from "../../../middleware/runtime/clock.ts";
import { acceptWebhooks } from "../../../middleware/intake/webhooks/accept-webhooks.ts";
import type { CircaMessage } from "../../../middleware/intake/webhooks/webhook-message.ts";
import { noFailpoint } from "../../../middleware/runtime/failpoints.ts";
import { eventSchema } from "../../../middleware/systems/circa/schemas.ts";
import { countStatements } from "../../support/counted-statements.ts";
import { engines, storeForEachTest } from "../../support/each-engine.ts";

/** The first message commits alone, what comes meanwhile together. */
const groups = 2;

function message(nth: number): CircaMessage {
  const body = {
    id: `RXZlbnQt${nth}`,
    name: "Summit",
    version: 1,
    updated_at: "2027-01-01T00:00:00Z",
  };
  const answer = { event: eventSchema.parse(body), body };
  const type = nth % 2 === 0 ? "event.updated" : "event.connected";
  return { kind: "event", id: `msg_${nth}`, type, answer };
}

describe.each(engines)("on %s", (engine) => {
  const store = storeForEachTest(engine);

  test("90 webhooks that come at once cost a few statements", async () => {
    const counted = countStatements(store());
    const accept = acceptWebhooks({
      database: counted.database,
      clock: systemClock,
      onFailpoint: noFailpoint,
      onLinksDue: () => undefined,
      onFieldsChanged: () => undefined,
    });
    const messages = Array.from({ length: 90 }, (_, nth) => message(nth));
    const count = await counted.during(() => Promise.all(messages.map(accept)));
    expect(count).toBeLessThanOrEqual(groups * 8);
    const kept = await store().query.selectFrom("event_snapshots").select("event_id").execute();
    expect(kept).toHaveLength(messages.length);
  });
});
