/** Makes every link due: after a change of mappings, or when an admin asks for it. */
import { eventSubject, signal, type Cause } from "../jobs/due-links.ts";
import { forgetMappings } from "../jobs/storage/first-contacts.ts";
import { allLinkedEventIds } from "../jobs/storage/links.ts";
import type { SweepParts } from "./sweep-parts.ts";

/** Rows of one transaction, so that webhooks are not kept waiting. */
const rowsPerCommit = 1_000;

/** @returns how many links are due now */
export async function signalAllLinks(
  { database, connection, clock, mappings }: SweepParts,
  cause: Cause,
): Promise<number> {
  const inForce = await mappings.current();
  await database.write((trx) =>
    forgetMappings(
      trx,
      connection,
      inForce.mappings.map((mapping) => mapping.identity),
    ),
  );
  const eventIds = await allLinkedEventIds(database.query, connection);
  for (let start = 0; start < eventIds.length; start += rowsPerCommit) {
    const subjects = eventIds.slice(start, start + rowsPerCommit).map(eventSubject);
    await database.write((trx) => signal(trx, connection, subjects, cause, clock.now()));
  }
  return eventIds.length;
}
