/** Opens the store: SQLite in a folder of its own, or PostgreSQL; the same tables and statements. */
import { mkdirSync } from "node:fs";
import { Kysely, Migrator, type Transaction } from "kysely";
import { defaultTenant, type Config, type Engine } from "../../runtime/config.ts";
import { ConfigurationError, describeError } from "../../runtime/errors.ts";
import { createLog, type Log } from "../../runtime/log.ts";
import { migrations } from "./migrations.ts";
import { confirmServer } from "./postgres-session.ts";
import { openPostgres, openPostgresToMigrate } from "./postgres.ts";
import { lockFolder } from "./process-lock.ts";
import { openSqlite } from "./sqlite.ts";
import type { Tables } from "./tables.ts";
import { bindTenant } from "./tenant.ts";

export interface Database {
  readonly engine: Engine;
  /** For single statements; several that belong together go through `write`. */
  readonly query: Kysely<Tables>;
  /**
   * Runs `work` in one transaction; durable when the promise resolves. `work` may run more than
   * once: PostgreSQL ends one of two transactions that wait for each other, which is then repeated.
   */
  write<T>(work: (trx: Transaction<Tables>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * Opens the store and brings its tables up to date; of several processes that do so at once, one
 * does and the others wait.
 * @param tenant whose rows all statements are about
 * @throws ConfigurationError when it can't be opened or the migration fails.
 */
export async function openDatabase(
  storage: Config["storage"],
  log: Log = createLog("silent"),
  tenant = defaultTenant,
): Promise<Database> {
  const place = storage.kind === "sqlite" ? `DATA_DIR ${storage.dataDir}` : "DATABASE_URL";
  let unlock: () => void = () => undefined;
  try {
    if (storage.kind === "sqlite") {
      mkdirSync(storage.dataDir, { recursive: true, mode: 0o700 });
      unlock = lockFolder(storage.dataDir);
      const query = new Kysely<Tables>({ dialect: openSqlite(storage.dataDir, log) });
      await migrate(query, "sqlite").catch(async (error: unknown) => {
        await query.destroy();
        throw error;
      });
      bindTenant(query, tenant);
      return database("sqlite", query, unlock);
    }
    await confirmServer(storage.url);
    const migrating = new Kysely<Tables>({
      dialect: await openPostgresToMigrate(storage.url, log),
    });
    await migrate(migrating, "postgres").finally(() => migrating.destroy());
    const dialect = await openPostgres(storage.url, log);
    const query = new Kysely<Tables>({ dialect });
    bindTenant(query, tenant);
    return database("postgres", query, unlock);
  } catch (error) {
    unlock();
    throw new ConfigurationError(`The database at ${place} can't be used: ${describeError(error)}`);
  }
}

function database(engine: Engine, query: Kysely<Tables>, unlock: () => void): Database {
  return {
    engine,
    query,
    async write(work) {
      for (let attempts = 1; ; attempts += 1) {
        try {
          return await query.transaction().execute(work);
        } catch (error) {
          if (attempts === maxAttempts || !isRepeatable(error)) throw error;
        }
      }
    },
    async close() {
      await query.destroy();
      unlock();
    },
  };
}

const maxAttempts = 4;

/** `serialization_failure`, `deadlock_detected`: https://www.postgresql.org/docs/17/errcodes-appendix.html */
function isRepeatable(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return code === "40001" || code === "40P01";
}

async function migrate(query: Kysely<Tables>, engine: Engine): Promise<void> {
  const migrator = new Migrator({
    db: query,
    provider: { getMigrations: () => Promise.resolve(migrations(engine)) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const newer = /previously executed migration (\S+) is missing/.exec(describeError(error));
  if (newer === null) throw new ConfigurationError(describeError(error));
  throw new ConfigurationError(
    `a newer version of this program has changed its tables (${newer[1] ?? ""}). Run that version here as well`,
  );
}
