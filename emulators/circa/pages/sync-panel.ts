/** The Salesforce side of an Event: its Campaign, how the sync is doing, what is wrong. */
import { has, type Circa } from "../circa.ts";
import type { EventRow, SyncProblem } from "../entities.ts";
import { campaignLink } from "./campaign-link.ts";
import { html, type Html, type Part } from "../../html.ts";
import { icon } from "./icons.ts";
import { shownState, syncWords, type ShownState } from "./sync-state.ts";
import { ago, asSentence } from "./words.ts";

/** What was typed into the Campaign's input, and why it was refused. */
export interface RefusedCampaign {
  readonly typed: string;
  readonly message: string;
}

const explanations: Record<ShownState, string> = {
  off: "Connect this Event to a Campaign, and their fields are kept equal from then on.",
  waiting: "The Campaign is connected. The first sync is about to bring both sides in line.",
  pending: "The last changes are on their way.",
  in_sync: "Every synced field says the same here and on the Campaign.",
  attention: "Some fields can't be brought in line. The others are in sync.",
};

export function syncPanel(circa: Circa, event: EventRow, refused?: RefusedCampaign): Part {
  if (!has(circa, "connected_campaign")) return null;
  const state = shownState(circa, event);
  const { label, icon: name, tone } = syncWords[state];
  const report = state === "off" ? null : event.syncStatus;
  const syncedAt = report?.synced_at;
  const problems = report?.problems ?? [];
  return html`<section class="card sync-panel" aria-labelledby="sync-heading">
    <div id="sync-state" data-live="Sync state">
      <h2 id="sync-heading">Salesforce</h2>
      <p class="sync-state tone-${tone}">${icon(name)} <strong>${label}</strong></p>
      <p>${explanations[state]}</p>
      ${syncedAt != null && html`<p class="hint">Last synced ${ago(circa, new Date(syncedAt))}</p>`}
      ${problems.length > 0 && problemList(circa, problems)}
      ${event.campaignId !== null && connectedCampaign(circa, event.campaignId)}
    </div>
    ${event.campaignId === null ? connectForm(event, refused) : disconnectForm(event)}
  </section>`;
}

function problemList(circa: Circa, problems: readonly SyncProblem[]): Html {
  const nameOf = (key: string | null) =>
    key === null ? "The Event" : (circa.store.findField(key)?.label ?? key);
  return html`<h3>What needs attention</h3>
    <ul class="problems">
      ${problems.map(
        ({ field, message, hint }) =>
          html`<li>
            <strong
              >${field === null
                ? nameOf(null)
                : html`<a href="#block-${field}">${nameOf(field)}</a>`}</strong
            >
            <span>${message}</span>
            ${hint !== null && html`<span class="hint">${hint}</span>`}
          </li>`,
      )}
    </ul>`;
}

const connectedCampaign = (circa: Circa, campaignId: string): Html =>
  html`<h3>Connected Campaign</h3>
    <p>${campaignLink(circa, campaignId, html`<code>${campaignId}</code>`)}</p>`;

function connectForm(event: EventRow, refused: RefusedCampaign | undefined): Html {
  return html`<form method="post" action="/events/${event.id}/campaign" class="connect">
    <label for="campaign">Campaign Id or link</label>
    <input
      type="text"
      id="campaign"
      name="campaign"
      autocomplete="off"
      spellcheck="false"
      value="${refused?.typed}"
      ${refused && html`aria-invalid="true"`}
      aria-describedby="${refused && "campaign-refusal "}campaign-hint"
    />
    ${refused &&
    html`<p class="refusal" id="campaign-refusal">
      ${icon("warning")} ${asSentence(refused.message)}.
    </p>`}
    <p class="hint" id="campaign-hint">18 characters, starting with 701.</p>
    <button type="submit" class="button">Connect</button>
  </form>`;
}

const disconnectForm = (event: EventRow): Html =>
  html`<form method="post" action="/events/${event.id}/campaign" class="connect">
    <input type="hidden" name="campaign" value="" />
    <button type="submit" class="button quiet" aria-describedby="disconnect-hint">
      Disconnect
    </button>
    <p class="hint" id="disconnect-hint">Both sides keep the values they have.</p>
  </form>`;
