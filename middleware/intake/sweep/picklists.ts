/** The picklists' part of the sweep: problems that only Salesforce's lists can end. */
import { eventSubject, markDue } from "../../queue/due-links.ts";
import { eventsWithProblem } from "../../store/history/open-problems.ts";
import { notForRecordTypeCode } from "../../sync/plan/choice-problems.ts";
import { reviewRetiredValues } from "../../sync/record/retired-values.ts";
import type { SweepParts } from "./parts.ts";

export async function sweepPicklists({
  database,
  clock,
  log,
  mappings: inForce,
}: SweepParts): Promise<void> {
  const { mappings } = await inForce.current();
  await database.write(async (trx) => {
    const nowMs = clock.now();
    await reviewRetiredValues(trx, { mappings, log, nowMs });
    // The lists of record types are read for the Events that need them, so these tell of changes.
    const waiting = await eventsWithProblem(trx, notForRecordTypeCode);
    await markDue(trx, waiting.map(eventSubject), "sweep", nowMs);
  });
}
