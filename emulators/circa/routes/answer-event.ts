import { has, type Circa } from "../circa.ts";
import type { EventRow } from "../entities.ts";
import { formatEvent } from "../formatters.ts";
import type { Answer } from "../route.ts";
import { eventTag } from "./named-in-path.ts";

/** The whole Event, with its `ETag` where the contract has versions. */
export function answerEvent(circa: Circa, event: EventRow, status = 200): Answer {
  return {
    status,
    body: formatEvent(event, circa.store, circa.settings),
    ...(has(circa, "versions") && { headers: { etag: eventTag(event) } }),
  };
}
