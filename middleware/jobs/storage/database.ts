/** Opens the store: SQLite in a folder of its own, or PostgreSQL; the same tables and statements. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Kysely, Migrator, PostgresDialect, SqliteDialect, type Transaction } from "kysely";
import SqliteDatabase from "libsql";
import type { CustomTypesConfig } from "pg";
import type { Config } from "../../config.ts";
import { ConfigurationError, describeError } from "../../errors.ts";
import { lockFolder } from "./process-lock.ts";
import { migrations } from "./migrations/index.ts";
import type { Tables } from "./tables.ts";

export type Engine = "sqlite" | "postgres";

export interface Database {
  readonly engine: Engine;
  /** For single statements; several that belong together go through `write`. */
  readonly query: Kysely<Tables>;
  /** Runs `work` in one transaction; durable when the promise resolves. */
  write<T>(work: (trx: Transaction<Tables>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * Opens the store and brings its tables up to date.
 * @throws ConfigurationError when it can't be opened or the migration fails.
 */
export async function openDatabase(storage: Config["storage"]): Promise<Database> {
  const engine: Engine = storage.kind;
  const place = storage.kind === "sqlite" ? `DATA_DIR ${storage.dataDir}` : "DATABASE_URL";
  const { dialect, unlock } = await openDialect(storage).catch((error: unknown) => {
    throw new ConfigurationError(
      `The database at ${place} can't be opened: ${describeError(error)}`,
    );
  });
  const query = new Kysely<Tables>({ dialect });
  const close = async () => {
    await query.destroy();
    unlock();
  };
  const migrator = new Migrator({
    db: query,
    provider: { getMigrations: () => Promise.resolve(migrations(engine)) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    await close();
    throw new ConfigurationError(`The database at ${place} can't be used: ${describeError(error)}`);
  }
  return { engine, query, write: (work) => query.transaction().execute(work), close };
}

async function openDialect(
  storage: Config["storage"],
): Promise<{ dialect: SqliteDialect | PostgresDialect; unlock: () => void }> {
  if (storage.kind === "sqlite") {
    mkdirSync(storage.dataDir, { recursive: true, mode: 0o700 });
    const unlock = lockFolder(storage.dataDir);
    return { dialect: new SqliteDialect({ database: openSqlite(storage.dataDir) }), unlock };
  }
  // Imported only here: most installations never need its 10 MB.
  const { default: pg } = await import("pg");
  // PostgreSQL's bigint arrives as text by default; ours are times and counters below 2^53.
  const types: CustomTypesConfig = {
    getTypeParser: (id, format) =>
      id === pg.types.builtins.INT8 ? Number : (pg.types.getTypeParser(id, format) as never),
  };
  const pool = new pg.Pool({ connectionString: storage.url, max: 8, types });
  return { dialect: new PostgresDialect({ pool }), unlock: () => undefined };
}

function openSqlite(dataDir: string): SqliteDatabase.Database {
  const database = new SqliteDatabase(join(dataDir, "event-info-sync.sqlite"));
  // FULL: an acknowledged commit survives a power cut, not only a crash of the process.
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  return database;
}
