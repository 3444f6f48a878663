/** Settings > Webhooks: endpoints, and how the last deliveries went. */
import { has, type Circa } from "../circa.ts";
import type { Delivery, Endpoint } from "../webhooks/delivery.ts";
import { html, type Html, type Part } from "../../html.ts";
import { icon, type IconName } from "./icons.ts";
import { settingsLayout } from "./settings-layout.ts";
import { ago } from "./words.ts";

const shownDeliveries = 50;

const states: Record<Delivery["state"], { label: string; icon: IconName; tone: string }> = {
  delivered: { label: "Delivered", icon: "check", tone: "good" },
  pending: { label: "Trying", icon: "clock", tone: "busy" },
  failed: { label: "Given up", icon: "warning", tone: "bad" },
  dropped: { label: "Dropped on request", icon: "unlinked", tone: "quiet" },
};

export function webhooksPage(circa: Circa, news?: string): Html {
  const endpoints = [...circa.webhooks.endpoints.values()];
  const deliveries = circa.webhooks.log.newestFirst().slice(0, shownDeliveries);
  return settingsLayout(circa, {
    title: "Webhooks",
    current: "webhooks",
    news,
    intro: html`<p>
      Addresses that receive each change of an Event or a field. A failed delivery is repeated after
      5 seconds, 30 seconds, 2 minutes, 10 minutes, 1 hour, 6 hours and 24 hours.
    </p>`,
    main: has(circa, "webhooks")
      ? html`<section class="card table-card" aria-labelledby="endpoints">
            <h2 id="endpoints">Endpoints</h2>
            <div id="endpoint-list" data-live="">${endpointTable(circa, endpoints)}</div>
          </section>
          <section class="card table-card" aria-labelledby="deliveries">
            <h2 id="deliveries">Last deliveries</h2>
            <div id="delivery-list" data-live="">${deliveryTable(circa, deliveries)}</div>
          </section>`
      : html`<p class="notice tone-quiet">This workspace has no webhooks.</p>`,
  });
}

function endpointTable(circa: Circa, endpoints: readonly Endpoint[]): Html {
  if (endpoints.length === 0) return html`<p class="empty">No endpoint is registered yet.</p>`;
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Address</th>
        <th scope="col">Types</th>
        <th scope="col">Added</th>
      </tr>
    </thead>
    <tbody>
      ${endpoints.map(
        ({ url, types, createdAt, previousSecret }) =>
          html`<tr>
            <th scope="row">
              <code>${url}</code>
              ${previousSecret !== null && html`<span class="hint">Its secret is changing</span>`}
            </th>
            <td>
              <ul class="values">
                ${types.map((type) => html`<li>${type}</li>`)}
              </ul>
            </td>
            <td class="nowrap">${ago(circa, createdAt)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function deliveryTable(circa: Circa, deliveries: readonly Delivery[]): Html {
  if (deliveries.length === 0) return html`<p class="empty">Nothing was sent yet.</p>`;
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Sent</th>
        <th scope="col">What</th>
        <th scope="col">About</th>
        <th scope="col">State</th>
        <th scope="col">Attempts</th>
        <th scope="col"><span class="visually-hidden">Actions</span></th>
      </tr>
    </thead>
    <tbody>
      ${deliveries.map((delivery) => deliveryRow(circa, delivery))}
    </tbody>
  </table>`;
}

function deliveryRow(circa: Circa, delivery: Delivery): Html {
  const { label, icon: name, tone } = states[delivery.state];
  const path = `/settings/webhooks/${delivery.messageId}/${delivery.endpointId}/resend`;
  return html`<tr>
    <td class="nowrap">${ago(circa, delivery.createdAt)}</td>
    <td><code>${delivery.type}</code></td>
    <th scope="row">${delivery.subject}</th>
    <td><span class="badge tone-${tone}">${icon(name)} ${label}</span></td>
    <td>${attempts(delivery)}</td>
    <td>
      <form method="post" action="${path}">
        <button type="submit" class="button small">
          Send again<span class="visually-hidden"> ${delivery.type} of ${delivery.subject}</span>
        </button>
      </form>
    </td>
  </tr>`;
}

function attempts({ attempts: made, nextAttemptAt }: Delivery): Part {
  const last = made.at(-1);
  if (!last) return html`<span class="hint">None yet</span>`;
  const outcome = last.error ?? `${last.httpStatus ?? ""} in ${last.durationMs} ms`;
  return html`${made.length}<span class="hint">
      ${outcome}${nextAttemptAt && `, next ${nextAttemptAt.toISOString().slice(11, 19)} UTC`}
    </span>`;
}
