/** Storage tests run on both engines. */
import {
  openDatabase,
  type Database,
  type Engine,
} from "../../middleware/jobs/storage/database.ts";
import { startPostgres, type PostgresServer } from "./postgres-server.ts";
import { openTemporaryDatabase } from "./temporary-database.ts";

export const engines: readonly Engine[] = ["sqlite", "postgres"];

/**
 * A new and empty store of this kind for each test of the block that calls it.
 * @returns gives the running test's store
 */
export function storeForEachTest(engine: Engine): () => Database {
  let server: PostgresServer | null = null;
  let database: Database | null = null;
  beforeAll(async () => {
    if (engine === "postgres") server = await startPostgres();
  });
  afterAll(() => server?.close());
  beforeEach(async () => {
    database =
      server === null
        ? await openTemporaryDatabase()
        : await openDatabase({ kind: "postgres", url: await server.createDatabase() });
  });
  afterEach(() => database?.close());
  return () => {
    if (database === null) throw new Error("no test is running");
    return database;
  };
}
