/** The list of Events. */
import { has, type Circa } from "../circa.ts";
import type { EventRow } from "../entities.ts";
import { eventName } from "../formatters.ts";
import { campaignLink } from "./campaign-link.ts";
import { html, type Html, type Part } from "../../html.ts";
import { icon } from "./icons.ts";
import { layout } from "./layout.ts";
import { shownState, statusBadge, syncBadge, syncWords } from "./sync-state.ts";
import { datesInWords, optionLabel } from "./words.ts";

const pageSize = 50;

/** What the page's address asks for. */
export interface EventFilter {
  readonly text: string;
  readonly status: string;
  readonly sync: string;
  readonly page: number;
}

const normal = (text: string) =>
  text
    .normalize("NFD")
    .replaceAll(/\p{Diacritic}/gu, "")
    .toLowerCase();

function matches(circa: Circa, event: EventRow, { text, status, sync }: EventFilter): boolean {
  const place = event.values.get("location");
  const words = normal(`${eventName(event)} ${typeof place === "string" ? place : ""}`);
  return (
    words.includes(normal(text)) &&
    (status === "" || event.values.get("status") === status) &&
    (sync === "" || shownState(circa, event) === sync)
  );
}

export function eventsPage(circa: Circa, filter: EventFilter, news?: string): Html {
  const found = [...circa.store.events.values()].filter((event) => matches(circa, event, filter));
  const lastPage = Math.max(1, Math.ceil(found.length / pageSize));
  const page = Math.min(filter.page, lastPage);
  const rows = found.slice((page - 1) * pageSize, page * pageSize);
  const count = `${found.length} ${found.length === 1 ? "Event" : "Events"}`;
  return layout(circa, {
    title: "Events",
    area: "events",
    main: html`<div class="page-heading">
        <h1>Events</h1>
        <a class="button primary" href="/events/new">${icon("plus")} New Event</a>
      </div>
      ${news !== undefined &&
      html`<p class="notice tone-good" role="status">${icon("check")} ${news}</p>`}
      ${filterForm(circa, filter)}
      <div class="card table-card" role="region" aria-label="Events" tabindex="0">
        <table>
          <caption>
            ${count}${lastPage > 1 && `, page ${page} of ${lastPage}`}
          </caption>
          <thead>
            <tr>
              <th scope="col">Event</th>
              <th scope="col">Dates</th>
              <th scope="col">Status</th>
              <th scope="col">Team</th>
              ${has(circa, "connected_campaign") &&
              html`<th scope="col">Campaign</th>
                <th scope="col">Salesforce</th>`}
            </tr>
          </thead>
          <tbody>
            ${rows.map((event) => eventRow(circa, event))}
          </tbody>
        </table>
        ${rows.length === 0 && html`<p class="empty">No Event matches.</p>`}
      </div>
      ${pager(filter, page, lastPage)}`,
  });
}

function eventRow(circa: Circa, event: EventRow): Html {
  const status = event.values.get("status");
  const statusField = circa.store.findField("status");
  const place = event.values.get("location");
  const team = event.teamId === null ? undefined : circa.store.teams.get(event.teamId);
  return html`<tr id="event-${event.id}" data-live="${eventName(event)}">
    <th scope="row">
      <a href="/events/${event.id}">${eventName(event)}</a>
      ${typeof place === "string" && html`<span class="hint">${place}</span>`}
    </th>
    <td class="nowrap">${datesInWords(event)}</td>
    <td>
      ${typeof status === "string" &&
      statusField &&
      statusBadge(status, optionLabel(statusField, status))}
    </td>
    <td>${team?.name}</td>
    ${has(circa, "connected_campaign") &&
    html`<td>
        ${event.campaignId === null
          ? html`<span class="hint">None</span>`
          : campaignLink(
              circa,
              event.campaignId,
              html`Open<span class="visually-hidden"> Campaign of ${eventName(event)}</span>`,
            )}
      </td>
      <td>${syncBadge(shownState(circa, event))}</td>`}
  </tr>`;
}

function filterForm(circa: Circa, filter: EventFilter): Html {
  const statusField = circa.store.findField("status");
  const option = (value: string, label: string, chosen: string): Part =>
    html`<option value="${value}" ${value === chosen && html`selected`}>${label}</option>`;
  return html`<form method="get" action="/events" class="filters" role="search">
    <div>
      <label for="filter-text">Name or place</label>
      <input type="search" id="filter-text" name="text" value="${filter.text}" />
    </div>
    <div>
      <label for="filter-status">Status</label>
      <select id="filter-status" name="status">
        ${option("", "Any", filter.status)}
        ${statusField?.options.map((value) =>
          option(value, optionLabel(statusField, value), filter.status),
        )}
      </select>
    </div>
    <div>
      <label for="filter-sync">Salesforce</label>
      <select id="filter-sync" name="sync">
        ${option("", "Any", filter.sync)}
        ${Object.entries(syncWords).map(([value, { label }]) => option(value, label, filter.sync))}
      </select>
    </div>
    <button type="submit" class="button">Filter</button>
  </form>`;
}

function pager({ text, status, sync }: EventFilter, page: number, lastPage: number): Part {
  if (lastPage === 1) return null;
  const link = (to: number, words: string) => {
    const query = new URLSearchParams({ text, status, sync, page: String(to) });
    return html`<a class="button" href="/events?${query.toString()}">${words}</a>`;
  };
  return html`<nav class="pager" aria-label="Pages">
    ${page > 1 && link(page - 1, "Previous")} ${page < lastPage && link(page + 1, "Next")}
  </nav>`;
}
