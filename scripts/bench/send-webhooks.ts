/** Circa's side of the backlog: signed webhooks over HTTP, round after round over all Events. */
import { Agent, request } from "node:http";
import { Webhook } from "standardwebhooks";

export interface WebhookSource {
  readonly webhookSecret: string;
  /** The body of one Event's webhook after so many edits of it. */
  webhookBody(event: number, edit: number): string;
  readonly events: number;
}

const atOnce = 64;

/**
 * Sends `count` of them, event after event, and again what the receiver asks for later.
 * @returns how many were taken, and how often a later try was asked for
 */
export async function sendWebhooks(
  source: WebhookSource,
  middlewareUrl: string,
  count: number,
): Promise<{ sent: number; refused: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const signer = new Webhook(source.webhookSecret);
  const url = new URL("/webhooks/circa/default", middlewareUrl);
  let next = 0;
  let sent = 0;
  let refused = 0;
  const send = async (): Promise<void> => {
    while (next < count) {
      const index = next++;
      const body = source.webhookBody(index % source.events, Math.floor(index / source.events) + 1);
      for (;;) {
        const status = await post(agent, url, signer, `msg_${index}`, body);
        if (status === 202) break;
        if (status !== 429 && status !== 503) throw new Error(`the webhook got HTTP ${status}`);
        refused += 1;
      }
      sent += 1;
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, send));
  } finally {
    agent.destroy();
  }
  return { sent, refused };
}

function post(agent: Agent, url: URL, signer: Webhook, id: string, body: string): Promise<number> {
  const now = new Date();
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1_000)),
    "webhook-signature": signer.sign(id, now, body),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: "POST", headers }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode ?? 0));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
