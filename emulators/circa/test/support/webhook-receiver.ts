/** A receiver of Circa's webhooks that verifies every delivery and holds it against the contract. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import { circaContract } from "./circa-api.ts";

export interface ReceivedWebhook {
  readonly id: string;
  readonly signatures: readonly string[];
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface WebhookReceiver {
  readonly url: string;
  readonly received: readonly ReceivedWebhook[];
  /** The statuses that the next deliveries get, one each; 202 when there are none left. */
  answerNextWith(...statuses: (number | "hang")[]): void;
  /** @throws when any delivery had a wrong signature or broke the contract */
  close(): Promise<void>;
}

/** Starts one on a free port. `secret` is the endpoint's. */
export async function startWebhookReceiver(secret: string): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  const complaints: string[] = [];
  const answers: (number | "hang")[] = [];

  const take = async (request: IncomingMessage) => {
    const body = await text(request);
    const headers = request.headers as Record<string, string>;
    try {
      new Webhook(secret).verify(body, headers);
    } catch (error) {
      complaints.push(String(error));
    }
    const message = JSON.parse(body) as Pick<ReceivedWebhook, "type" | "data">;
    const kind = message.type.split(".")[0] ?? "";
    complaints.push(...circaContract.violationsOfWebhook(kind, headers, message));
    received.push({
      id: headers["webhook-id"] ?? "",
      signatures: (headers["webhook-signature"] ?? "").split(" "),
      type: message.type,
      data: message.data,
    });
  };

  const server = createServer((request, response) => {
    void take(request).then(() => {
      const answer = answers.shift() ?? 202;
      if (answer !== "hang") response.writeHead(answer).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answerNextWith: (...statuses) => void answers.push(...statuses),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      if (complaints.length > 0) throw new Error(complaints.splice(0).join("\n"));
    },
  };
}
