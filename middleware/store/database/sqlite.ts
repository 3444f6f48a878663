/** The embedded database: one file in a folder of its own. */
import { join } from "node:path";
import { SqliteDialect, type SqliteStatement } from "kysely";
import SqliteDatabase from "libsql";
import { describeError } from "../../runtime/errors.ts";
import type { Log } from "../../runtime/log.ts";
import { cacheStatements } from "./kept-statements.ts";
import { makePrivate } from "./private-files.ts";
import { storable } from "./storable-text.ts";

/** How long a statement waits while a backup or an operator's own look has the file locked. */
const lockWaitMs = 5_000;

/** Only while the folder is locked (`process-lock.ts`). */
export function openSqlite(dataDir: string, log: Log): SqliteDialect {
  const file = join(dataDir, "event-info-sync.sqlite");
  makePrivate(file);
  const database = new SqliteDatabase(file, { timeout: lockWaitMs });
  // FULL: an acknowledged commit survives a power cut, not only a crash of the process.
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  const prepare = cacheStatements((text): SqliteStatement => {
    const statement = database.prepare(text) as SqliteStatement;
    return {
      reader: statement.reader,
      all: (values) => statement.all(values.map(storable)),
      run: (values) => statement.run(values.map(storable)),
      iterate: (values) => statement.iterate(values.map(storable)),
    };
  });
  return new SqliteDialect({
    database: {
      close: () => {
        emptyWriteAheadLog(database, log);
        database.close();
      },
      // A full disk rolls back by itself (https://www.sqlite.org/lang_transaction.html, 4.): doing
      // so again fails, and that error would hide what has happened.
      prepare: (text) =>
        text === "rollback" && !database.inTransaction ? prepare("select 1") : prepare(text),
    },
  });
}

/** Brings everything into the one file, so that a copy of it alone is a backup. */
function emptyWriteAheadLog(database: SqliteDatabase.Database, log: Log): void {
  let reason = "another process reads it";
  try {
    const [state] = database.pragma("wal_checkpoint(TRUNCATE)") as { busy: number }[];
    if (state?.busy === 0) return;
  } catch (error) {
    reason = describeError(error);
  }
  // Nothing is lost: the next start reads both.
  log.warn(
    { reason },
    "the write-ahead log can't be emptied: a backup needs the -wal file as well",
  );
}
