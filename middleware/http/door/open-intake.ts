/** The way of webhooks from the public address to the sync: where they wait, and the door before it. */
import { join } from "node:path";
import { systemClock, type Clock } from "../../runtime/clock.ts";
import type { Config } from "../../runtime/config.ts";
import { noFailpoint, type OnFailpoint } from "../../runtime/failpoints.ts";
import type { Log } from "../../runtime/log.ts";
import type { Database } from "../../store/database/database.ts";
import type { Inbox } from "../../store/inbox/inbox.ts";
import { JournalReader } from "../../store/inbox/journal-reader.ts";
import { PostgresInbox } from "../../store/inbox/postgres-inbox.ts";
import type { Refusals } from "../../intake/webhooks/refusals.ts";
import type { Metrics } from "../metrics.ts";
import type { DoorEvents, DoorSettings, OpenDoor } from "./settings.ts";
import { openDoorHere, startDoor } from "./start-door.ts";

export interface OpenInbox {
  readonly inbox: Inbox;
  readonly settings: DoorSettings["inbox"];
  /** Once nobody writes or applies any more. */
  close(): void;
}

export interface InboxParts {
  readonly config: Config;
  readonly database: Database;
  readonly log: Log;
  readonly onFailpoint: OnFailpoint;
}

export function openInbox({ config, database, log, onFailpoint }: InboxParts): OpenInbox {
  const { storage } = config;
  if (storage.kind === "postgres") {
    const inbox = new PostgresInbox(database.query);
    return { inbox, settings: storage, close: () => undefined };
  }
  const folder = join(storage.dataDir, "webhooks");
  const journal = new JournalReader({ folder, log, onFailpoint });
  const settings = { kind: "journal", folder, marks: journal.marks.memory } as const;
  return { inbox: journal, settings, close: () => journal.close() };
}

export interface DoorParts extends InboxParts {
  readonly clock: Clock;
  readonly inbox: DoorSettings["inbox"];
  readonly servicePort: number;
  readonly metrics: Metrics;
  readonly refusals: Refusals;
  readonly onKept: () => void;
  /** @default the one beside this program */
  readonly workerProgram?: URL | undefined;
}

/** @throws ConfigurationError when the address can't be listened on */
export function openDoorFor(parts: DoorParts): Promise<OpenDoor> {
  const { config, clock, log, onFailpoint, metrics, refusals } = parts;
  const settings: DoorSettings = {
    host: config.host,
    port: config.port,
    servicePort: parts.servicePort,
    tenant: config.tenant,
    secrets: config.circa.webhookSecrets,
    inbox: parts.inbox,
  };
  const events: DoorEvents = {
    onKept: parts.onKept,
    onAnswered(tallies) {
      for (const { refusal, count } of tallies) {
        if (refusal === null) refusals.accepted();
        else refusals.note(refusal, count);
        metrics.webhooks.inc({ outcome: String(refusal?.status ?? 202) }, count);
      }
    },
    onLog: ({ level, fields, message }) => log[level](fields, message),
    onFailpoint,
  };
  // A clock that is set by a test can't be had in another thread.
  if (clock !== systemClock) return openDoorHere(settings, events, clock);
  const withFailpoints = onFailpoint !== noFailpoint;
  return startDoor({ settings, events, withFailpoints, workerProgram: parts.workerProgram });
}

export function addWebhookMetrics(metrics: Metrics, inbox: Inbox, clock: Clock): void {
  metrics.gauge("webhooks_waiting", "Accepted webhooks that are not applied yet", async () => {
    return (await inbox.waiting()).count;
  });
  metrics.gauge(
    "webhooks_waiting_oldest_seconds",
    "How long the oldest of them has waited; 0: none waits",
    async () => {
      const { oldestAt } = await inbox.waiting();
      return oldestAt === null ? 0 : Math.max(0, clock.now() - oldestAt) / 1_000;
    },
  );
}
