/** Prints one line for each field that the middleware writes. */
import { setTimeout as pause } from "node:timers/promises";
import { createAdminApi, type Change } from "./admin-api.ts";
import type { Screen } from "./screen.ts";
import type { Demo } from "./start-demo.ts";

const everyMs = 200;

/** Follows until `stop`; a middleware that is away for a moment is asked again. */
export async function followChanges(demo: Demo, screen: Screen, stop: AbortSignal): Promise<void> {
  const api = createAdminApi(demo.line.middleware);
  let lastId = 0;
  while (!stop.aborted) {
    const changes = await api.changesAfter(lastId).catch(() => []);
    for (const change of changes) {
      screen.say(describeChange(change, screen));
      lastId = Math.max(lastId, change.id);
    }
    if (changes.length === 0) await pause(everyMs);
  }
}

const notes: Readonly<Record<string, string>> = {
  first_contact: "initial sync",
  put_back_in_circa: "reverted: Salesforce owns this field",
  put_back_in_salesforce: "reverted: Circa owns this field",
  stepped_back_in_circa: "Circa went back to an older state",
};

function describeChange(change: Change, { paint }: Screen): string {
  const time = new Date(change.at).toTimeString().slice(0, 8);
  const way =
    change.direction === "to_salesforce"
      ? paint("cyan", "Circa → Salesforce")
      : paint("yellow", "Salesforce → Circa");
  const what = `${change.eventName ?? change.eventId}: ${change.fieldLabel ?? change.fieldKey}`;
  const values = `${show(change.oldValue)} → ${paint("bold", show(change.newValue))}`;
  const took = change.latencyMs == null ? "" : `  ${change.latencyMs} ms`;
  const note = change.note ? `  (${notes[change.note] ?? change.note})` : "";
  return `${paint("dim", time)}  ${way}  ${what}  ${values}${paint("dim", took + note)}`;
}

/** A value as a person would write it, short enough for a line. */
function show(value: unknown): string {
  if (value === null || value === undefined || value === "") return "(blank)";
  if (Array.isArray(value)) return value.map(show).join(", ");
  if (typeof value === "object" && "email" in value) return show(value.email);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}
