import type { Circa } from "../circa.ts";
import type { Actor, EventRow } from "../entities.ts";
import { announceEvent } from "./announce.ts";

/** Removes an Event for good. */
export function deleteEvent(circa: Circa, event: EventRow, actor: Actor): void {
  circa.store.deleteEvent(event, circa.now());
  announceEvent(circa, "event.deleted", event, [], actor);
}
