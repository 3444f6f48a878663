/**
 * Wake-ups by PostgreSQL's LISTEN and NOTIFY, over one session of its own that is replaced when it
 * dies, or when its server is not the one to write to any more. Announcements are sent apart from
 * the transactions that they are about: NOTIFY inside them would make all commits wait for each other.
 */
import { z } from "zod";
import { systemClock } from "../runtime/clock.ts";
import { describeError } from "../runtime/errors.ts";
import type { Log } from "../runtime/log.ts";
import { wakeUpTopics, type WakeUps, type WakeUpTopic } from "./wake-ups.ts";
import { confirmPrimary, openSession, type Session } from "../store/database/postgres-session.ts";

const channel = "event_info_sync";
const reconnectAfterMs = 1_000;
/** A session that died silently is found by asking it something this often. */
const askEveryMs = 5_000;
/** A session this old is replaced: the address may have moved to another server. */
const maxLifetimeMs = 600_000;
/** Announcements made within this time of each other are sent as one. */
const gatherMs = 5;

const noticeSchema = z.object({
  from: z.string(),
  tenant: z.string(),
  topics: z.array(z.enum(wakeUpTopics)),
});
type Notice = z.infer<typeof noticeSchema>;

/** @returns null when it is none of ours: every session of the database may send what it likes */
function readNotice(payload: string | undefined): Notice | null {
  try {
    return noticeSchema.safeParse(JSON.parse(payload ?? "")).data ?? null;
  } catch {
    return null;
  }
}

export interface WakeUpParts {
  readonly url: string;
  readonly tenant: string;
  readonly log: Log;
}

/** Connects in the background; until then, and whenever the session is away, nothing is heard. */
export function openPostgresWakeUps({ url, tenant, log }: WakeUpParts): WakeUps {
  const self = systemClock.uuid();
  const listeners = new Map<WakeUpTopic, (() => void)[]>();
  const closing = new AbortController();
  const waiting = new Set<WakeUpTopic>();
  let session: Session | null = null;

  const wake = (topics: readonly WakeUpTopic[]) => {
    for (const listener of topics.flatMap((topic) => listeners.get(topic) ?? [])) {
      try {
        listener();
      } catch (error) {
        // Thrown in the driver's callback, it would end the process.
        log.error(
          { error: describeError(error) },
          "a notification of another node can't be handled",
        );
      }
    }
  };

  const hear = (payload: string | undefined) => {
    const notice = readNotice(payload);
    if (notice === null) {
      log.debug({}, "a NOTIFY of another application is ignored");
      return;
    }
    // What this process announced itself it knows already.
    if (notice.from !== self && notice.tenant === tenant) wake(notice.topics);
  };

  async function listenUntilItDies(): Promise<void> {
    const ended = new AbortController();
    const end = () => ended.abort();
    const opened = await openSession(url, end);
    closing.signal.addEventListener("abort", end, { once: true });
    try {
      opened.onNotification(hear);
      await opened.query(`listen ${channel}`);
      session = opened;
      const openedAtMs = systemClock.elapsedMs();
      // Something may have been announced while no session listened.
      wake(wakeUpTopics);
      while (systemClock.elapsedMs() - openedAtMs < maxLifetimeMs) {
        await systemClock.sleep(askEveryMs, ended.signal);
        if (ended.signal.aborted) break;
        await confirmPrimary(opened);
      }
    } finally {
      session = null;
      closing.signal.removeEventListener("abort", end);
      await opened.end();
    }
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        await listenUntilItDies();
      } catch (error) {
        log.debug(
          { error: describeError(error) },
          "notifications of other nodes can't be received; trying again",
        );
      }
      await systemClock.sleep(reconnectAfterMs, closing.signal);
    }
  }

  async function send(): Promise<void> {
    await systemClock.sleep(gatherMs);
    const notice: Notice = { from: self, tenant, topics: [...waiting] };
    waiting.clear();
    try {
      await session?.query("select pg_notify($1, $2)", [channel, JSON.stringify(notice)]);
    } catch (error) {
      log.debug({ error: describeError(error) }, "other nodes can't be notified");
    }
  }

  const running = run();
  let sending: Promise<void> = Promise.resolve();
  return {
    announce(topic) {
      waiting.add(topic);
      if (waiting.size === 1) sending = send();
    },
    listen(topic, listener) {
      listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
    },
    listening: () => session !== null,
    async close() {
      await sending;
      closing.abort();
      await running;
    },
  };
}
