/**
 * Record locks by PostgreSQL's advisory locks, which end with the session that took them: all are
 * taken over one, of a process that has died nothing is left. What is held when the session ends is
 * taken again in the next one, on whichever server that is.
 */
import { systemClock } from "../runtime/clock.ts";
import { describeError } from "../runtime/errors.ts";
import type { Log } from "../runtime/log.ts";
import type { RecordLocks } from "./record-locks.ts";
import { openSession, type Session } from "../store/database/postgres-session.ts";

const reconnectAfterMs = 1_000;
/** Where nothing is held, a session this old is replaced: the address may have moved. */
const maxLifetimeMs = 600_000;

export interface RecordLockParts {
  readonly url: string;
  readonly tenant: string;
  readonly log: Log;
}

export interface PostgresRecordLocks extends RecordLocks {
  close(): Promise<void>;
}

interface OpenSession {
  readonly session: Session;
  readonly openedAtMs: number;
}

/** Connects when first asked, and again when the session has ended. */
export function openPostgresRecordLocks({
  url,
  tenant,
  log,
}: RecordLockParts): PostgresRecordLocks {
  const held = new Set<string>();
  const closing = new AbortController();
  let current: Promise<OpenSession> | null = null;

  const ask = async ({ session }: OpenSession, what: string, ids: readonly string[]) => {
    const { rows } = await session.query<{ id: string }>(
      `select id from unnest($1::text[]) as id where ${what}(hashtextextended($2 || id, 0))`,
      [ids, `event-info-sync write ${tenant} `],
    );
    return rows.map(({ id }) => id);
  };

  async function open(onDeath: () => void): Promise<OpenSession> {
    const session = await openSession(url, onDeath);
    const opened = { session, openedAtMs: systemClock.elapsedMs() };
    if (held.size === 0) return opened;
    const taken = await ask(opened, "pg_try_advisory_lock", [...held]);
    if (taken.length < held.size) {
      log.warn({ records: held.size - taken.length }, "another node has taken record locks over");
    }
    return opened;
  }

  function connected(): Promise<OpenSession> {
    if (current !== null) return current;
    const opening: Promise<OpenSession> = open(() => leave(opening));
    current = opening;
    // The caller gets the error; the next one tries again.
    opening.catch(() => leave(opening));
    return opening;
  }

  function leave(ended: Promise<OpenSession>): void {
    if (current !== ended) return;
    current = null;
    ended.then(({ session }) => session.end()).catch(() => undefined);
    void takeAgain();
  }

  async function takeAgain(): Promise<void> {
    await systemClock.sleep(reconnectAfterMs, closing.signal);
    if (current !== null || held.size === 0 || closing.signal.aborted) return;
    await connected().catch((error: unknown) =>
      log.debug({ error: describeError(error) }, "record locks can't be taken again yet"),
    );
  }

  /** @throws as the server does; a session that does not answer is left */
  async function take(ids: readonly string[]): Promise<string[]> {
    const asked = connected();
    try {
      return await ask(await asked, "pg_try_advisory_lock", ids);
    } catch (error) {
      leave(asked);
      throw error;
    }
  }

  async function leaveWhenOld(): Promise<void> {
    const asked = current;
    if (asked === null || held.size > 0) return;
    const { openedAtMs } = await asked;
    if (held.size === 0 && systemClock.elapsedMs() - openedAtMs > maxLifetimeMs) leave(asked);
  }

  const release = async (ids: readonly string[]) => {
    for (const id of ids) held.delete(id);
    try {
      if (current !== null) await ask(await current, "pg_advisory_unlock", ids);
    } catch (error) {
      log.debug({ error: describeError(error) }, "record locks end with their session");
    }
  };
  return {
    async tryTake(ids) {
      await leaveWhenOld();
      const taken = await take(ids);
      if (taken.length === ids.length) {
        for (const id of ids) held.add(id);
        return true;
      }
      if (taken.length > 0) await release(taken);
      return false;
    },
    release,
    async close() {
      closing.abort();
      held.clear();
      const last = current;
      current = null;
      if (last !== null) await last.then(({ session }) => session.end()).catch(() => undefined);
    },
  };
}
