/** The frame of every page. */
import { fullName } from "../entities.ts";
import type { Circa } from "../circa.ts";
import { html, type Html, type Part } from "../../html.ts";

export interface PageContent {
  /** Without the product's name. */
  readonly title: string;
  readonly area: "events" | "settings";
  readonly main: Part;
  /** The page keeps itself current, until it holds something that was typed and refused. */
  readonly live?: boolean;
}

const areas = [
  ["events", "/events", "Events"],
  ["settings", "/settings/event-info", "Settings"],
] as const;

export function layout(circa: Circa, { title, area, main, live = true }: PageContent): Html {
  const { person } = circa.actors.person;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Circa</title>
        <link rel="stylesheet" href="/assets/circa.css" />
        <link rel="icon" href="/assets/circa.svg" type="image/svg+xml" />
        ${live && html`<script type="module" src="/assets/live.mjs"></script>`}
      </head>
      <body>
        <a class="skip-link" href="#main">Skip to content</a>
        <header class="top">
          <a class="brand" href="/events">
            <img src="/assets/circa.svg" alt="" width="28" height="28" />
            Circa
          </a>
          <nav aria-label="Main">
            <ul>
              ${areas.map(
                ([name, href, label]) =>
                  html`<li>
                    <a href="${href}" ${name === area && html`aria-current="true"`}>${label}</a>
                  </li>`,
              )}
            </ul>
          </nav>
          <p class="signed-in">
            <span class="avatar" aria-hidden="true"
              >${person.first_name.charAt(0)}${person.last_name.charAt(0)}</span
            >
            <span><span class="visually-hidden">Signed in as </span>${fullName(person)}</span>
          </p>
        </header>
        <main id="main" tabindex="-1">${main}</main>
        <p class="visually-hidden" role="status" id="live-news"></p>
        <footer class="bottom">
          <p>A local Circa for trying Event Info Sync. Nothing here leaves this machine.</p>
        </footer>
      </body>
    </html>`;
}
