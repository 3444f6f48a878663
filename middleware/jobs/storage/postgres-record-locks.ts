/**
 * Record locks by PostgreSQL's advisory locks, which end with the connection that took them: all
 * are taken over one, of a process that has died nothing is left.
 */
import { describeError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { RecordLocks } from "../record-locks.ts";
import { clientSettings, logDeaths } from "./postgres.ts";

export interface RecordLockParts {
  readonly url: string;
  readonly connection: string;
  readonly log: Log;
}

export interface PostgresRecordLocks extends RecordLocks {
  close(): Promise<void>;
}

/** Connects when first asked, and again when the connection has died. */
export async function openPostgresRecordLocks({
  url,
  connection,
  log,
}: RecordLockParts): Promise<PostgresRecordLocks> {
  const { default: pg } = await import("pg");
  const pool = new pg.Pool({ ...clientSettings(url), max: 1, idleTimeoutMillis: 0 });
  logDeaths(pool, log);
  const ask = async (what: string, ids: readonly string[]): Promise<string[]> => {
    const { rows } = await pool.query<{ id: string }>(
      `select id from unnest($1::text[]) as id where ${what}(hashtextextended($2 || id, 0))`,
      [ids, `event-info-sync write ${connection} `],
    );
    return rows.map(({ id }) => id);
  };
  const release = async (ids: readonly string[]) => {
    await ask("pg_advisory_unlock", ids).catch((error: unknown) =>
      log.debug({ error: describeError(error) }, "record locks end with their connection"),
    );
  };
  return {
    async tryTake(ids) {
      const taken = await ask("pg_try_advisory_lock", ids);
      if (taken.length === ids.length) return true;
      if (taken.length > 0) await release(taken);
      return false;
    },
    release,
    close: () => pool.end(),
  };
}
