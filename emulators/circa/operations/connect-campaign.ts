import type { Circa } from "../circa.ts";
import type { Actor, EventRow } from "../entities.ts";
import { conflict } from "../errors.ts";
import { eventName } from "../formatters.ts";
import { announceEvent } from "./announce.ts";

/**
 * Joins an Event to a Campaign, or parts them with null.
 * @throws {ApiError} 409 when another Event has that Campaign
 */
export function connectCampaign(
  circa: Circa,
  event: EventRow,
  campaignId: string | null,
  actor: Actor,
): EventRow {
  if (campaignId === event.campaignId) return event;
  const holder = campaignId === null ? undefined : circa.store.eventOfCampaign(campaignId);
  if (holder) {
    throw conflict(
      `The Campaign is connected to the Event "${eventName(holder)}" (${holder.id}) already: ` +
        "a Campaign has one Event at most. Disconnect it there first",
      "salesforce_campaign_id",
    );
  }
  const row: EventRow = {
    ...event,
    campaignId,
    syncStatus: null,
    version: event.version + 1,
    updatedAt: circa.now(),
    updatedBy: actor.person,
  };
  circa.store.putEvent(row);
  const type = campaignId === null ? "event.disconnected" : "event.connected";
  announceEvent(circa, type, row, ["salesforce_campaign_id"], actor);
  return row;
}
