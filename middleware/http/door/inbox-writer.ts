/** Where accepted webhooks go: the journal, or PostgreSQL by connections of its own. */
import { Kysely } from "kysely";
import { systemClock } from "../../runtime/clock.ts";
import type { Log } from "../../runtime/log.ts";
import type { Tables } from "../../store/database/tables.ts";
import { bindTenant } from "../../store/database/tenant.ts";
import { openPostgres } from "../../store/database/postgres.ts";
import type { InboxWriter } from "../../store/inbox/inbox.ts";
import { JournalMarks } from "../../store/inbox/journal-marks.ts";
import { defaultMaxWaitingBytes, JournalWriter } from "../../store/inbox/journal-writer.ts";
import { defaultMaxWaiting, PostgresWriter } from "../../store/inbox/postgres-inbox.ts";
import type { DoorEvents, DoorSettings, LogLine } from "./settings.ts";

/** One inserts, one is there when the other has died. */
const connectionsAtOnce = 2;

export async function createInboxWriter(
  { tenant, inbox }: DoorSettings,
  events: DoorEvents,
): Promise<InboxWriter> {
  if (inbox.kind === "journal") {
    return new JournalWriter({
      folder: inbox.folder,
      marks: new JournalMarks(inbox.marks),
      maxWaitingBytes: inbox.maxWaitingBytes ?? defaultMaxWaitingBytes,
      onFailpoint: (step) => events.onFailpoint(step),
    });
  }
  const dialect = await openPostgres(inbox.url, logTo(events), connectionsAtOnce);
  const query = new Kysely<Tables>({ dialect });
  bindTenant(query, tenant);
  return new PostgresWriter({
    query,
    clock: systemClock,
    maxWaiting: defaultMaxWaiting,
  });
}

function logTo(events: DoorEvents): Log {
  const say = (level: LogLine["level"]) => (fields: object, message: string) =>
    events.onLog({ level, fields, message });
  const log: Log = {
    debug: say("debug"),
    info: say("info"),
    warn: say("warn"),
    error: say("error"),
    child: () => log,
  };
  return log;
}
