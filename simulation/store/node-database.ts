/** The store as one node sees it: the service's own query layer and migrations over the shared one. */
import { defaultTenant, type Engine } from "../../middleware/runtime/config.ts";
import {
  Kysely,
  Migrator,
  PostgresAdapter,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import type { Database } from "../../middleware/store/database/database.ts";
import { migrations } from "../../middleware/store/database/migrations.ts";
import type { Tables } from "../../middleware/store/database/tables.ts";
import { bindTenant } from "../../middleware/store/database/tenant.ts";
import { Life } from "../engine/mortal.ts";
import { NodeDriver } from "./driver.ts";
import { SharedStore } from "./shared-store.ts";

function queryOf(store: SharedStore, life: Life, engine: Engine): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => (engine === "sqlite" ? new SqliteAdapter() : new PostgresAdapter()),
      createDriver: () => new NodeDriver(store, life),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
}

/** A store with the service's tables, empty. */
export async function createStore(): Promise<SharedStore> {
  const store = new SharedStore();
  const migrator = new Migrator({
    db: queryOf(store, new Life("migrations"), "sqlite"),
    provider: { getMigrations: () => Promise.resolve(migrations("sqlite")) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error as Error;
  return store;
}

/** @param engine whose statements the node sends; the store is the same */
export function openNodeDatabase(store: SharedStore, life: Life, engine: Engine): Database {
  const query = queryOf(store, life, engine);
  bindTenant(query, defaultTenant);
  return {
    engine,
    query,
    write: (work) => query.transaction().execute(work),
    close: () => Promise.resolve(),
  };
}
