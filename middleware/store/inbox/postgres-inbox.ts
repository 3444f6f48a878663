/** The same on PostgreSQL: a table that every node fills and drains. */
import type { Kysely, Transaction } from "kysely";
import type { Clock } from "../../runtime/clock.ts";
import { tenantOf } from "../database/tenant.ts";
import type { Tables } from "../database/tables.ts";
import type { Inbox, InboxWriter, KeptWebhook, Waiting } from "./inbox.ts";

export const defaultMaxWaiting = 50_000;
/** How often it is looked how many wait. */
const countEveryMs = 1_000;

export interface PostgresWriterParts {
  /** Its own pool: nothing else waits for it, nor it for anything else. */
  readonly query: Kysely<Tables>;
  readonly clock: Pick<Clock, "elapsedMs">;
  readonly maxWaiting: number;
}

export class PostgresWriter implements InboxWriter {
  readonly #parts: PostgresWriterParts;
  #full = false;
  #countedAt = -Infinity;

  constructor(parts: PostgresWriterParts) {
    this.#parts = parts;
  }

  isFull(): boolean {
    if (this.#full) void this.#count().catch(() => undefined);
    return this.#full;
  }

  async append(webhooks: readonly KeptWebhook[]): Promise<void> {
    const { query } = this.#parts;
    const rows = webhooks.map(({ id, receivedAt, body }) => ({
      tenant: tenantOf(query),
      message_id: id,
      received_at: receivedAt,
      body,
    }));
    await query.insertInto("webhook_inbox").values(rows).execute();
    await this.#count();
  }

  close(): Promise<void> {
    return this.#parts.query.destroy();
  }

  async #count(): Promise<void> {
    const { query, clock, maxWaiting } = this.#parts;
    if (clock.elapsedMs() < this.#countedAt + countEveryMs) return;
    this.#countedAt = clock.elapsedMs();
    const beyond = await query
      .selectFrom("webhook_inbox")
      .select("id")
      .where("tenant", "=", tenantOf(query))
      .offset(maxWaiting)
      .limit(1)
      .executeTakeFirst();
    this.#full = beyond !== undefined;
  }
}

export class PostgresInbox implements Inbox {
  readonly shared = true;
  readonly #query: Kysely<Tables>;

  constructor(query: Kysely<Tables>) {
    this.#query = query;
  }

  mayWait(): boolean {
    return true;
  }

  /** Those that another node has taken are passed over. */
  async take(trx: Transaction<Tables>, max: number): Promise<readonly KeptWebhook[]> {
    const rows = await trx
      .deleteFrom("webhook_inbox")
      .where("id", "in", (eb) =>
        eb
          .selectFrom("webhook_inbox")
          .select("id")
          .where("tenant", "=", tenantOf(trx))
          .orderBy("id")
          .limit(max)
          .forUpdate()
          .skipLocked(),
      )
      .returning(["id", "message_id", "received_at", "body"])
      .execute();
    return rows
      .sort((one, other) => one.id - other.id)
      .map((row) => ({ id: row.message_id, receivedAt: row.received_at, body: row.body }));
  }

  taken(): void {
    // They were deleted in the transaction.
  }

  async waiting(): Promise<Waiting> {
    const row = await this.#query
      .selectFrom("webhook_inbox")
      .select((eb) => [
        eb.fn.countAll<number>().as("count"),
        eb.fn.min<number | null>("received_at").as("oldest"),
      ])
      .where("tenant", "=", tenantOf(this.#query))
      .executeTakeFirstOrThrow();
    return { count: row.count, oldestAt: row.oldest };
  }
}
