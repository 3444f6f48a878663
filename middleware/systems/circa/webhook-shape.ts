/**
 * What Circa's contract promises of a webhook, as far as somebody has to be told that theirs breaks
 * it. No schema library: each webhook is checked before it is answered, thousands a second.
 */

/** Webhooks whose data is an Event. */
export const eventWebhookTypes = [
  "event.created",
  "event.updated",
  "event.deleted",
  "event.connected",
  "event.disconnected",
] as const;
export type EventWebhookType = (typeof eventWebhookTypes)[number];
/** Webhooks whose data is a Field. */
export const fieldWebhookTypes = ["field.created", "field.updated", "field.deleted"] as const;

/** Numbers below this are seconds since the epoch, not milliseconds: the year 5138, or March 1973. */
const minMilliseconds = 1e11;
/** The year 2001: no Event is older, so that a smaller number is no time. */
const minSeconds = 1e9;

/**
 * An instant, `2020-09-28T14:30:00Z` or seconds or milliseconds since the epoch, as the latter; 0
 * when it can't be read.
 */
export function readInstant(value: unknown): number {
  const number = typeof value === "string" && value.trim() === "" ? NaN : Number(value ?? NaN);
  if (!Number.isFinite(number)) {
    return Math.max(0, Date.parse(typeof value === "string" ? value : "") || 0);
  }
  if (number < minSeconds) return 0;
  return number * (number < minMilliseconds ? 1_000 : 1);
}

/**
 * An Event's id stands in a Campaign's text field of 64 characters, which Salesforce trims, and in
 * keys, addresses and lines of logs.
 * @returns why it can't be kept; null when it can
 */
export function eventIdFault(id: unknown): string | null {
  if (typeof id !== "string" || id === "") return "must be a text";
  if (id.length > 64) return "must have at most 64 characters, as the Campaign's field for it";
  if (!/^[^\p{C}\p{Z}]+$/u.test(id)) return "must have no blanks and no control characters";
  return null;
}

export interface WebhookEnvelope {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** @returns the webhook, or what its shape breaks, without a word of what it holds */
export function readEnvelope(json: unknown): WebhookEnvelope | string {
  const { type, timestamp, data } = isObject(json) ? json : {};
  const faults = [
    typeof type === "string" ? [] : "type: must be a text",
    isTimestamp(timestamp) ? [] : "timestamp: must be an instant such as 2020-09-28T14:30:00Z",
    isObject(data) ? [] : "data: must be an object",
    isObject(data) && isEventType(type) ? eventFaults(data) : [],
  ].flat();
  if (faults.length > 0) return faults.join("; ");
  return { type: String(type), data: isObject(data) ? data : {} };
}

function eventFaults(data: Readonly<Record<string, unknown>>): string[] {
  const { id, updated_at: updatedAt, custom_fields: custom } = data;
  const idFault = eventIdFault(id);
  return [
    idFault === null ? [] : `data.id: ${idFault}`,
    readInstant(updatedAt) > 0
      ? []
      : "data.updated_at: must be an instant such as 2020-09-28T14:30:00Z",
    custom == null || typeof custom === "object" ? [] : "data.custom_fields: must be an object",
  ].flat();
}

export function isEventType(type: unknown): type is EventWebhookType {
  return eventWebhookTypes.some((it) => it === type);
}

const isTimestamp = (value: unknown): boolean =>
  typeof value === "string" &&
  /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(value) &&
  !Number.isNaN(Date.parse(value));

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
