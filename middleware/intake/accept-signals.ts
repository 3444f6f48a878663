/** Makes the stream's events durable: their signals and the checkpoint in one transaction. */
import type { Clock } from "../clock.ts";
import { campaignSubject, eventSubject, signal } from "../jobs/due-links.ts";
import { writeCheckpoint } from "../jobs/storage/checkpoints.ts";
import type { Database } from "../jobs/storage/database.ts";
import { takeDelivery } from "../jobs/storage/deliveries.ts";
import { eventIdsOfCampaigns } from "../jobs/storage/links.ts";
import type { AtStep } from "../steps.ts";
import type { SignalEvent } from "./signal-event.ts";

export interface AcceptSignalParts {
  readonly database: Database;
  readonly connection: string;
  readonly clock: Clock;
  readonly atStep: AtStep;
  readonly onSignal: () => void;
  readonly onMappingsChanged: () => void;
}

/** @param events in the order of the stream; never empty */
export async function acceptSignals(
  parts: AcceptSignalParts,
  events: readonly SignalEvent[],
): Promise<void> {
  const { database, connection, clock, atStep } = parts;
  atStep("events_received");
  const mappingsChanged = await database.write(async (trx) => {
    let changed = false;
    for (const event of events) {
      const nowMs = clock.now();
      // Salesforce delivers at least once: a repeated event has the same EventUuid.
      if (!(await takeDelivery(trx, connection, `event:${event.eventUuid}`, nowMs))) continue;
      if (event.kind === "mappings_changed") changed = true;
      if (event.campaignIds.length === 0) continue;
      const known = await eventIdsOfCampaigns(trx, connection, event.campaignIds);
      const subjects = event.campaignIds.map((campaignId) => {
        const eventId = known.get(campaignId);
        return eventId === undefined ? campaignSubject(campaignId) : eventSubject(eventId);
      });
      const cause = event.kind === "sync_requested" ? "admin" : "stream";
      await signal(trx, connection, subjects, cause, nowMs);
    }
    const last = events.at(-1);
    if (last !== undefined) {
      await writeCheckpoint(trx, connection, "stream", String(last.replayId), clock.now());
    }
    atStep("events_in_transaction");
    return changed;
  });
  atStep("events_committed");
  parts.onSignal();
  if (mappingsChanged) parts.onMappingsChanged();
}
