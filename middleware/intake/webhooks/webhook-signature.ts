/**
 * Whether a webhook is signed with one of our secrets, and if not, why: HMAC-SHA256 of
 * `id.timestamp.body`, as https://github.com/standard-webhooks/standard-webhooks has it.
 */
import { createHmac, timingSafeEqual } from "node:crypto";

export interface SignatureHeaders {
  readonly "webhook-id": string;
  readonly "webhook-timestamp": string;
  readonly "webhook-signature": string;
}

export type Verdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: "unsigned" | "secret" }
  /** The signature is good: only the time is not. */
  | { readonly ok: false; readonly reason: "clock"; readonly clockOffSeconds: number };

/** The libraries of Standard Webhooks have the same. */
const toleranceSeconds = 5 * 60;

/** @param secrets `whsec_` and base64; all of them are tried: two are live while one is replaced */
export function createVerifier(
  secrets: readonly string[],
): (body: Buffer, headers: SignatureHeaders, nowMs: number) => Verdict {
  const keys = secrets.map((secret) => Buffer.from(secret.replace(/^whsec_/, ""), "base64"));
  return (body, headers, nowMs) => {
    if (Object.values(headers).includes("")) return { ok: false, reason: "unsigned" };
    const { "webhook-id": id, "webhook-timestamp": timestamp } = headers;
    const given = headers["webhook-signature"]
      .split(" ")
      .filter((signature) => signature.startsWith("v1,"))
      .map((signature) => Buffer.from(signature.slice("v1,".length)));
    const isSigned = keys.some((key) => {
      const digest = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body);
      const wanted = Buffer.from(digest.digest("base64"));
      return given.some((it) => it.length === wanted.length && timingSafeEqual(it, wanted));
    });
    if (!isSigned || !/^\d{1,12}$/.test(timestamp)) return { ok: false, reason: "secret" };
    const clockOffSeconds = Math.round(nowMs / 1_000 - Number(timestamp));
    if (Math.abs(clockOffSeconds) <= toleranceSeconds) return { ok: true };
    return { ok: false, reason: "clock", clockOffSeconds };
  };
}
