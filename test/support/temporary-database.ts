import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase, type Database } from "../../middleware/store/database/database.ts";

/** A store of its own in a folder that goes away with it. */
export async function openTemporaryDatabase(): Promise<Database> {
  const dataDir = mkdtempSync(join(tmpdir(), "event-info-sync-"));
  const database = await openDatabase({ kind: "sqlite", dataDir });
  return {
    ...database,
    async close() {
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
