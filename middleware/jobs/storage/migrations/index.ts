import type { Migration } from "kysely";
import type { Engine } from "../database.ts";
import { firstTables } from "./0001-first-tables.ts";

/** All migrations by name, in order. A released one is never changed: a change is a new one. */
export function migrations(engine: Engine): Record<string, Migration> {
  return { "0001-first-tables": firstTables(engine) };
}
