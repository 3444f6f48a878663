import type { Request } from "express";
import { type Html, html } from "../../html.ts";
import { page, rawJson } from "../html.ts";
import type { RestContext } from "../rest/rest-context.ts";
import type { LightningBundle } from "./bundle.ts";
import { readCustomLabels } from "./labels.ts";
import type { PackageScreens } from "./package-screens.ts";
import { pageUserOf, pageUsers } from "../rest/page-user.ts";

/** What pages with components are made of. */
export interface Lightning {
  readonly screens: PackageScreens;
  readonly bundle: LightningBundle;
  readonly sourceDirs: readonly string[];
}

/** A page of the org: the app's tabs, who looks at it, and the components' script where it has any. */
export function lightningPage(
  context: RestContext,
  lightning: Lightning,
  request: Request,
  title: string,
  content: Html,
): string {
  const { screens } = lightning;
  const user = pageUserOf(context, request);
  const isDebug = request.query["debug"] === "1";
  const hasScreens = screens.tabs.length > 0 || screens.recordPages.size > 0;
  return page(title, content, {
    appLabel: screens.appLabel,
    tabs: screens.tabs.map(({ name, label }) => ({
      label,
      address: `/lightning/n/${name}`,
      isCurrent: request.path === `/lightning/n/${name}`,
    })),
    users: pageUsers(context).map(({ id, name }) => ({ id, name, isChosen: id === user.id })),
    language: languageOf(request, user.language),
    head: hasScreens
      ? html`<link rel="stylesheet" href="/assets/styles/slds.css" />
          ${rawJson("page-data", pageData(context, lightning, request))}
          <script defer src="/lightning/components.js${isDebug ? "?debug=1" : ""}"></script>`
      : null,
  });
}

function pageData(context: RestContext, { sourceDirs }: Lightning, request: Request): unknown {
  const user = pageUserOf(context, request);
  const access = context.org.accessOf(user.id);
  const permissions = [...context.org.schema.permissionSets.values()]
    .flatMap(({ customPermissions }) => customPermissions)
    .filter((name) => access.hasCustomPermission(name));
  return {
    userId: user.id,
    locale: languageOf(request, user.language),
    permissions: [...new Set(permissions)],
    labels: readCustomLabels(sourceDirs, languageOf(request, user.language)),
  };
}

/** `?language=de` shows a page in another language than the user's. */
function languageOf(request: Request, ofUser: string): string {
  const { language } = request.query;
  return (typeof language === "string" ? language : ofUser).replace("_", "-");
}

/** Where the page's script puts a component. */
export function componentPlace(name: string, properties: object): Html {
  return html`<div data-component="${name}" data-properties="${JSON.stringify(properties)}"></div>`;
}
