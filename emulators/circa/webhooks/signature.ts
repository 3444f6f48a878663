/** Signs deliveries as the Standard Webhooks spec says (https://www.standardwebhooks.com). */
import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import type { Endpoint } from "./delivery.ts";

/** `whsec_` and the base64 of 24 to 64 bytes. */
export const secretPattern = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/;

export function newSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

/** The three headers of one attempt; one signature per secret that is valid. */
export function signatureHeaders(endpoint: Endpoint, messageId: string, at: Date, body: string) {
  const secrets = [endpoint.secret, endpoint.previousSecret].filter((secret) => secret !== null);
  return {
    "webhook-id": messageId,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": secrets
      .map((secret) => new Webhook(secret).sign(messageId, at, body))
      .join(" "),
  };
}
