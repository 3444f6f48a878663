/** Circa's half of the sweep: Events whose `updated_at` has moved. */
import { eventSubject, signal, type Cause } from "../jobs/due-links.ts";
import {
  readCheckpoint,
  writeCheckpoint,
  type CheckpointName,
} from "../jobs/storage/checkpoints.ts";
import { keepEvent } from "../jobs/storage/events-seen.ts";
import { overlapMs, type Swept, type SweepParts } from "./sweep-parts.ts";

/** Reads from the checkpoint on, page by page, and signals the Events that were news. */
export async function sweepEvents(
  parts: SweepParts,
  cause: Extract<Cause, "sweep" | "poll">,
  checkpoint: Extract<CheckpointName, "sweep_circa" | "poll_circa">,
): Promise<Swept> {
  const { database, connection, clock, circa, atStep } = parts;
  const reached = Number((await readCheckpoint(database.query, connection, checkpoint)) ?? 0);
  let newest = reached;
  let read = 0;
  let missed = 0;
  for await (const page of circa.changedEvents(Math.max(0, reached - overlapMs))) {
    read += page.length;
    await database.write(async (trx) => {
      for (const answer of page) {
        newest = Math.max(newest, answer.event.updatedAt);
        if (!(await keepEvent(database, trx, connection, answer))) continue;
        missed += 1;
        await signal(trx, connection, [eventSubject(answer.event.id)], cause, clock.now());
      }
    });
    atStep("sweep_events_signalled");
  }
  await database.write((trx) =>
    writeCheckpoint(trx, connection, checkpoint, String(newest), clock.now()),
  );
  atStep("sweep_circa_reached");
  // Before the first pass nothing was known, so nothing was missed.
  return { read, missed: reached === 0 ? 0 : missed };
}
