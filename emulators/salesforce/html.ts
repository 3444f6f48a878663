import { readFileSync } from "node:fs";
import { Html, html } from "../html.ts";

/** JSON for scripts of the page, in an element of that id. */
export function rawJson(id: string, value: unknown): Html {
  const text = JSON.stringify(value).replaceAll("<", "\\u003c");
  return html`<script type="application/json" id="${id}">
    ${new Html(text)}
  </script>`;
}

/** What stands around a page's content. */
export interface PageFrame {
  /** The app's name; null without an app. */
  readonly appLabel: string | null;
  readonly tabs: readonly { label: string; address: string; isCurrent: boolean }[];
  /** Who may look at it, to choose from. */
  readonly users: readonly { id: string; name: string; isChosen: boolean }[];
  /** Such as `en-US`. */
  readonly language: string;
  /** What goes into the head before the page's own style. */
  readonly head: Html | null;
}

const style = new Html(readFileSync("emulators/salesforce/pages/page.css", "utf8"));

const plainFrame: PageFrame = { appLabel: null, tabs: [], users: [], language: "en", head: null };

/** A whole page around its content. */
export function page(title: string, content: Html, frame: PageFrame = plainFrame): string {
  return html`<!doctype html>
    <html lang="${frame.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} | Salesforce emulator</title>
        <link rel="icon" href="data:," />
        ${frame.head}
        <style>
          ${style}
        </style>
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <header class="frame">
          <a href="/">Salesforce emulator: Campaigns</a>
          ${frame.tabs.length > 0 ? tabList(frame) : null}
          ${frame.users.length > 1 ? userChoice(frame) : null}
        </header>
        <main id="content">
          <h1 class="page-title">${title}</h1>
          ${content}
        </main>
        <div id="toasts" class="slds-notify_container" role="status" aria-live="polite"></div>
      </body>
    </html>`.text;
}

function tabList({ appLabel, tabs }: PageFrame): Html {
  return html`<nav aria-label="${appLabel ?? "App"}">
    <ul>
      ${tabs.map(
        ({ label, address, isCurrent }) =>
          html`<li>
            <a href="${address}" ${isCurrent ? html`aria-current="page"` : null}>${label}</a>
          </li>`,
      )}
    </ul>
  </nav>`;
}

/** Each user's view can be opened: the emulator knows no passwords. */
function userChoice({ users }: PageFrame): Html {
  return html`<form class="user" method="post" action="/lightning/session">
    <label for="user">You are</label>
    <select id="user" name="user">
      ${users.map(
        ({ id, name, isChosen }) =>
          html`<option value="${id}" ${isChosen ? html`selected` : null}>${name}</option>`,
      )}
    </select>
    <button type="submit">Switch</button>
  </form>`;
}
