import express, { type Request, type Response, Router } from "express";
import { toId18 } from "../data/ids.ts";
import { mayReadRecord } from "../data/record-sharing.ts";
import { componentPlace, type Lightning, lightningPage } from "../lightning/lightning-pages.ts";
import { readRecordView } from "../lightning/record-view.ts";
import { type PageUser, pageUserOf } from "../rest/page-user.ts";
import type { RestContext } from "../rest/rest-context.ts";
import { type CampaignView, editContent, listContent, viewContent } from "./campaign-content.ts";
import { type Html, html } from "../../html.ts";
import { saveCampaign } from "./save-campaign.ts";

/** The pages for people: the list of Campaigns, and one Campaign to read and to edit. */
export function pageRoutes(context: RestContext, lightning: Lightning): Router {
  const router = Router();
  const pageOf = (request: Request, title: string, content: Html): string =>
    lightningPage(context, lightning, request, title, content);
  /** Finds the Campaign of the path, or answers that there is none. */
  const campaignOf = (
    request: Request<{ id: string }>,
    response: Response,
  ): CampaignView | null => {
    const view = findCampaign(context, request.params.id, pageUserOf(context, request));
    if (view === null) {
      const words = html`<p>There is no such Campaign.</p>`;
      response.status(404).send(pageOf(request, "Not found", plain(words)));
    }
    return view;
  };
  router.get("/", (request, response) => {
    const content = listContent(context, pageUserOf(context, request));
    response.send(pageOf(request, "Campaigns", plain(content)));
  });
  router.get("/lightning/r/Campaign/:id/view", (request, response) => {
    const view = campaignOf(request, response);
    if (view === null) return;
    const { Id: recordId, Name: name } = view.record;
    const components = lightning.screens.recordPages.get("Campaign") ?? [];
    const properties = { recordId, objectApiName: "Campaign" };
    const places = components.map((component) => componentPlace(component, properties));
    const details = html`<div class="plain" data-details>${viewContent(context, view)}</div>`;
    const beside = html`<div class="columns">
      ${details}
      <div>${places}</div>
    </div>`;
    response.send(pageOf(request, String(name), places.length > 0 ? beside : details));
  });
  router.get("/lightning/r/Campaign/:id/edit", (request, response) => {
    const view = campaignOf(request, response);
    if (view === null) return;
    const content = plain(editContent(context, view, []));
    response.send(pageOf(request, `Edit ${String(view.record.Name)}`, content));
  });
  router.post(
    "/lightning/r/Campaign/:id/edit",
    express.urlencoded({ extended: false }),
    (request, response) => {
      const view = campaignOf(request, response);
      if (view === null) return;
      const errors = saveCampaign(context, view, request.body);
      if (errors.length === 0 && request.headers.accept === "application/json") {
        const names = [...view.object.fields.values()].map(({ name }) => `Campaign.${name}`);
        response.json(readRecordView(context, view.user.id, view.record.Id, names));
        return;
      }
      if (errors.length === 0) {
        response.redirect(303, `/lightning/r/Campaign/${view.record.Id}/view`);
        return;
      }
      const content = plain(editContent(context, view, errors));
      response.status(422).send(pageOf(request, `Edit ${String(view.record.Name)}`, content));
    },
  );
  return router;
}

function plain(content: Html): Html {
  return html`<div class="plain">${content}</div>`;
}

function findCampaign(context: RestContext, id: string, user: PageUser): CampaignView | null {
  const object = context.org.schema.object("Campaign");
  const record = context.org.store.get("Campaign", toId18(id) ?? "");
  if (!object || !record || record.IsDeleted === true) return null;
  const reader = { userId: user.id, access: context.org.accessOf(user.id) };
  return mayReadRecord(reader, object, record) ? { object, record, user } : null;
}
