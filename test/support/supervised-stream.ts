/** The real supervisor of the stream over a real store, with its transport and time in hand. */
import { PathHealth } from "../../middleware/model/path-health.ts";
import { Stream, type StreamParts } from "../../middleware/intake/stream/stream.ts";
import { readCheckpoint } from "../../middleware/store/intake/checkpoints.ts";
import type { Database } from "../../middleware/store/database/database.ts";
import { createLog } from "../../middleware/runtime/log.ts";
import { noFailpoint } from "../../middleware/runtime/failpoints.ts";
import { packageNames } from "../../middleware/systems/salesforce/connection/names.ts";
import { createManualClock, type ManualClock } from "./manual-clock.ts";
import { scriptSessions, type ScriptedSessions } from "./scripted-sessions.ts";
import { openTemporaryDatabase } from "./temporary-database.ts";

export interface SupervisedStream {
  readonly stream: Stream;
  readonly clock: ManualClock;
  readonly sessions: ScriptedSessions;
  readonly database: Database;
  /** Why both sides were compared, in order. */
  readonly gaps: string[];
  checkpoint(): Promise<string | null>;
  /** The Campaigns that are to be looked at, in order of their Ids. */
  signalled(): Promise<string[]>;
  close(): Promise<void>;
}

export interface SuperviseOptions extends Partial<StreamParts> {
  readonly clock?: ManualClock;
  /** Stays open after `close`, for who comes next. */
  readonly database?: Database;
}

/** Not started yet: `stream.start()` does. */
export async function superviseStream(options: SuperviseOptions = {}): Promise<SupervisedStream> {
  const clock = options.clock ?? createManualClock();
  const database = options.database ?? (await openTemporaryDatabase());
  const sessions = scriptSessions();
  const gaps: string[] = [];
  const stream = new Stream({
    onFailpoint: noFailpoint,
    log: createLog("silent"),
    names: packageNames(null),
    openSession: sessions.openSession,
    paths: new PathHealth(clock.now()),
    onLinksDue: () => undefined,
    onMappingsChanged: () => undefined,
    onGap: (reason) => Promise.resolve(gaps.push(reason) > 0),
    ...options,
    clock,
    database,
  });
  return {
    stream,
    clock,
    sessions,
    database,
    gaps,
    checkpoint: () => readCheckpoint(database.query, "stream"),
    async signalled() {
      const rows = await database.query.selectFrom("due_links").select("subject").execute();
      return rows.map(({ subject }) => subject.replace(/^campaign:/, "")).sort();
    },
    async close() {
      await stream.stop();
      if (options.database === undefined) await database.close();
    },
  };
}
