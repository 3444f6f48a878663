/** Storage tests run on both engines. */
import type { Engine } from "../../middleware/runtime/config.ts";
import { openDatabase, type Database } from "../../middleware/store/database/database.ts";
import { startPostgres, type PostgresServer } from "../../scripts/support/postgres-server.ts";
import { openTemporaryDatabase } from "./temporary-database.ts";

export const engines: readonly Engine[] = ["sqlite", "postgres"];

/** The same, and a PostgreSQL that sorts texts by their bytes. */
export const stores = [...engines, "postgres with locale C"] as const;
export type StoreKind = (typeof stores)[number];

/**
 * A new and empty store of this kind for each test of the block that calls it.
 * @returns gives the running test's store
 */
export function storeForEachTest(kind: StoreKind): () => Database {
  let server: PostgresServer | null = null;
  let database: Database | null = null;
  const locale = kind === "postgres with locale C" ? "C" : "en-US";
  beforeAll(async () => {
    if (kind !== "sqlite") server = await startPostgres();
  });
  afterAll(() => server?.close());
  beforeEach(async () => {
    database =
      server === null
        ? await openTemporaryDatabase()
        : await openDatabase({ kind: "postgres", url: await server.createDatabase(locale) });
  });
  afterEach(() => database?.close());
  return () => {
    if (database === null) throw new Error("no test is running");
    return database;
  };
}
