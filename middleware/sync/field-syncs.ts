/** Locks and option lists in Circa: which fields are synced, which way, and with which values. */
import { describeError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { CircaClient, CrmSync } from "../systems/circa/client.ts";
import type { FieldWithSync } from "../systems/circa/schemas.ts";
import type { Mapping } from "./mapping.ts";

/** What Circa should show for a mapped field. */
export function fieldSyncOf(mapping: Mapping): CrmSync {
  return {
    direction: mapping.direction,
    campaignField: mapping.campaign.name,
    options: mapping.picklist ? mapping.listed : null,
  };
}

/**
 * Brings Circa's field sync state in line with the mappings; writes only what differs.
 * @returns why Circa can't show it, or null when it does
 */
export async function putFieldSyncs(
  circa: CircaClient,
  fields: readonly FieldWithSync[],
  mappings: readonly Mapping[],
  log: Log,
): Promise<string | null> {
  const wanted = new Map(mappings.map((mapping) => [mapping.circa.key, fieldSyncOf(mapping)]));
  const writes = fields.flatMap(({ field, crmSync }) => {
    const sync = wanted.get(field.key);
    if (sync === undefined) {
      return crmSync === null ? [] : [() => circa.removeFieldSync(field.key)];
    }
    return isShown(sync, crmSync) ? [] : [() => circa.putFieldSync(field.key, sync)];
  });
  try {
    const taken = await Promise.all(writes.map((write) => write()));
    return taken.every(Boolean)
      ? null
      : "This Circa has no field sync endpoint: locks and option lists are not shown there, and edits of locked fields are put back instead.";
  } catch (error) {
    log.warn({ error: describeError(error) }, "locks and option lists could not be put to Circa");
    return `Locks and option lists could not be put to Circa: ${describeError(error)}`;
  }
}

function isShown(sync: CrmSync, shown: FieldWithSync["crmSync"]): boolean {
  if (shown === null) return false;
  const options = (list: readonly { value: string; label: string }[] | null | undefined) =>
    JSON.stringify((list ?? []).map(({ value, label }) => [value, label]));
  return (
    shown.provider === "salesforce" &&
    shown.direction === sync.direction &&
    shown.campaign_field === sync.campaignField &&
    options(shown.options) === options(sync.options)
  );
}
