/** The page of one Event: all its fields by section, and its Campaign beside them. */
import type { Circa } from "../circa.ts";
import { fieldKey, type EventRow, type FieldRow } from "../entities.ts";
import type { ErrorEntry } from "../errors.ts";
import { eventName } from "../formatters.ts";
import { fieldBlock } from "./field-block.ts";
import { inputId } from "./field-input.ts";
import type { FormValue } from "./form-value.ts";
import { html, type Html, type Part } from "../../html.ts";
import { icon } from "./icons.ts";
import { layout } from "./layout.ts";
import { statusBadge } from "./sync-state.ts";
import { syncPanel, type RefusedCampaign } from "./sync-panel.ts";
import { ago, asSentence, datesInWords, optionLabel } from "./words.ts";

export interface EventPageState {
  readonly typed?: ReadonlyMap<string, FormValue>;
  readonly refusals?: readonly ErrorEntry[];
  /** Keys of the fields that were just saved. */
  readonly saved?: readonly string[];
  readonly refusedCampaign?: RefusedCampaign;
  /** Words about something else that was just done. */
  readonly news?: string | undefined;
}

/** `event` is null on the page that creates one. */
export function eventPage(circa: Circa, event: EventRow | null, state: EventPageState = {}): Html {
  const { refusals = [], refusedCampaign } = state;
  const name = event ? eventName(event) : "New Event";
  const isRefused = refusals.length > 0 || refusedCampaign !== undefined;
  return layout(circa, {
    title: isRefused ? `Not saved: ${name}` : name,
    area: "events",
    live: event !== null && !isRefused,
    main: html`<nav aria-label="Breadcrumb" class="breadcrumb">
        <ol>
          <li><a href="/events">Events</a></li>
          <li aria-current="page">${name}</li>
        </ol>
      </nav>
      ${event ? heading(circa, event) : html`<h1>New Event</h1>`} ${notices(circa, state)}
      <div class="columns">
        ${eventForm(circa, event, state)}
        ${event &&
        html`<aside aria-label="Salesforce and more">
          ${syncPanel(circa, event, refusedCampaign)} ${deleteForm(event)}
        </aside>`}
      </div>`,
  });
}

function heading(circa: Circa, event: EventRow): Html {
  const status = event.values.get("status");
  const statusField = circa.store.findField("status");
  const team = event.teamId === null ? null : circa.store.teams.get(event.teamId)?.name;
  const place = event.values.get("location");
  return html`<div class="event-heading" id="event-heading" data-live="">
    <h1>${eventName(event)}</h1>
    <ul class="facts">
      ${typeof status === "string" &&
      statusField &&
      html`<li>
        <span class="visually-hidden">Status: </span>${statusBadge(
          status,
          optionLabel(statusField, status),
        )}
      </li>`}
      <li>${icon("calendar")} ${datesInWords(event)}</li>
      ${typeof place === "string" && html`<li>${icon("pin")} ${place}</li>`}
      ${team != null && html`<li>${icon("team")} ${team}</li>`}
    </ul>
    <p class="hint">
      Changed ${ago(circa, event.updatedAt)} by ${event.updatedBy.first_name}
      ${event.updatedBy.last_name}
    </p>
  </div>`;
}

function notices(
  circa: Circa,
  { refusals = [], saved = [], news, refusedCampaign }: EventPageState,
) {
  const fieldOf = (key: string | null) => (key === null ? undefined : circa.store.findField(key));
  const refused = refusals.map(({ field: key, message }) => {
    const field = fieldOf(key);
    const label = field?.label ?? key ?? "Event";
    const words = message.startsWith(label) ? message : `${label} ${message}`;
    return html`<li>${field ? html`<a href="#${inputId(field)}">${words}</a>` : words}</li>`;
  });
  const names = saved.flatMap((key) => fieldOf(key)?.label ?? []);
  return html`${refused.length > 0 &&
  html`<div class="notice tone-bad" role="alert" tabindex="-1" autofocus>
    <h2>Nothing is saved yet</h2>
    <ul>
      ${refused}
    </ul>
  </div>`}
  ${refusedCampaign &&
  html`<div class="notice tone-bad" role="alert" tabindex="-1" autofocus>
    <h2>Not connected</h2>
    <p><a href="#campaign">${asSentence(refusedCampaign.message)}.</a></p>
  </div>`}
  ${names.length > 0 &&
  html`<p class="notice tone-good" role="status">${icon("check")} Saved: ${names.join(", ")}.</p>`}
  ${news !== undefined &&
  html`<p class="notice tone-good" role="status">${icon("check")} ${news}</p>`}`;
}

function eventForm(circa: Circa, event: EventRow | null, state: EventPageState): Html {
  const blockOf = (field: FieldRow) => {
    const key = fieldKey(field);
    const refusal = state.refusals?.find((entry) => entry.field === key)?.message;
    return fieldBlock(circa, { field, event, typed: state.typed?.get(key), refusal });
  };
  const action = event ? `/events/${event.id}` : "/events";
  return html`<form method="post" action="${action}" class="event-form">
    ${sections(circa).map(
      ([section, fields], index) =>
        html`<section class="card" aria-labelledby="section-${index}">
          <h2 id="section-${index}">${section}</h2>
          ${fields.every(({ readOnly }) => readOnly) &&
          html`<p class="hint">Calculated by Circa: it can't be edited.</p>`}
          <div class="fields">${fields.map(blockOf)}</div>
        </section>`,
    )}
    <div class="save-bar">
      <button type="submit" class="button primary">
        ${event ? "Save changes" : "Create Event"}
      </button>
      <a href="${event ? action : "/events"}">Cancel</a>
    </div>
  </form>`;
}

/** Fields by section, sections in the order of their first field. */
export function sections(circa: Circa): [section: string, fields: FieldRow[]][] {
  const bySection = new Map<string, FieldRow[]>();
  for (const field of circa.store.fieldsInOrder()) {
    const fields = bySection.get(field.section) ?? [];
    bySection.set(field.section, [...fields, field]);
  }
  return [...bySection];
}

const deleteForm = (event: EventRow): Part =>
  html`<details class="card danger">
    <summary>Delete this Event</summary>
    <p>It goes for good. A connected Campaign stays as it is.</p>
    <form method="post" action="/events/${event.id}/delete">
      <button type="submit" class="button danger">${icon("trash")} Delete for good</button>
    </form>
  </details>`;
