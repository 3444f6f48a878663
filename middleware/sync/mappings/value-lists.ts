/** Compares the picklists with how they were seen last, and keeps them for the next time. */
import type { Clock } from "../../runtime/clock.ts";
import type { Database } from "../../store/database/database.ts";
import { keepLists, keptLists } from "../../store/intake/value-lists.ts";
import type { Log } from "../../runtime/log.ts";
import { withRemoved, type Mapping } from "./mapping.ts";
import { compareLists, isPicklist, type KeptList } from "../../model/picklists.ts";

export interface ValueListParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
}

/** @returns the mappings with the values that their lists have lost since they were first seen */
export async function findRemovedValues(
  { database, clock, log }: ValueListParts,
  mappings: readonly Mapping[],
): Promise<Mapping[]> {
  const kept = await keptLists(database.query);
  const moved = new Map<string, KeptList>();
  const found = mappings.map((mapping) => {
    if (!isPicklist(mapping.campaign)) return mapping;
    const key = listKeyOf(mapping);
    const before = kept.get(key) ?? null;
    const list = compareLists(before, mapping.listed);
    if (JSON.stringify(list) !== JSON.stringify(before)) moved.set(key, list);
    const known = new Set(before?.removed.map(({ value }) => value));
    const lost = list.removed.flatMap(({ value }) => (known.has(value) ? [] : [value]));
    if (lost.length > 0) {
      log.warn({ field: mapping.circa.label, values: lost }, "a picklist has lost values");
    }
    return withRemoved(mapping, list.removed);
  });
  if (moved.size > 0) await keepLists(database, moved, clock.now());
  return found;
}

/** With another Campaign field or record type it is another list. */
function listKeyOf({ circa, campaign, recordType }: Mapping): string {
  return `${circa.key}>${campaign.name}@${recordType?.toLowerCase() ?? ""}`;
}
