import type { Request, Response } from "express";
import { type RestContext, textParameter } from "../rest/rest-context.ts";
import type { StoredEvent } from "../streaming/event-bus.ts";

/**
 * Platform events for `lightning/empApi`, as server-sent events:
 * `GET /lightning/events?channel=/event/X__e&replayId=-1`.
 */
export function streamEvents(context: RestContext, request: Request, response: Response): void {
  const channel = textParameter(request.query["channel"]);
  const replayId = Number(request.query["replayId"] ?? -1);
  const send = (event: StoredEvent): void => {
    if (event.channel === channel) response.write(`data: ${messageOf(event)}\n\n`);
  };
  response.writeHead(200, {
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-store",
  });
  response.write(": connected\n\n");
  const replay = context.bus.replay(channel, replayId);
  if (replay.ok) replay.events.forEach(send);
  const stop = context.bus.onEvent(send);
  response.on("close", stop);
}

/** As empApi hands it to a component. */
function messageOf({ channel, replayId, eventUuid, schemaId, payload }: StoredEvent): string {
  return JSON.stringify({
    channel,
    data: { schema: schemaId, payload, event: { replayId, EventUuid: eventUuid } },
  });
}
