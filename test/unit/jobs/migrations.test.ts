/** A store of an earlier version is opened with its rows. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kysely, Migrator, sql, type Dialect } from "kysely";
import type { Config } from "../../../middleware/runtime/config.ts";
import { createLog } from "../../../middleware/runtime/log.ts";
import { openDatabase } from "../../../middleware/store/database/database.ts";
import { migrations } from "../../../middleware/store/database/migrations.ts";
import { openPostgres } from "../../../middleware/store/database/postgres.ts";
import { openSqlite } from "../../../middleware/store/database/sqlite.ts";
import { startPostgres, type PostgresServer } from "../../../scripts/support/postgres-server.ts";
import { engines } from "../../support/each-engine.ts";

const log = createLog("silent");

function dialectOf(storage: Config["storage"]): Dialect | Promise<Dialect> {
  return storage.kind === "sqlite"
    ? openSqlite(storage.dataDir, log)
    : openPostgres(storage.url, log);
}

/**
 * As the version with this last migration left it.
 * @param statements its rows
 */
async function createEarlier(
  storage: Config["storage"],
  last: string,
  statements: readonly string[],
): Promise<void> {
  const db = new Kysely<unknown>({ dialect: await dialectOf(storage) });
  const provider = { getMigrations: () => Promise.resolve(migrations(storage.kind)) };
  const { error } = await new Migrator({ db, provider }).migrateTo(last);
  if (error !== undefined) throw error as Error;
  for (const statement of statements) await sql.raw(statement).execute(db);
  await db.destroy();
}

describe.each(engines)("on %s", (engine) => {
  let server: PostgresServer | null = null;
  const dataDir = mkdtempSync(join(tmpdir(), "event-info-sync-"));
  beforeAll(async () => {
    if (engine === "postgres") server = await startPostgres();
  });
  afterAll(async () => {
    await server?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** The store of an earlier version, opened by this one. */
  async function opened(...earlier: [last: string, statements: readonly string[]]) {
    const storage: Config["storage"] =
      server === null
        ? { kind: "sqlite", dataDir: mkdtempSync(join(dataDir, "store-")) }
        : { kind: "postgres", url: await server.createDatabase("en-US") };
    await createEarlier(storage, ...earlier);
    return openDatabase(storage);
  }

  test("rows and keys are there under the tenant", async () => {
    const database = await opened("0013-glossary", [
      `insert into links (connection, event_id, campaign_id, since, baseline)
        values ('default', 'E', 'C', 1, '{}')`,
      `insert into checkpoints (connection, name, value, at) values ('default', 'sweep', '7', 1)`,
    ]);
    const { query } = database;
    const row = { tenant: "default", name: "sweep", value: "7", at: 1 };
    expect(await query.selectFrom("checkpoints").selectAll().execute()).toEqual([row]);
    const link = { tenant: "default", event_id: "E", campaign_id: "C", since: 1, baseline: "{}" };
    expect(await query.selectFrom("links").selectAll().execute()).toEqual([link]);
    await expect(query.insertInto("links").values(link).execute()).rejects.toThrow(/unique/i);
    const tables = await query.introspection.getTables();
    const names = tables.map(({ columns }) => columns.map(({ name }) => name));
    expect(names.flat()).not.toContain("connection");
    expect(names.filter((columns) => columns.includes("tenant"))).toHaveLength(20);
    await database.close();
  });

  test("what was kept of links is kept of Events, and another kind has room beside it", async () => {
    const database = await opened("0015-webhook-inbox", [
      `insert into due_links (tenant, subject, generation, cause, due_at)
        values ('default', 'event:E', 1, 'webhook', 1), ('default', 'campaign:C', 1, 'stream', 1)`,
      `insert into pending_writes (tenant, event_id, changes) values ('default', 'E', '[]')`,
      `insert into reverts
          (tenant, event_id, field_key, target, value, count, first_at, last_at)
        values ('default', 'E', 'title', 'event', '1', 3, 1, 2)`,
      `insert into problems
          (tenant, problem_key, event_id, code, message, hint, opened_at, seen_at)
        values ('default', 'E/', 'E', 'RECORD_REFUSED', 'No.', '', 1, 1)`,
      `insert into changes
          (tenant, at, event_id, event_name, campaign_id, field_key, field_label, campaign_field,
           direction, old_value, new_value, cause)
        values ('default', 1, 'E', '', 'C', 'title', '', '', 'to_salesforce', '1', '2', 'webhook')`,
    ]);
    const { query } = database;
    const pending = { tenant: "default", kind: "event", link_id: "E", changes: "[]" };
    expect(await query.selectFrom("pending_writes").selectAll().execute()).toEqual([pending]);
    const row = { field_key: "title", target: "event", value: "1", count: 3 };
    const revert = { tenant: "default", kind: "event", link_id: "E", ...row };
    expect(await query.selectFrom("reverts").selectAll().execute()).toEqual([
      { ...revert, first_at: 1, last_at: 2 },
    ]);
    for (const table of ["due_links", "problems", "changes"] as const) {
      const kinds = await query.selectFrom(table).select("kind").distinct().execute();
      expect([table, kinds]).toEqual([table, [{ kind: "event" }]]);
    }
    const insert = (kind: string) =>
      query
        .insertInto("pending_writes")
        .values({ ...pending, kind })
        .execute();
    await expect(insert("event")).rejects.toThrow(/unique/i);
    await insert("person");
    await database.close();
  });
});
