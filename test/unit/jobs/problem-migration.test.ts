/** A store whose problems were kept as sentences is opened, and they close as any other. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kysely, Migrator, sql, type Dialect } from "kysely";
import type { Config } from "../../../middleware/runtime/config.ts";
import { createLog } from "../../../middleware/runtime/log.ts";
import { problemEntries } from "../../../middleware/model/problems/index.ts";
import { linkProblem } from "../../../middleware/model/problems/problem.ts";
import { openDatabase } from "../../../middleware/store/database/database.ts";
import { migrations } from "../../../middleware/store/database/migrations.ts";
import { openPostgres } from "../../../middleware/store/database/postgres.ts";
import { openSqlite } from "../../../middleware/store/database/sqlite.ts";
import { openProblems } from "../../../middleware/store/history/open-problems.ts";
import { setProblems } from "../../../middleware/store/history/problems.ts";
import { startPostgres } from "../../../scripts/support/postgres-server.ts";
import { engines } from "../../support/each-engine.ts";

const log = createLog("silent");

async function createEarlier(storage: Config["storage"]): Promise<void> {
  const dialect: Dialect | Promise<Dialect> =
    storage.kind === "sqlite" ? openSqlite(storage.dataDir, log) : openPostgres(storage.url, log);
  const db = new Kysely<unknown>({ dialect: await dialect });
  const provider = { getMigrations: () => Promise.resolve(migrations(storage.kind)) };
  const { error } = await new Migrator({ db, provider }).migrateTo("0015-webhook-inbox");
  if (error !== undefined) throw error as Error;
  for (const code of ["EVENT_TAKEN", "VALUE_REMOVED"]) {
    await sql`insert into problems
      (tenant, problem_key, event_id, code, message, hint, opened_at, seen_at)
      values ('default', ${`${code}/`}, ${code}, ${code}, 'Said.', 'Do.', 1, 2)`.execute(db);
  }
  await db.destroy();
}

test.each(engines)(
  "on %s, old problems are said in general until they are found again",
  async (engine) => {
    const dataDir = mkdtempSync(join(tmpdir(), "event-info-sync-"));
    const server = engine === "postgres" ? await startPostgres() : null;
    const storage: Config["storage"] =
      server === null
        ? { kind: "sqlite", dataDir }
        : { kind: "postgres", url: await server.createDatabase("en-US") };
    try {
      await createEarlier(storage);
      const database = await openDatabase(storage);
      const open = async () =>
        (await openProblems(database.query, 10)).map(({ code, message }) => [code, message]).sort();
      expect(await open()).toEqual([
        ["EVENT_TAKEN", problemEntries.EVENT_TAKEN.meaning],
        ["VALUE_REMOVED", problemEntries.VALUE_REMOVED.meaning],
      ]);
      await database.write(async (trx) => {
        const problems = [linkProblem("EVENT_TAKEN", { said: "No." })];
        const found = { eventId: "EVENT_TAKEN", campaignId: null, problems };
        const over = { eventId: "VALUE_REMOVED", campaignId: null, problems: [] };
        await setProblems(trx, "event", [found, over], 3);
      });
      const again = "Circa refuses to connect this Event to the Campaign: No.";
      expect(await open()).toEqual([["EVENT_TAKEN", again]]);
      await database.close();
    } finally {
      await server?.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
);
