/** How an Event's sync is doing, as people read it. */
import { has, type Circa } from "../circa.ts";
import type { EventRow } from "../entities.ts";
import { html, type Html } from "../../html.ts";
import { icon, type IconName } from "./icons.ts";

export const syncWords = {
  off: { label: "Not connected", icon: "unlinked", tone: "quiet" },
  waiting: { label: "Waiting for first sync", icon: "clock", tone: "busy" },
  pending: { label: "Pending", icon: "clock", tone: "busy" },
  in_sync: { label: "In sync", icon: "check", tone: "good" },
  attention: { label: "Needs attention", icon: "warning", tone: "bad" },
} as const satisfies Record<string, { label: string; icon: IconName; tone: string }>;
export type ShownState = keyof typeof syncWords;

/** Pending also when people changed a field for Salesforce after the last report. */
export function shownState(circa: Circa, event: EventRow): ShownState {
  if (event.campaignId === null || !has(circa, "connected_campaign")) return "off";
  const { syncStatus } = event;
  if (!syncStatus) return "waiting";
  return syncStatus.state === "in_sync" && hasNewsForSalesforce(circa, event)
    ? "pending"
    : syncStatus.state;
}

function hasNewsForSalesforce(circa: Circa, event: EventRow): boolean {
  const syncedAt = Date.parse(event.syncStatus?.synced_at ?? "");
  return circa.store.fieldsInOrder().some((field) => {
    const change = event.lastChanges.get(field.fieldName ?? field.id);
    const goesThere = field.crmSync?.direction === "to_salesforce";
    return goesThere && change !== undefined && change.at.getTime() > syncedAt;
  });
}

export function syncBadge(state: ShownState): Html {
  const { label, icon: name, tone } = syncWords[state];
  return html`<span class="badge tone-${tone}">${icon(name)} ${label}</span>`;
}

/** The Event's own status: Committed, Skipping … */
export function statusBadge(status: string, label: string): Html {
  const tones: Record<string, string> = {
    COMMITTED: "good",
    CONSIDERING: "busy",
    COMPLETED: "done",
  };
  return html`<span class="badge tone-${tones[status] ?? "quiet"}">${label}</span>`;
}
