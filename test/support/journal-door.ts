/** A door with its journal in a folder, and the drain into a database. */
import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { startDoor } from "../../middleware/http/door/start-door.ts";
import { acceptWebhooks } from "../../middleware/intake/webhooks/accept-webhooks.ts";
import { WebhookDrain } from "../../middleware/intake/webhooks/drain.ts";
import { systemClock } from "../../middleware/runtime/clock.ts";
import { noFailpoint } from "../../middleware/runtime/failpoints.ts";
import { createLog, type Log } from "../../middleware/runtime/log.ts";
import type { Database } from "../../middleware/store/database/database.ts";
import { JournalReader } from "../../middleware/store/inbox/journal-reader.ts";
import { doorProgram } from "./bundle.ts";

export interface JournalDoor {
  /** What was logged. */
  readonly said: readonly string[];
  readonly drain: WebhookDrain;
  readonly journal: JournalReader;
  /** Sends a signed webhook about an Event. */
  send(content?: {
    readonly id?: string;
    readonly length?: number;
    readonly data?: object;
  }): Promise<{
    readonly id: string;
    readonly status: number;
    readonly retryAfter: string | null;
  }>;
  close(): Promise<void>;
}

export interface JournalDoorParts {
  readonly folder: string;
  readonly database: Database;
  readonly maxWaitingBytes?: number;
}

export async function openJournalDoor(parts: JournalDoorParts): Promise<JournalDoor> {
  const { folder, database } = parts;
  const secret = `whsec_${randomBytes(24).toString("base64")}`;
  const said: string[] = [];
  const say = (fields: object, message: string) => {
    said.push(`${message} ${JSON.stringify(fields)}`);
  };
  const log: Log = { ...createLog("silent"), warn: say, error: say, info: say };
  const base = { clock: systemClock, log, onFailpoint: noFailpoint };
  const journal = new JournalReader({ ...base, folder });
  const nothing = () => undefined;
  const apply = acceptWebhooks({
    ...base,
    database,
    inbox: journal,
    onLinksDue: nothing,
    onFieldsChanged: nothing,
    onUnreadable: nothing,
  });
  const drain = new WebhookDrain({ ...base, inbox: journal, apply, onApplied: nothing });
  const { maxWaitingBytes } = parts;
  const door = await startDoor({
    settings: {
      host: "127.0.0.1",
      port: 0,
      servicePort: 9,
      tenant: "default",
      secrets: [secret],
      inbox: {
        kind: "journal",
        folder,
        marks: journal.marks.memory,
        ...(maxWaitingBytes === undefined ? {} : { maxWaitingBytes }),
      },
    },
    events: {
      onKept: () => drain.wake(),
      onAnswered: nothing,
      onLog: ({ fields, message }) => say(fields, message),
      onFailpoint: nothing,
    },
    withFailpoints: false,
    workerProgram: doorProgram(),
  });
  return {
    said,
    drain,
    journal,
    async send({ length = 50_000, data, id = `msg_${randomBytes(8).toString("hex")}` } = {}) {
      const now = new Date();
      const body = JSON.stringify({
        type: "event.updated",
        timestamp: now.toISOString(),
        data: data ?? {
          id: `event-${id}`,
          version: 1,
          name: "A large one",
          updated_at: now.toISOString(),
          location: "x".repeat(length),
        },
      });
      const answer = await fetch(`${door.url}/webhooks/circa/default`, {
        method: "POST",
        body,
        headers: {
          "content-type": "application/json",
          "webhook-id": id,
          "webhook-timestamp": String(Math.floor(now.getTime() / 1_000)),
          "webhook-signature": new Webhook(secret).sign(id, now, body),
        },
      });
      return { id, status: answer.status, retryAfter: answer.headers.get("retry-after") };
    },
    async close() {
      await door.close();
      await drain.stop();
      journal.close();
    },
  };
}
