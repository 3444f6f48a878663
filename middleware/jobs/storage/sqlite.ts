/** The embedded database: one file in a folder of its own. */
import { join } from "node:path";
import { SqliteDialect, type SqliteStatement } from "kysely";
import SqliteDatabase from "libsql";

/** How long a statement waits while a backup or an operator's own look has the file locked. */
const lockWaitMs = 5_000;

export function openSqlite(dataDir: string): SqliteDialect {
  const file = join(dataDir, "event-info-sync.sqlite");
  const database = new SqliteDatabase(file, { timeout: lockWaitMs });
  // FULL: an acknowledged commit survives a power cut, not only a crash of the process.
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  const prepare = (text: string): SqliteStatement => database.prepare(text);
  return new SqliteDialect({
    database: {
      close: () => database.close(),
      // A full disk rolls back by itself (https://www.sqlite.org/lang_transaction.html, 4.): doing
      // so again fails, and that error would hide what has happened.
      prepare: (text) =>
        text === "rollback" && !database.inTransaction ? prepare("select 1") : prepare(text),
    },
  });
}
