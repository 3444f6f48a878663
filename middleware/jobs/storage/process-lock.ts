/** One process per folder of the embedded database: a second one would work on the same links. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigurationError } from "../../errors.ts";

/**
 * Takes the folder for this process; a lock left over by a dead one is taken over.
 * @returns gives the folder back
 * @throws ConfigurationError when a living process has it
 */
export function lockFolder(dataDir: string): () => void {
  const file = join(dataDir, "process.pid");
  const holder = readHolder(file);
  if (holder !== null && holder !== process.pid && isAlive(holder)) {
    throw new ConfigurationError(
      `it is in use by process ${holder}. Stop that one, or set DATABASE_URL to share the work on PostgreSQL`,
    );
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

function readHolder(file: string): number | null {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, as somebody else's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
