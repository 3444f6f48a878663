import { z } from "zod";
import { notFound } from "../errors.ts";
import { readBody } from "../read-body.ts";
import type { ControlRoute } from "./control-route.ts";

const bodySchema = z.strictObject({
  /** @default every Event */
  event_id: z.string().optional(),
  /** So many seconds ago the backup was made. */
  seconds_ago: z.number().positive(),
});

/** Circa is restored from a backup: Events are as they were, versions too, without a notification. */
export const postRestore: ControlRoute = {
  method: "post",
  path: "/restore",
  handle: (circa, body) => {
    const { event_id: eventId, seconds_ago: secondsAgo } = readBody(bodySchema, body);
    const ids = eventId === undefined ? [...circa.store.events.keys()] : [eventId];
    const at = new Date(circa.now().getTime() - secondsAgo * 1_000);
    for (const id of ids) {
      const row = circa.store.eventAt(id, at);
      if (row === undefined) throw notFound(`There is no Event ${id}`);
      circa.store.putEvent(row);
    }
    return { status: 200, body: { restored: ids.length } };
  },
};
