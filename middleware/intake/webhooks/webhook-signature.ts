/** Whether a webhook is signed with one of our secrets, and if not, why (Standard Webhooks). */
import { Webhook, WebhookVerificationError } from "standardwebhooks";

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

/** @param secrets all of them are tried: two are live while one is replaced */
export function createVerifier(
  secrets: readonly string[],
): (body: Buffer, headers: SignatureHeaders, nowMs: number) => Verdict {
  const verifiers = secrets.map((secret) => new Webhook(secret));
  return (body, headers, nowMs) => {
    if (Object.values(headers).includes("")) return { ok: false, reason: "unsigned" };
    if (verifiers.some((verifier) => isSigned(verifier, body, headers))) return { ok: true };
    const seconds = Number(headers["webhook-timestamp"]);
    const signedAnyTime = verifiers.some((verifier) =>
      isSignedAt(verifier, body, headers, seconds),
    );
    if (!signedAnyTime) return { ok: false, reason: "secret" };
    const clockOffSeconds = Math.round(nowMs / 1_000 - seconds);
    return { ok: false, reason: "clock", clockOffSeconds };
  };
}

function isSigned(verifier: Webhook, body: Buffer, headers: SignatureHeaders): boolean {
  try {
    verifier.verify(body, { ...headers }, { jsonParse: false });
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false;
    throw error;
  }
}

/**
 * The same, whatever the time. It lets nothing in, so nothing can be learnt from how long the
 * comparison takes.
 */
function isSignedAt(
  verifier: Webhook,
  body: Buffer,
  headers: SignatureHeaders,
  seconds: number,
): boolean {
  if (!Number.isSafeInteger(seconds) || Math.abs(seconds) > 8.64e12) return false;
  const wanted = verifier.sign(headers["webhook-id"], new Date(seconds * 1_000), body);
  return headers["webhook-signature"].split(" ").includes(wanted);
}
