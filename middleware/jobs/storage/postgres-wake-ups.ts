/**
 * Wake-ups by PostgreSQL's LISTEN and NOTIFY, over one connection of its own that is replaced when
 * it dies. Announcements are sent apart from the transactions that they are about: NOTIFY inside
 * them would make all commits wait for each other.
 */
import { z } from "zod";
import { systemClock } from "../../clock.ts";
import { describeError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import { wakeUpTopics, type WakeUps, type WakeUpTopic } from "../wake-ups.ts";
import { clientSettings } from "./postgres.ts";

const channel = "event_info_sync";
const reconnectAfterMs = 1_000;
/** A connection that died silently is found by asking it something this often. */
const askEveryMs = 5_000;
/** Announcements made within this time of each other are sent as one. */
const gatherMs = 5;

const noticeSchema = z.object({
  from: z.string(),
  connection: z.string(),
  topics: z.array(z.enum(wakeUpTopics)),
});

export interface WakeUpParts {
  readonly url: string;
  readonly connection: string;
  readonly log: Log;
}

/** Connects in the background; until then, and whenever the connection is away, nothing is heard. */
export async function openPostgresWakeUps({ url, connection, log }: WakeUpParts): Promise<WakeUps> {
  const { default: pg } = await import("pg");
  const self = systemClock.uuid();
  const listeners = new Map<WakeUpTopic, (() => void)[]>();
  const closing = new AbortController();
  const waiting = new Set<WakeUpTopic>();
  let client: InstanceType<typeof pg.Client> | null = null;
  // The connection takes one statement at a time.
  let asked: Promise<unknown> = Promise.resolve();
  const ask = (on: InstanceType<typeof pg.Client>, text: string, values: string[] = []) => {
    const answer = asked.catch(() => undefined).then(() => on.query(text, values));
    asked = answer;
    return answer;
  };

  const wake = (topics: readonly WakeUpTopic[]) => {
    for (const topic of topics) for (const listener of listeners.get(topic) ?? []) listener();
  };

  const hear = (payload: string | undefined) => {
    const notice = noticeSchema.safeParse(JSON.parse(payload ?? "null"));
    // What this process announced itself it knows already.
    if (!notice.success || notice.data.from === self) return;
    if (notice.data.connection === connection) wake(notice.data.topics);
  };

  async function listenUntilItDies(): Promise<void> {
    const opened = new pg.Client(clientSettings(url));
    const died = new Promise<void>((resolve) => {
      opened.once("end", resolve);
      opened.on("error", () => resolve());
    });
    const asking = new AbortController();
    try {
      await opened.connect();
      opened.on("notification", ({ payload }) => hear(payload));
      await opened.query(`listen ${channel}`);
      client = opened;
      // Something may have been announced while nobody listened.
      wake(wakeUpTopics);
      void died.then(() => asking.abort());
      const onClosing = () => asking.abort();
      closing.signal.addEventListener("abort", onClosing, { once: true });
      for (;;) {
        await systemClock.sleep(askEveryMs, asking.signal);
        if (asking.signal.aborted) break;
        await ask(opened, "select 1");
      }
      closing.signal.removeEventListener("abort", onClosing);
    } finally {
      client = null;
      await opened.end().catch(() => undefined);
    }
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        await listenUntilItDies();
      } catch (error) {
        log.debug({ error: describeError(error) }, "other processes can't be heard; trying again");
      }
      await systemClock.sleep(reconnectAfterMs, closing.signal);
    }
  }

  async function send(): Promise<void> {
    await systemClock.sleep(gatherMs);
    const notice = { from: self, connection, topics: [...waiting] };
    waiting.clear();
    if (client === null) return;
    await ask(client, "select pg_notify($1, $2)", [channel, JSON.stringify(notice)]).catch(
      (error: unknown) =>
        log.debug({ error: describeError(error) }, "other processes can't be told"),
    );
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
    listening: () => client !== null,
    async close() {
      await sending;
      closing.abort();
      await running;
    },
  };
}
