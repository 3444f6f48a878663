/** Keeps when a process last ran, so that what was changed while none did has its cause. */
import type { Clock } from "../runtime/clock.ts";
import { describeError } from "../runtime/errors.ts";
import { readCheckpoint, writeCheckpoint } from "../store/intake/checkpoints.ts";
import type { Database } from "../store/database/database.ts";
import { saveOutage } from "../store/intake/outages.ts";
import type { Log } from "../runtime/log.ts";

const beatMs = 30_000;
/** Shorter gaps are those between two beats. */
const minOutageMs = 45_000;

export interface AliveParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
}

/** Keeps the time since the last beat as an outage, then beats until `signal` is aborted. */
export async function keepAlive(parts: AliveParts, signal: AbortSignal): Promise<void> {
  const { clock, log } = parts;
  while (!signal.aborted) {
    try {
      await beat(parts);
    } catch (error) {
      log.warn({ error: describeError(error) }, "this node's time can't be stored");
    }
    await clock.sleep(beatMs, signal);
  }
}

async function beat({ database, clock, log }: AliveParts): Promise<void> {
  const nowMs = clock.now();
  const last = Number((await readCheckpoint(database.query, "alive")) ?? nowMs);
  if (nowMs - last > minOutageMs) {
    log.info({ fromMs: last, untilMs: nowMs }, "no node ran for a while");
    const outage = { what: "middleware", fromMs: last, untilMs: nowMs } as const;
    await saveOutage(database.query, outage);
  }
  await database.write((trx) => writeCheckpoint(trx, "alive", String(nowMs), nowMs));
}
