/** The pages that people use, with their style sheet and the script that keeps them current. */
import { Router, urlencoded, type Response } from "express";
import type { Circa } from "../circa.ts";
import { ApiError } from "../errors.ts";
import { readAssets } from "./read-assets.ts";
import { notFoundPage } from "./not-found-page.ts";
import type { FormBody } from "./read-form.ts";
import { addField } from "./routes/add-field.ts";
import { connectCampaign } from "./routes/connect-campaign.ts";
import { createEvent } from "./routes/create-event.ts";
import { deleteEvent } from "./routes/delete-event.ts";
import { deleteField } from "./routes/delete-field.ts";
import type { PageAnswer, PageRoute } from "./routes/page-route.ts";
import { resendDelivery } from "./routes/resend-delivery.ts";
import { saveEvent } from "./routes/save-event.ts";
import { saveFieldValues } from "./routes/save-field-values.ts";
import { showEvent } from "./routes/show-event.ts";
import { showEventInfo } from "./routes/show-event-info.ts";
import { showEvents } from "./routes/show-events.ts";
import { showNewEvent } from "./routes/show-new-event.ts";
import { showWebhooks } from "./routes/show-webhooks.ts";

const routes: readonly PageRoute[] = [
  showEvents,
  showNewEvent,
  createEvent,
  showEvent,
  saveEvent,
  connectCampaign,
  deleteEvent,
  showEventInfo,
  addField,
  saveFieldValues,
  deleteField,
  showWebhooks,
  resendDelivery,
];

const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export function servePages(circa: Circa): Router {
  const router = Router();
  for (const { name, type, content } of readAssets()) {
    router.get(`/assets/${name}`, (_request, response) => void response.type(type).send(content));
  }
  router.get("/", (_request, response) => response.redirect("/events"));
  router.get("/settings", (_request, response) => response.redirect("/settings/event-info"));
  router.use(urlencoded({ extended: false, limit: "4mb" }));
  for (const { method, path, handle } of routes) {
    router[method](path, (request, response) => {
      const { params, query } = request as { params: Record<string, string>; query: object };
      const body = (request.body ?? {}) as FormBody;
      answer(
        response,
        orNotFound(circa, () => handle(circa, { params, query: { ...query }, body })),
      );
    });
  }
  router.use((_request, response) => answer(response, { status: 404, page: notFoundPage(circa) }));
  return router;
}

function orNotFound(circa: Circa, handle: () => PageAnswer): PageAnswer {
  try {
    return handle();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: error.status, page: notFoundPage(circa) };
  }
}

function answer(response: Response, given: PageAnswer): void {
  if ("redirect" in given) {
    response.redirect(303, given.redirect);
    return;
  }
  response
    .status(given.status)
    .set("content-security-policy", contentSecurityPolicy)
    .set("cache-control", "no-store")
    .type("html")
    .send(given.page.text);
}
