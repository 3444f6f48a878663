/** The frame of the settings pages. */
import type { Circa } from "../circa.ts";
import { html, type Html, type Part } from "../../html.ts";
import { icon } from "./icons.ts";
import { layout } from "./layout.ts";

interface SettingsContent {
  readonly title: string;
  readonly current: "event-info" | "webhooks";
  readonly intro: Html;
  readonly main: Part;
  readonly live?: boolean;
  readonly news?: string | undefined;
}

const pages = [
  ["event-info", "Event Info"],
  ["webhooks", "Webhooks"],
] as const;

export function settingsLayout(circa: Circa, content: SettingsContent): Html {
  const { title, current, intro, main, live = true, news } = content;
  return layout(circa, {
    title: `${title} · Settings`,
    area: "settings",
    live,
    main: html`<div class="settings">
      <nav aria-label="Settings" class="side">
        <h2 class="visually-hidden">Settings</h2>
        <ul>
          ${pages.map(
            ([name, label]) =>
              html`<li>
                <a href="/settings/${name}" ${name === current && html`aria-current="page"`}>
                  ${label}
                </a>
              </li>`,
          )}
        </ul>
      </nav>
      <div>
        <h1>${title}</h1>
        ${intro}
        ${news !== undefined &&
        html`<p class="notice tone-good" role="status">${icon("check")} ${news}</p>`}
        ${main}
      </div>
    </div>`,
  });
}
