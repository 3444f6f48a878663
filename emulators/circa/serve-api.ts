/** `/api/v1`: Circa's public API and the sync contract, route by route. */
import { Router, text } from "express";
import type { Circa } from "./circa.ts";
import { notFound } from "./errors.ts";
import type { Route } from "./route.ts";
import { getCrmSync, putCrmSync } from "./routes/crm-sync.ts";
import { deleteEvent } from "./routes/delete-event.ts";
import { deleteFieldCrmSync } from "./routes/delete-field-crm-sync.ts";
import { deleteWebhook } from "./routes/delete-webhook.ts";
import { getEvent } from "./routes/get-event.ts";
import { getField } from "./routes/get-field.ts";
import { listEvents } from "./routes/list-events.ts";
import { listFields } from "./routes/list-fields.ts";
import { listTeams } from "./routes/list-teams.ts";
import { listWebhooks } from "./routes/list-webhooks.ts";
import { patchEvent } from "./routes/patch-event.ts";
import { patchWebhook } from "./routes/patch-webhook.ts";
import { postEvent } from "./routes/post-event.ts";
import { postWebhook } from "./routes/post-webhook.ts";
import { putEventCrmSyncStatus } from "./routes/put-event-crm-sync-status.ts";
import { putEventSalesforceCampaign } from "./routes/put-event-salesforce-campaign.ts";
import { putFieldCrmSync } from "./routes/put-field-crm-sync.ts";
import { answerForError, send, serveRoute } from "./serve-route.ts";

const routes: readonly Route[] = [
  listEvents,
  postEvent,
  getEvent,
  patchEvent,
  deleteEvent,
  listFields,
  getField,
  listTeams,
  listWebhooks,
  postWebhook,
  patchWebhook,
  deleteWebhook,
  getCrmSync,
  putCrmSync,
  putFieldCrmSync,
  deleteFieldCrmSync,
  putEventSalesforceCampaign,
  putEventCrmSyncStatus,
];

export function serveApi(circa: Circa): Router {
  const router = Router();
  router.use(text({ type: () => true, limit: "2mb" }));
  for (const route of routes) serveRoute(router, circa, route);
  router.use((_request, response) =>
    send(response, answerForError(notFound("There is no such address"))),
  );
  return router;
}
