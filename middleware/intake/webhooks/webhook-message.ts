/** A verified webhook's body, as far as the sync needs it. Pure. */
import type { z } from "zod";
import type { EventAnswer } from "../../systems/circa/client.ts";
import {
  eventSchema,
  eventWebhookTypes,
  fieldWebhookTypes,
  webhookSchema,
} from "../../systems/circa/schemas.ts";
import { parseExactJson } from "../../systems/http/exact-json.ts";

export type CircaMessage =
  | {
      readonly kind: "event";
      readonly id: string;
      readonly type: (typeof eventWebhookTypes)[number];
      readonly answer: EventAnswer;
    }
  | { readonly kind: "field"; readonly id: string };

/** An Event's own values are nested three deep. */
const maxDepth = 100;

export type ReadWebhook =
  /** null: a type that is accepted and ignored. */
  | { readonly ok: true; readonly message: CircaMessage | null }
  | { readonly ok: false; readonly reason: "not_json" | "shape"; readonly error: string };

export function readWebhook(id: string, body: Buffer): ReadWebhook {
  if (depthOf(body) > maxDepth) {
    return {
      ok: false,
      reason: "not_json",
      error: `The body is nested more than ${maxDepth} deep.`,
    };
  }
  let json: unknown;
  try {
    json = parseExactJson(body.toString("utf8"));
  } catch {
    return { ok: false, reason: "not_json", error: "The body is not JSON." };
  }
  const envelope = webhookSchema.safeParse(json);
  if (!envelope.success) return unprocessable(envelope.error);
  const { type, data } = envelope.data;
  if (isOneOf(fieldWebhookTypes, type)) return { ok: true, message: { kind: "field", id } };
  if (!isOneOf(eventWebhookTypes, type)) return { ok: true, message: null };
  const event = eventSchema.safeParse(data);
  if (!event.success) return unprocessable(event.error, "data");
  if (event.data.updatedAt === 0) {
    const error = "data.updated_at: must be an instant such as 2020-09-28T14:30:00Z";
    return { ok: false, reason: "shape", error };
  }
  // `changed` and `actor` describe the delivery, not the Event.
  const { changed: _changed, actor: _actor, ...kept } = data;
  const answer = { event: event.data, body: kept };
  return { ok: true, message: { kind: "event", id, type, answer } };
}

const [quote, backslash, openers, closers] = [0x22, 0x5c, [0x7b, 0x5b], [0x7d, 0x5d]];

/** How deep JSON is nested; V8 parses any depth, and what walks through it later does not. */
function depthOf(json: Buffer): number {
  let depth = 0;
  let deepest = 0;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (inText) {
      if (byte === backslash) at += 1;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (openers.includes(byte)) deepest = Math.max(deepest, (depth += 1));
    else if (closers.includes(byte)) depth -= 1;
  }
  return deepest;
}

function isOneOf<T extends string>(types: readonly T[], type: string): type is T {
  return (types as readonly string[]).includes(type);
}

function unprocessable(error: z.ZodError, at = ""): ReadWebhook {
  const faults = error.issues.map((issue) => {
    const path = [at, ...issue.path.map(String)].filter((part) => part !== "").join(".");
    return `${path === "" ? "body" : path}: ${issue.message}`;
  });
  return { ok: false, reason: "shape", error: faults.join("; ") };
}
