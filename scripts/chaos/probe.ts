/** A webhook of our own, straight to a process: accepted, it changes nothing. */
import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { z } from "zod";
import { send } from "./people.ts";
import type { World } from "./world.ts";

/**
 * Tells again what an Event was at the start: genuine, old news.
 * @returns sends it to a process; true when it was accepted
 */
export async function createProbe(
  { circa, webhookSecret }: World,
  eventId: string,
): Promise<(port: number) => Promise<boolean>> {
  const answer = await send(`${circa.api}/events/${eventId}`, circa.integration.apiKey, "GET");
  const wrapped = z.object({ data: z.unknown() }).safeParse(answer);
  const data = wrapped.success ? wrapped.data.data : answer;
  const signer = new Webhook(webhookSecret);
  return async (port) => {
    const sentAt = new Date();
    const body = JSON.stringify({ type: "event.updated", timestamp: sentAt.toISOString(), data });
    const id = `probe_${randomUUID()}`;
    try {
      const response = await fetch(`http://127.0.0.1:${port}/webhooks/circa/default`, {
        method: "POST",
        body,
        headers: {
          "content-type": "application/json",
          "webhook-id": id,
          "webhook-timestamp": String(Math.floor(sentAt.getTime() / 1_000)),
          "webhook-signature": signer.sign(id, sentAt, body),
        },
        signal: AbortSignal.timeout(5_000),
      });
      await response.arrayBuffer();
      return response.status === 202;
    } catch {
      return false;
    }
  };
}
