/**
 * What of a webhook's body is looked at before it is answered: whether it is JSON of the promised
 * shape. What it says is read where it is used (`webhook-message.ts`). Pure.
 */
import { isUtf8 } from "node:buffer";
import { fieldWebhookTypes, isEventType, readEnvelope } from "../../systems/circa/webhook-shape.ts";

/** An Event's own values are nested three deep. */
const maxDepth = 100;

export type WebhookCheck =
  /** Not of use: a type that is accepted and ignored. */
  | { readonly ok: true; readonly ofUse: boolean }
  | { readonly ok: false; readonly reason: "not_json" | "shape"; readonly error: string };

export function checkWebhook(body: Buffer): WebhookCheck {
  // Read as text, other bytes would become U+FFFD without a word.
  if (!isUtf8(body)) return { ok: false, reason: "not_json", error: "The body is not UTF-8." };
  if (isNestedDeeper(body, maxDepth)) {
    const error = `The body is nested more than ${maxDepth} deep.`;
    return { ok: false, reason: "not_json", error };
  }
  let json: unknown;
  try {
    json = JSON.parse(body.toString("utf8"));
  } catch {
    return { ok: false, reason: "not_json", error: "The body is not JSON." };
  }
  const envelope = readEnvelope(json);
  if (typeof envelope === "string") return { ok: false, reason: "shape", error: envelope };
  const { type } = envelope;
  return { ok: true, ofUse: isEventType(type) || fieldWebhookTypes.some((it) => it === type) };
}

const [quote, backslash, openers, closers] = [0x22, 0x5c, [0x7b, 0x5b], [0x7d, 0x5d]];

/** V8 parses JSON of any depth; what walks through it later does not. */
function isNestedDeeper(json: Buffer, limit: number): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (inText) {
      if (byte === backslash) at += 1;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (openers.includes(byte)) {
      depth += 1;
      if (depth > limit) return true;
    } else if (closers.includes(byte)) depth -= 1;
  }
  return false;
}
