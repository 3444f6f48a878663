/** How this program talks to PostgreSQL: a pool for its work, a connection of its own to migrate. */
import { PostgresDialect, type PostgresPool, type PostgresPoolClient } from "kysely";
import type {
  Client,
  ClientConfig,
  CustomTypesConfig,
  Pool,
  PoolClient,
  types as pgTypes,
} from "pg";
import { describeError } from "../../runtime/errors.ts";
import type { Log } from "../../runtime/log.ts";
import { storable } from "./storable-text.ts";

/** Four batches, their renewals, the drain of webhooks and the pages. */
const connectionsAtOnce = 12;
/** After this long a connection is replaced, so that all of them follow an address that moves. */
const maxLifetimeSeconds = 600;

/** Limits are set by `prepareSession`: poolers such as PgBouncer refuse them as startup parameters. */
export function clientSettings(url: string): ClientConfig {
  return {
    connectionString: url,
    application_name: "event-info-sync",
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    query_timeout: 20_000,
  };
}

/**
 * Time limits, so that no caller waits for ever for a silent server, and no transaction
 * of a process that has gone silent keeps its locks. Session settings survive in PgBouncer's session
 * mode and are gone with the session.
 */
export async function prepareSession(client: Pick<Client, "query">): Promise<void> {
  await client.query(
    "set statement_timeout = 15000; set idle_in_transaction_session_timeout = 15000",
  );
}

/**
 * For the work. A connection that dies, or whose server is not the one to write to any more, is
 * dropped from the pool and replaced when needed.
 */
export async function openPostgres(
  url: string,
  log: Log,
  max = connectionsAtOnce,
): Promise<PostgresDialect> {
  // Imported only here: most installations never need its 10 MB.
  const { default: pg } = await import("pg");
  const pool = new pg.Pool({
    ...clientSettings(url),
    max,
    maxLifetimeSeconds,
    types: numbersForBigints(pg.types),
    // The pool waits for it; its types don't know.
    onConnect: (client) => prepareSession(client) as unknown as undefined,
  });
  logDeaths(pool, log);
  return new PostgresDialect({ pool: new PoolOfOneServer(pool, log) });
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

/** `read_only_sql_transaction`: https://www.postgresql.org/docs/17/errcodes-appendix.html */
const readOnly = "25006";
/** What `pg` says when `query_timeout` has passed; the answer may still come over this connection. */
const unanswered = "Query read timeout";

/**
 * After a fail-over in which the old server lives on as a read-only one, connections made before
 * would fail for ever: at the first such error all of them are replaced.
 */
class PoolOfOneServer implements PostgresPool {
  readonly #pool: Pool;
  readonly #log: Log;
  readonly #generations = new WeakMap<PoolClient, number>();
  #generation = 0;

  constructor(pool: Pool, log: Log) {
    this.#pool = pool;
    this.#log = log;
    pool.on("connect", (client) => this.#generations.set(client, this.#generation));
  }

  async connect(): Promise<PostgresPoolClient> {
    let client = await this.#pool.connect();
    while (this.#isOld(client)) {
      client.release(true);
      client = await this.#pool.connect();
    }
    return this.#watched(client);
  }

  end(): Promise<void> {
    return this.#pool.end();
  }

  #isOld(client: PoolClient): boolean {
    return this.#generations.get(client) !== this.#generation;
  }

  #watched(client: PoolClient): PostgresPoolClient {
    let unusable = false;
    const query = async (text: string, values: readonly unknown[] = []) => {
      try {
        return await client.query(text, values.map(storable));
      } catch (error) {
        if (isReadOnly(error)) this.#leaveServer(client);
        unusable ||= describeError(error) === unanswered;
        throw error;
      }
    };
    return {
      // Kysely asks for cursors only where it is given their package.
      query: query as unknown as PostgresPoolClient["query"],
      release: () => client.release(unusable || this.#isOld(client)),
    };
  }

  #leaveServer(client: PoolClient): void {
    // Others have found it out already.
    if (this.#isOld(client)) return;
    this.#generation += 1;
    this.#log.error({}, "the database server is read-only (a standby?): connecting anew");
  }
}

function isReadOnly(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === readOnly;
}

/** PostgreSQL's bigint arrives as text by default; ours are times and counters below 2^53. */
function numbersForBigints(types: typeof pgTypes): CustomTypesConfig {
  return {
    getTypeParser: (id, format) =>
      id === types.builtins.INT8 ? Number : (types.getTypeParser(id, format) as never),
  };
}
