/**
 * Circa's webhooks: verified on the raw bytes, checked, committed, then answered. What a webhook
 * says about an Event is kept as its last seen state; the link is signalled; nothing is written
 * to either system inside the request.
 */
import express, { type NextFunction, type Request, type Response, type Router } from "express";
import type { Clock } from "../clock.ts";
import { describeError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { AtStep } from "../steps.ts";
import type { Refusal } from "../web/refusals.ts";
import { clientErrorOf } from "../web/client-error.ts";
import { readWebhook, type CircaMessage } from "./webhook-message.ts";
import { createVerifier } from "./webhook-signature.ts";

/** Bodies are usually below 20 kB (Standard Webhooks, "Payload size"). */
const largestBody = "256kb";

export interface WebhookParts {
  readonly connection: string;
  /** All of them are tried: two are live while a secret is replaced. */
  readonly secrets: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  readonly atStep: AtStep;
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
  const refuse = (response: Response, refusal: Refusal, error: string) => {
    parts.onRefused(refusal);
    response.status(refusal.status).json({ error });
  };

  router.post(
    "/webhooks/circa/:connection",
    express.raw({ type: () => true, limit: largestBody }),
    async (request: Request, response: Response) => {
      if (request.params["connection"] !== parts.connection) {
        refuse(response, { status: 404, reason: "connection" }, "No such connection.");
        return;
      }
      if (request.is("json") === false) {
        const refusal = { status: 415, reason: "media_type" } as const;
        refuse(response, refusal, "Send the webhook as application/json.");
        return;
      }
      const raw: unknown = request.body;
      const body = Buffer.isBuffer(raw) ? raw : Buffer.alloc(0);
      const headers = signatureHeaders(request);
      const verdict = verify(body, headers, parts.clock.now());
      if (!verdict.ok) {
        const { ok: _ok, ...why } = verdict;
        const refusal = { status: 401, ...why };
        refuse(response, refusal, "The webhook's signature or timestamp is not valid.");
        return;
      }
      const id = headers["webhook-id"];
      if (id.length > maxIdLength) {
        const refusal = { status: 400, reason: "webhook_id" } as const;
        refuse(response, refusal, `The webhook-id is longer than ${maxIdLength} characters.`);
        return;
      }
      const read = readWebhook(id, body);
      if (!read.ok) {
        const reason = read.status === 400 ? "not_json" : "shape";
        refuse(response, { status: read.status, reason }, read.error);
        return;
      }
      try {
        if (read.message !== null) await parts.accept(read.message);
      } catch (error) {
        parts.log.error({ error: describeError(error) }, "a webhook could not be stored");
        if (isOfItsContents(error)) {
          const refusal = { status: 422, reason: "unstorable" } as const;
          refuse(response, refusal, "The webhook holds what can't be stored.");
          return;
        }
        response.set("retry-after", "5");
        const refusal = { status: 503, reason: "not_stored" } as const;
        refuse(response, refusal, "The webhook could not be stored. Send it again.");
        return;
      }
      parts.onAccepted();
      response.status(202).json({ accepted: true });
      parts.atStep("webhook_acknowledged");
    },
  );

  router.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    const known = clientErrorOf(error);
    if (known === null || response.headersSent) next(error);
    else refuse(response, known, known.error);
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
