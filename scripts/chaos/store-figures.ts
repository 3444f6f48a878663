/** How the processes get along in PostgreSQL: how long transactions last, and whether they clash. */
import pg from "pg";
import type { World } from "./world.ts";

export interface StoreFigures {
  /** The oldest transaction at any look, in milliseconds. */
  readonly maxTransactionMs: number;
  /** The most transactions at any look that waited for another one's lock. */
  readonly maxWaiting: number;
  /** PostgreSQL's own count. */
  readonly deadlocks: number;
}

export interface StoreWatch {
  /** Ends the watch. @returns null on the embedded database, which has one writer at a time */
  end(): Promise<StoreFigures | null>;
}

const betweenLooksMs = 50;

/** Samples the transactions of all nodes until aborted. */
export async function watchStore(world: World): Promise<StoreWatch> {
  const storage = world.storage();
  if (storage.kind === "sqlite") return { end: () => Promise.resolve(null) };
  const client = new pg.Client({
    connectionString: storage.url,
    application_name: "watch",
    connectionTimeoutMillis: 5_000,
  });
  // A server that ends before the watch does is a run that has failed, and says so itself.
  client.on("error", () => undefined);
  await client.connect();
  let maxTransactionMs = 0;
  let maxWaiting = 0;
  const over = new AbortController();
  const look = async () => {
    const { rows } = await client.query<{ ms: number; waiting: number }>(
      `select coalesce(max(extract(epoch from clock_timestamp() - xact_start)) * 1000, 0)::int as ms,
              count(*) filter (where wait_event_type = 'Lock')::int as waiting
         from pg_stat_activity
        where datname = current_database() and application_name = 'event-info-sync'`,
    );
    maxTransactionMs = Math.max(maxTransactionMs, rows[0]?.ms ?? 0);
    maxWaiting = Math.max(maxWaiting, rows[0]?.waiting ?? 0);
  };
  const looking = (async () => {
    while (!over.signal.aborted) {
      await look();
      await new Promise((resolve) => setTimeout(resolve, betweenLooksMs));
    }
  })();
  looking.catch(() => undefined);
  return {
    async end() {
      over.abort();
      try {
        await looking;
        const { rows } = await client.query<{ deadlocks: number }>(
          "select deadlocks::int from pg_stat_database where datname = current_database()",
        );
        return { maxTransactionMs, maxWaiting, deadlocks: rows[0]?.deadlocks ?? 0 };
      } finally {
        await client.end();
      }
    },
  };
}
