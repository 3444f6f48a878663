/** Sends Circa's webhooks with little cost of its own, and again after 5 s, 30 s … like Circa. */
import { createHmac, randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { retryDelayMs } from "../../../emulators/circa/webhooks/retry-schedule.ts";

export interface WebhookSender {
  url: URL | null;
  readonly acknowledgedMs: number[];
  refused: number;
  send(type: string, data: object): void;
  /** Starts the figures anew. */
  forget(): void;
}

const timeoutMs = 15_000;

/** @param secret `whsec_` and base64, as https://www.standardwebhooks.com says */
export function webhookSender(secret: string): WebhookSender {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const sender: WebhookSender = {
    url: null,
    acknowledgedMs: [],
    refused: 0,
    send(type, data) {
      const body = JSON.stringify({ type, timestamp: new Date().toISOString(), data });
      attempt(`msg_${randomUUID()}`, body, 1);
    },
    forget() {
      sender.acknowledgedMs.length = 0;
      sender.refused = 0;
    },
  };

  function attempt(id: string, body: string, nth: number): void {
    if (sender.url === null) return;
    const seconds = Math.floor(Date.now() / 1_000);
    const signature = createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64");
    const headers = {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      "webhook-id": id,
      "webhook-timestamp": String(seconds),
      "webhook-signature": `v1,${signature}`,
    };
    const startMs = performance.now();
    const options = { agent, method: "POST", headers, timeout: timeoutMs };
    let isSettled = false;
    const settle = (isTaken: boolean) => {
      if (isSettled) return;
      isSettled = true;
      if (isTaken) {
        sender.acknowledgedMs.push(performance.now() - startMs);
        return;
      }
      sender.refused += 1;
      const waitMs = retryDelayMs(nth, 1);
      if (waitMs !== null) setTimeout(() => attempt(id, body, nth + 1), waitMs).unref();
    };
    const sent = request(sender.url, options, (answer) => {
      answer.resume();
      answer.once("end", () => settle((answer.statusCode ?? 500) < 300));
      answer.once("error", () => settle(false));
    });
    sent.once("timeout", () => sent.destroy());
    sent.once("error", () => settle(false));
    sent.end(body);
  }
  return sender;
}
