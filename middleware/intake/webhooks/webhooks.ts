/**
 * Circa's webhooks: verified on the raw bytes, checked, committed, then answered. What a webhook
 * says about an Event is stored as its last seen state; the link becomes due; nothing is written
 * to either system inside the request.
 */
import express, { type NextFunction, type Request, type Response, type Router } from "express";
import { doorAnswer, type RefusalReason } from "../../model/answers/door.ts";
import type { Clock } from "../../runtime/clock.ts";
import { describeError } from "../../runtime/errors.ts";
import type { Log } from "../../runtime/log.ts";
import type { OnFailpoint } from "../../runtime/failpoints.ts";
import type { Refusal } from "./refusals.ts";
import { clientErrorOf } from "./client-error.ts";
import { readWebhook, type CircaMessage } from "./webhook-message.ts";
import { createVerifier } from "./webhook-signature.ts";

/** Bodies are usually below 20 kB (Standard Webhooks, "Payload size"). */
const maxBody = "256kb";

export interface WebhookParts {
  readonly tenant: string;
  /** All of them are tried: two are live while a secret is replaced. */
  readonly secrets: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  readonly onFailpoint: OnFailpoint;
  /** Makes the message durable; a repeated one has no effect. */
  readonly accept: (message: CircaMessage) => Promise<void>;
  readonly onAccepted: () => void;
  readonly onRefused: (refusal: Refusal) => void;
}

/** It is kept as a key, and PostgreSQL's index takes none above some 2,700 bytes. */
const maxIdLength = 255;

/** Answers 202 once the message is durable; every refusal has its own status and stores nothing. */
export function webhookRoutes(parts: WebhookParts): Router {
  const router = express.Router();
  const verify = createVerifier(parts.secrets);
  const refuse = (
    response: Response,
    reason: RefusalReason,
    more: Partial<Refusal> & { readonly error?: string } = {},
  ) => {
    const { retryAfterSeconds, ...answer } = doorAnswer(reason);
    const { error = answer.error, ...details } = more;
    const refusal = { status: answer.status, ...details, reason };
    parts.onRefused(refusal);
    if (retryAfterSeconds !== undefined) response.set("retry-after", String(retryAfterSeconds));
    response.status(refusal.status).json({ error });
  };

  router.post(
    "/webhooks/circa/:connection",
    express.raw({ type: () => true, limit: maxBody }),
    async (request: Request, response: Response) => {
      if (request.params["connection"] !== parts.tenant) {
        refuse(response, "connection");
        return;
      }
      if (request.is("json") === false) {
        refuse(response, "media_type");
        return;
      }
      const raw: unknown = request.body;
      const body = Buffer.isBuffer(raw) ? raw : Buffer.alloc(0);
      const headers = signatureHeaders(request);
      const verdict = verify(body, headers, parts.clock.now());
      if (!verdict.ok) {
        const { ok: _ok, reason, ...why } = verdict;
        refuse(response, reason, why);
        return;
      }
      const id = headers["webhook-id"];
      if (id.length > maxIdLength) {
        refuse(response, "webhook_id");
        return;
      }
      const read = readWebhook(id, body);
      if (!read.ok) {
        refuse(response, read.reason, { error: read.error });
        return;
      }
      try {
        if (read.message !== null) await parts.accept(read.message);
      } catch (error) {
        parts.log.error({ error: describeError(error) }, "a webhook could not be stored");
        refuse(response, isOfItsContents(error) ? "unstorable" : "not_stored");
        return;
      }
      parts.onAccepted();
      response.status(202).json({ accepted: true });
      parts.onFailpoint("webhook_acknowledged");
    },
  );

  router.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    const known = clientErrorOf(error);
    if (known === null || response.headersSent) next(error);
    else refuse(response, known.reason, known);
  });
  return router;
}

function signatureHeaders(request: Request) {
  return {
    "webhook-id": request.get("webhook-id") ?? "",
    "webhook-timestamp": request.get("webhook-timestamp") ?? "",
    "webhook-signature": request.get("webhook-signature") ?? "",
  };
}

/**
 * The same webhook would fail the same way again: our code can't walk through it, or PostgreSQL
 * refuses its data (SQLSTATE classes 22, data exception, and 54, program limit exceeded).
 */
function isOfItsContents(error: unknown): boolean {
  if (error instanceof RangeError) return true;
  const code: unknown = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && /^(22|54)[0-9A-Z]{3}$/.test(code);
}
