/**
 * Several nodes run the statements that they would send to PostgreSQL. Here one transaction runs at
 * a time, so that locks have nothing to do, and the store's clock is the timeline.
 */

/** A statement for SQLite, and at which of its parameters the store's time belongs. */
export interface Translated {
  readonly sql: string;
  readonly timesAt: readonly number[];
}

/** As `storeTime` asks PostgreSQL for it. */
const storeTime = "(extract(epoch from statement_timestamp()) * 1000)::bigint";
const lock = / for (update( skip locked)?|share)$/;
/** PostgreSQL sorts by bytes, as SQLite does anyway. */
const byBytes = / collate "c"/gi;

export function asSqlite(sql: string): Translated {
  const timesAt: number[] = [];
  let parameters = 0;
  const pieces = sql.replace(lock, "").replaceAll(byBytes, "").split(storeTime);
  for (const piece of pieces.slice(0, -1)) {
    parameters += piece.split("?").length - 1;
    timesAt.push(parameters);
    parameters += 1;
  }
  return { sql: pieces.join("?"), timesAt };
}

/** The statement's own parameters with the store's time among them. */
export function withTimes(
  parameters: readonly unknown[],
  timesAt: readonly number[],
  nowMs: number,
): readonly unknown[] {
  if (timesAt.length === 0) return parameters;
  const all = [...parameters];
  for (const at of timesAt) all.splice(at, 0, nowMs);
  return all;
}
