import express, { Router } from "express";
import { html } from "../../html.ts";
import { page } from "../html.ts";
import { type RestContext, textParameter } from "../rest/rest-context.ts";
import { BundleError } from "./bundle.ts";
import { streamEvents } from "./event-stream.ts";
import { componentPlace, type Lightning, lightningPage } from "./lightning-pages.ts";
import { pageUserOf, userCookie } from "../rest/page-user.ts";
import { readRecordView } from "./record-view.ts";

const designSystem = "node_modules/@salesforce-ux/design-system/assets";
const styles = "styles/salesforce-lightning-design-system.min.css";

/** The app's tabs, and what their components need from the org. */
export function lightningRoutes(context: RestContext, lightning: Lightning): Router {
  const router = Router();
  addAssets(router, lightning);
  router.get("/lightning/n/:tab", (request, response, next) => {
    const tab = lightning.screens.tabs.find(({ name }) => name === request.params.tab);
    if (!tab) {
      next();
      return;
    }
    const places = tab.components.map((name) => componentPlace(name, {}));
    const content = html`<div class="screen">${places}</div>`;
    response.send(lightningPage(context, lightning, request, tab.label, content));
  });
  router.get("/lightning/events", (request, response) => {
    streamEvents(context, request, response);
  });
  router.get("/lightning/records/:id", (request, response) => {
    const names = textParameter(request.query["fields"]).split(",");
    const user = pageUserOf(context, request);
    const record = readRecordView(context, user.id, request.params.id, names);
    if (record) response.json(record);
    else response.status(404).json({ message: "The requested resource does not exist" });
  });
  router.post(
    "/lightning/session",
    express.urlencoded({ extended: false }),
    (request, response) => {
      const { user, from } = request.body as { user?: unknown; from?: unknown };
      response.cookie(userCookie, textParameter(user), { sameSite: "strict" });
      // Only to pages of this org.
      const path = textParameter(from);
      response.redirect(303, /^\/(?!\/)/.test(path) ? path : "/");
    },
  );
  router.get(["/lightning/setup/*rest", /^\/0PS\w+$/], (_request, response) => {
    const words = html`<p>In an org this is a page of Setup. The emulator has none.</p>`;
    response.send(page("Setup", words));
  });
  return router;
}

function addAssets(router: Router, lightning: Lightning): void {
  router.get("/assets/styles/slds.css", (_request, response) => {
    response.sendFile(styles, { root: designSystem, maxAge: "1h" });
  });
  router.use("/assets", express.static(designSystem, { index: false, maxAge: "1h" }));
  router.get("/lightning/components.js", async (request, response) => {
    try {
      const file = await lightning.bundle.script(request.query["debug"] === "1");
      response.type("text/javascript").sendFile(file, { dotfiles: "allow" });
    } catch (error) {
      if (!(error instanceof BundleError)) throw error;
      const message = JSON.stringify(error.message);
      response
        .type("text/javascript")
        .send(`document.body.append(${message});console.error(${message});`);
    }
  });
}
