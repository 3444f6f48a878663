import { acceptWebhooks } from "../../../middleware/intake/accept-webhooks.ts";
import type { CircaMessage } from "../../../middleware/intake/webhook-message.ts";
import { systemClock } from "../../../middleware/clock.ts";
import { eventsSeen } from "../../../middleware/jobs/storage/events-seen.ts";
import { passStep } from "../../../middleware/steps.ts";
import { eventSchema } from "../../../middleware/systems/circa/schemas.ts";
import { engines, storeForEachTest } from "../../support/each-engine.ts";

const connection = "default";
const eventId = "RXZlbnQtMQ";
type EventType = Extract<CircaMessage, { kind: "event" }>["type"];

describe.each(engines)("on %s", (engine) => {
  const store = storeForEachTest(engine);
  let messages = 0;

  const receive = (type: EventType, version: number, campaignId: string | null) => {
    messages += 1;
    const body = {
      id: eventId,
      name: `at ${version}`,
      salesforce_campaign_id: campaignId,
      version,
      updated_at: "2026-03-01T09:00:00Z",
    };
    const answer = { event: eventSchema.parse(body), body };
    const accept = acceptWebhooks({
      database: store(),
      connection,
      clock: systemClock,
      atStep: passStep,
      onSignal: () => undefined,
      onFieldsChanged: () => undefined,
    });
    return accept({ kind: "event", id: `msg_${messages}`, type, answer });
  };
  const seen = async () => (await eventsSeen(store().query, connection, [eventId])).get(eventId);

  test("webhooks of one Event in any order: an old state never takes the place of a newer one", async () => {
    await receive("event.updated", 3, "701000000000001AAA");
    await receive("event.connected", 2, "701000000000001AAA");
    await receive("event.created", 1, null);
    // Nothing that is certain is kept: the Event's turn reads it from Circa.
    expect(await seen()).toBeUndefined();
  });

  test("what was read anew afterwards is kept, though its version has not moved", async () => {
    await receive("event.updated", 3, null);
    await receive("event.connected", 3, "701000000000001AAA");
    expect(await seen()).toBeUndefined();
    await receive("event.updated", 3, "701000000000001AAA");
    expect((await seen())?.event?.campaignId).toBe("701000000000001AAA");
  });

  test("a deleted Event stays deleted, whatever comes late", async () => {
    await receive("event.deleted", 3, null);
    await receive("event.connected", 2, "701000000000001AAA");
    expect(await seen()).toEqual(expect.objectContaining({ event: null }));
  });
});
