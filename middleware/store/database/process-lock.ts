/** One process per folder of the embedded database: a second one would work on the same links. */
import { chmodSync } from "node:fs";
import { join } from "node:path";
import SqliteDatabase from "libsql";
import { ConfigurationError, describeError } from "../../runtime/errors.ts";

/** A process that was killed a moment ago may not be gone yet. */
const waitMs = 1_000;

/**
 * Takes the folder for the life of this process, by a lock of the operating system on a file of its
 * own: it ends with the process, however that ends, and holds between containers that share the
 * volume. SQLite takes it, in an exclusive transaction that never writes.
 * @returns gives the folder back
 * @throws ConfigurationError when another process has it, or the volume can't lock files
 */
export function lockFolder(dataDir: string): () => void {
  const file = join(dataDir, "process.lock");
  const holder = openLock(file);
  try {
    // Outside of WAL an exclusive transaction keeps all others out; no journal lies about.
    holder.exec("PRAGMA journal_mode = MEMORY");
    holder.exec("BEGIN EXCLUSIVE");
    chmodSync(file, 0o600);
  } catch (error) {
    holder.close();
    throw explain(error);
  }
  return () => {
    // The driver closes the file later, when it is collected as garbage; this frees it now.
    holder.exec("ROLLBACK");
    holder.close();
  };
}

function openLock(file: string): SqliteDatabase.Database {
  try {
    return new SqliteDatabase(file, { timeout: waitMs });
  } catch (error) {
    throw explain(error);
  }
}

function explain(error: unknown): ConfigurationError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code.startsWith("SQLITE_BUSY")) {
    return new ConfigurationError(
      "it is in use by another process, perhaps in another container. Stop that one, or set DATABASE_URL to share the work on PostgreSQL",
    );
  }
  return new ConfigurationError(
    `its file process.lock can't be locked (${describeError(error)}). Let this user write there, on a volume that can lock files`,
  );
}
