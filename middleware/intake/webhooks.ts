/**
 * Circa's webhooks: verified on the raw bytes, checked, committed, then answered. What a webhook
 * says about an Event is kept as its last seen state; the link is signalled; nothing is written
 * to either system inside the request.
 */
import express, { type NextFunction, type Request, type Response, type Router } from "express";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import type { Clock } from "../clock.ts";
import { describeError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { AtStep } from "../steps.ts";
import { readWebhook, type CircaMessage } from "./webhook-message.ts";

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
  readonly onOutcome: (outcome: string) => void;
}

/** Answers 202 once the message is durable; every refusal has its own status and stores nothing. */
export function webhookRoutes(parts: WebhookParts): Router {
  const router = express.Router();
  const verifiers = parts.secrets.map((secret) => new Webhook(secret));
  const refuse = (response: Response, status: number, error: string) => {
    parts.onOutcome(String(status));
    response.status(status).json({ error });
  };

  router.post(
    "/webhooks/circa/:connection",
    express.raw({ type: () => true, limit: largestBody }),
    async (request: Request, response: Response) => {
      if (request.params["connection"] !== parts.connection) {
        refuse(response, 404, "No such connection.");
        return;
      }
      if (request.is("json") === false) {
        refuse(response, 415, "Send the webhook as application/json.");
        return;
      }
      const raw: unknown = request.body;
      const body = Buffer.isBuffer(raw) ? raw : Buffer.alloc(0);
      if (!verify(verifiers, body, request)) {
        refuse(response, 401, "The webhook's signature or timestamp is not valid.");
        return;
      }
      const read = readWebhook(request.get("webhook-id") ?? "", body);
      if (!read.ok) {
        refuse(response, read.status, read.error);
        return;
      }
      try {
        if (read.message !== null) await parts.accept(read.message);
      } catch (error) {
        parts.log.error({ error: describeError(error) }, "a webhook could not be stored");
        response.set("retry-after", "5");
        refuse(response, 503, "The webhook could not be stored. Send it again.");
        return;
      }
      parts.onOutcome("202");
      response.status(202).json({ accepted: true });
      parts.atStep("webhook_acknowledged");
    },
  );

  router.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    const tooLarge = error instanceof Error && "type" in error && error.type === "entity.too.large";
    if (!tooLarge) {
      next(error);
      return;
    }
    refuse(response, 413, `The webhook is larger than ${largestBody}.`);
  });
  return router;
}

function verify(verifiers: readonly Webhook[], body: Buffer, request: Request): boolean {
  const headers = {
    "webhook-id": request.get("webhook-id") ?? "",
    "webhook-timestamp": request.get("webhook-timestamp") ?? "",
    "webhook-signature": request.get("webhook-signature") ?? "",
  };
  return verifiers.some((verifier) => {
    try {
      verifier.verify(body, headers);
      return true;
    } catch (error) {
      // The library parses the body once the signature holds: that one is for the next step.
      return !(error instanceof WebhookVerificationError);
    }
  });
}
