/** How this program talks to PostgreSQL: a pool for its work, a connection of its own to migrate. */
import { PostgresDialect } from "kysely";
import type { ClientConfig, CustomTypesConfig, Pool, types as pgTypes } from "pg";
import { describeError } from "../../errors.ts";
import type { Log } from "../../log.ts";

/** Four batches, their renewals, the intake's commits and the pages. */
const connectionsAtOnce = 12;

/**
 * Time limits, so that nobody waits for ever for a server that has gone silent, and no transaction
 * of a process that has gone silent keeps its locks.
 */
export function clientSettings(url: string): ClientConfig {
  return {
    connectionString: url,
    application_name: "event-info-sync",
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    query_timeout: 20_000,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 15_000,
  };
}

/** For the work. A connection that dies is dropped from the pool and replaced when needed. */
export async function openPostgres(url: string, log: Log): Promise<PostgresDialect> {
  // Imported only here: most installations never need its 10 MB.
  const { default: pg } = await import("pg");
  const pool = new pg.Pool({
    ...clientSettings(url),
    max: connectionsAtOnce,
    types: numbersForBigints(pg.types),
  });
  logDeaths(pool, log);
  return new PostgresDialect({ pool });
}

/** For migrations: as long as they take. */
export async function openPostgresToMigrate(url: string, log: Log): Promise<PostgresDialect> {
  const { default: pg } = await import("pg");
  const pool = new pg.Pool({
    connectionString: url,
    application_name: "event-info-sync migrations",
    connectionTimeoutMillis: 5_000,
    max: 1,
    types: numbersForBigints(pg.types),
  });
  logDeaths(pool, log);
  return new PostgresDialect({ pool });
}

/**
 * Without listeners, the death of a connection ends the process. The pool listens to idle ones
 * only; one that dies in a transaction, between two statements, is told by its client.
 */
export function logDeaths(pool: Pool, log: Log): void {
  const say = (error: Error) =>
    log.warn({ error: describeError(error) }, "a connection to the database has died");
  pool.on("error", say);
  pool.on("connect", (client) => client.on("error", say));
}

/** PostgreSQL's bigint arrives as text by default; ours are times and counters below 2^53. */
function numbersForBigints(types: typeof pgTypes): CustomTypesConfig {
  return {
    getTypeParser: (id, format) =>
      id === types.builtins.INT8 ? Number : (types.getTypeParser(id, format) as never),
  };
}
