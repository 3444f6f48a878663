import { eventSnapshots, saveEvents } from "../../../middleware/store/intake/event-snapshots.ts";
import type { EventAnswer } from "../../../middleware/systems/circa/client.ts";
import { eventSchema } from "../../../middleware/systems/circa/schemas.ts";
import type { EventWebhookType } from "../../../middleware/systems/circa/webhook-shape.ts";
import { applyTo } from "../../support/accepted-webhooks.ts";
import { engines, storeForEachTest } from "../../support/each-engine.ts";

const eventId = "RXZlbnQtMQ";

function answerAt(version: number, campaignId: string | null): EventAnswer {
  const body = {
    id: eventId,
    name: `at ${version}`,
    salesforce_campaign_id: campaignId,
    version,
    updated_at: "2026-03-01T09:00:00Z",
  };
  return { event: eventSchema.parse(body), body };
}

describe.each(engines)("on %s", (engine) => {
  const store = storeForEachTest(engine);
  let messages = 0;

  const receive = (type: EventWebhookType, version: number, campaignId: string | null) => {
    messages += 1;
    const data = answerAt(version, campaignId).body as object;
    return applyTo(store())({ id: `msg_${messages}`, type, data });
  };
  const readAnew = (version: number, campaignId: string | null) => {
    const answer = answerAt(version, campaignId);
    return store().write((trx) => saveEvents(store(), trx, [{ answer }]));
  };
  const seen = async () => (await eventSnapshots(store().query, [eventId])).get(eventId);

  test("webhooks of one Event in any order: an old state never takes the place of a newer one", async () => {
    await receive("event.updated", 3, "701000000000001AAA");
    await receive("event.connected", 2, "701000000000001AAA");
    await receive("event.created", 1, null);
    // Nothing that is certain is kept: the Event's turn reads it from Circa.
    expect(await seen()).toMatchObject({ event: null, forgotten: true });
  });

  test("what was read anew afterwards is kept, though its version has not moved", async () => {
    await receive("event.updated", 3, null);
    await receive("event.connected", 3, "701000000000001AAA");
    expect(await seen()).toMatchObject({ event: null, forgotten: true });
    // It may have been on its way since before.
    await receive("event.updated", 3, null);
    expect(await seen()).toMatchObject({ event: null, forgotten: true });
    await readAnew(3, "701000000000001AAA");
    expect((await seen())?.event?.campaignId).toBe("701000000000001AAA");
  });

  test("a deleted Event stays deleted, whatever comes late", async () => {
    await receive("event.deleted", 3, null);
    await receive("event.connected", 2, "701000000000001AAA");
    expect(await seen()).toEqual(expect.objectContaining({ event: null }));
  });
});
