import { z } from "zod";
import { syncStates } from "../entities.ts";
import { readBody } from "../read-body.ts";
import type { Route } from "../route.ts";
import { answerEvent } from "./answer-event.ts";
import { requireIntegration } from "./require-integration.ts";
import { eventOf } from "./named-in-path.ts";

const bodySchema = z.object({
  state: z.enum(syncStates),
  problems: z
    .array(
      z.object({
        field: z.string().nullable().default(null),
        message: z.string().min(1),
        hint: z.string().nullable().default(null),
      }),
    )
    .default([]),
  synced_at: z.iso.datetime({ offset: true }).nullable().default(null),
});

/** Shown to people on the Event. It is no edit: version, `updated_at` and webhooks stay as they are. */
export const putEventCrmSyncStatus: Route = {
  method: "PUT",
  path: "/events/{id}/crm_sync_status",
  feature: "sync_status",
  handle: (circa, request) => {
    requireIntegration(request);
    const event = eventOf(circa, request);
    const syncStatus = readBody(bodySchema, request.body);
    const row = { ...event, syncStatus };
    circa.store.putEvent(row);
    return answerEvent(circa, row);
  },
};
