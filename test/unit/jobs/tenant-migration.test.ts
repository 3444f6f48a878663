/** A store of before the column was renamed is opened with its rows. */
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
import { startPostgres } from "../../../scripts/support/postgres-server.ts";
import { engines } from "../../support/each-engine.ts";

const log = createLog("silent");

function dialectOf(storage: Config["storage"]): Dialect | Promise<Dialect> {
  return storage.kind === "sqlite"
    ? openSqlite(storage.dataDir, log)
    : openPostgres(storage.url, log);
}

/** As the version before the rename left it, with one link and one checkpoint. */
async function createEarlier(storage: Config["storage"]): Promise<void> {
  const db = new Kysely<unknown>({ dialect: await dialectOf(storage) });
  const provider = { getMigrations: () => Promise.resolve(migrations(storage.kind)) };
  const { error } = await new Migrator({ db, provider }).migrateTo("0013-glossary");
  if (error !== undefined) throw error as Error;
  await sql`insert into links (connection, event_id, campaign_id, since, baseline)
    values ('default', 'E', 'C', 1, '{}')`.execute(db);
  await sql`insert into checkpoints (connection, name, value, at)
    values ('default', 'sweep', '7', 1)`.execute(db);
  await db.destroy();
}

test.each(engines)("on %s, rows and keys are there under the tenant", async (engine) => {
  const dataDir = mkdtempSync(join(tmpdir(), "event-info-sync-"));
  const server = engine === "postgres" ? await startPostgres() : null;
  const storage: Config["storage"] =
    server === null
      ? { kind: "sqlite", dataDir }
      : { kind: "postgres", url: await server.createDatabase("en-US") };
  try {
    await createEarlier(storage);
    const database = await openDatabase(storage);
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
  } finally {
    await server?.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
