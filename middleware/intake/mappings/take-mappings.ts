/**
 * Takes over changed mappings: every link is compared again under the new ones, and so is every
 * Event for which the setting now wants a Campaign.
 */
import { eventSubject, markDue } from "../../queue/due-links.ts";
import { moveCheckpoint, readCheckpoint, writeCheckpoint } from "../../store/intake/checkpoints.ts";
import { deleteOtherMappings } from "../../store/links/initial-syncs.ts";
import { allLinkedEventIds } from "../../store/links/links.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { Database } from "../../store/database/database.ts";
import type { OnFailpoint } from "../../runtime/failpoints.ts";
import { eventsAwaitingCampaign } from "../../sync/creation/awaiting-events.ts";
import type { ChangedList } from "../../sync/mappings/hold-missing.ts";
import type { ActiveMappings, MappingsSnapshot } from "../../sync/mappings/active-mappings.ts";

export interface TakeMappingsParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly mappings: ActiveMappings;
  readonly onFailpoint: OnFailpoint;
}

/** Rows of one transaction, so that webhooks are not kept waiting. */
const rowsPerCommit = 1_000;

/**
 * Reads the mappings; where they differ from those that all links were marked due for, or were
 * changed since, marks all links due. A node that dies in the middle starts this again, so no
 * link is left out.
 * @param how as `told`, as in `ActiveMappings.refresh`
 * @returns the mappings as they were read
 * @throws SystemError when one of the systems can't be read
 */
export async function takeMappings(
  parts: TakeMappingsParts,
  how: "anew" | "if_modified" = "anew",
  told: readonly ChangedList[] = [],
): Promise<MappingsSnapshot> {
  const { database, clock, mappings, onFailpoint } = parts;
  const snapshot = await mappings.refresh(how, told);
  const { fingerprint, mappings: active, creation } = snapshot;
  onFailpoint("mappings_read");
  const known = await readCheckpoint(database.query, "mappings");
  // Others may have been begun with in between, and taken back before all links were due.
  const taken = await readCheckpoint(database.query, "mappings_taken");
  if (known === fingerprint && (taken ?? fingerprint) === fingerprint) return snapshot;
  await database.write(async (trx) => {
    // Before the first link is due: its pass knows that it must use these.
    await writeCheckpoint(trx, "mappings_taken", fingerprint, clock.now());
    await deleteOtherMappings(
      trx,
      active.map((mapping) => mapping.identity),
    );
  });
  onFailpoint("mappings_forgotten");
  const eventIds = [
    ...(await allLinkedEventIds(database.query)),
    ...(await eventsAwaitingCampaign(database.query, creation)),
  ];
  for (let start = 0; start < eventIds.length; start += rowsPerCommit) {
    const subjects = eventIds.slice(start, start + rowsPerCommit).map(eventSubject);
    await database.write((trx) => markDue(trx, subjects, "mappings", clock.now()));
    onFailpoint("mappings_links_signalled");
  }
  // What was heard meanwhile is not settled with this.
  const settled = { from: known, to: fingerprint };
  await database.write((trx) => moveCheckpoint(trx, "mappings", settled, clock.now()));
  onFailpoint("mappings_taken");
  return snapshot;
}
