/** Webhooks that are accepted and not applied yet: what the door keeps, and the sync drains. */
import type { Transaction } from "kysely";
import type { Tables } from "../database/tables.ts";

/** As it came: verified, durable, answered with 202. */
export interface KeptWebhook {
  /** Its `webhook-id`. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  /** JSON, as sent. */
  readonly body: string;
}

/** Where the door keeps them. */
export interface InboxWriter {
  /** So many wait that no more is taken. */
  isFull(): boolean;
  /** Resolves when they are durable, all of them; one whose promise rejects may be kept or not. */
  append(webhooks: readonly KeptWebhook[]): Promise<void>;
  close(): Promise<void>;
}

export interface Waiting {
  readonly count: number;
  /** When the oldest came, in milliseconds since the epoch; null: none waits. */
  readonly oldestAt: number | null;
}

/** Where the sync finds them; only one batch is under way at a time. */
export interface Inbox {
  /** Other nodes put webhooks there as well, and say nothing. */
  readonly shared: boolean;
  /** False: there is nothing to take. */
  mayWait(): boolean;
  /** The oldest; they are gone when `trx` has committed and `taken` was called. */
  take(trx: Transaction<Tables>, max: number): Promise<readonly KeptWebhook[]>;
  /** What was last taken is applied, durably. */
  taken(): void;
  waiting(): Promise<Waiting>;
}
