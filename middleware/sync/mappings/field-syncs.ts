/** Locks and option lists in Circa: which fields are synced, which way, and with which values. */
import { describeError, SystemError, type ErrorKind } from "../../runtime/errors.ts";
import type { Log } from "../../runtime/log.ts";
import type { CircaClient, CrmSync } from "../../systems/circa/client.ts";
import type { FieldWithSync } from "../../systems/circa/schemas.ts";
import type { CircaField } from "../../model/fields.ts";
import type { Mapping } from "./mapping.ts";

/** What Circa should show for a mapped field. */
export function fieldSyncOf(mapping: Mapping): CrmSync {
  return {
    direction: mapping.direction,
    campaignField: mapping.campaign.name,
    options: mapping.picklist ? mapping.listed : null,
  };
}

export interface FieldSyncOutcome {
  /** Keys of the mapped fields that Circa shows as they are. */
  readonly shown: ReadonlySet<string>;
  /** What Circa can't show, and why; null when it shows everything. */
  readonly gap: string | null;
  /** Why Circa was not notified for now; null when trying again would change nothing. */
  readonly passing: SystemError | null;
}

/** Brings Circa's field sync state in line with the mappings; writes only what differs. */
export async function putFieldSyncs(
  circa: CircaClient,
  fields: readonly FieldWithSync[],
  mappings: readonly Mapping[],
  log: Log,
): Promise<FieldSyncOutcome> {
  const wanted = new Map(mappings.map((mapping) => [mapping.circa.key, fieldSyncOf(mapping)]));
  const shown = new Set<string>();
  const refusals: string[] = [];
  const unknown: string[] = [];
  let passing: SystemError | null = null;
  const bring = async ({ field, crmSync }: FieldWithSync) => {
    const sync = wanted.get(field.key);
    try {
      const write =
        sync === undefined ? remove(circa, field, crmSync) : put(circa, field, crmSync, sync);
      if (!(await write)) unknown.push(field.key);
      else if (sync !== undefined) shown.add(field.key);
    } catch (error) {
      // One field that Circa refuses takes nothing away from the others.
      const reason = describeError(error);
      if (error instanceof SystemError && !lasting.has(error.kind)) passing ??= error;
      log.warn(
        { field: field.label, error: reason },
        "a lock or option list can't be put to Circa",
      );
      refusals.push(`${field.label}: ${reason}`);
    }
  };
  await Promise.all(fields.map(bring));
  if (unknown.length > 0) {
    // What shows some of them has the endpoint: these may have been deleted a moment ago.
    const hasEndpoint = shown.size > 0 || fields.some(({ crmSync }) => crmSync !== null);
    if (!hasEndpoint) return { shown: new Set(), gap: noEndpoint, passing };
    const reason = `Circa did not find these fields: ${unknown.join(", ")}`;
    passing ??= new SystemError("circa", "retry", reason);
    refusals.push(reason);
  }
  const gap = refusals.length === 0 ? null : `Not shown in Circa: ${refusals.join("; ")}`;
  return { shown, gap, passing };
}

const lasting: ReadonlySet<ErrorKind> = new Set(["rejected", "configuration", "not_found"]);

const noEndpoint =
  "This Circa has no field sync endpoint: locks and option lists are not shown there, and edits of locked fields are reverted instead.";

/** @returns false when this Circa has no such endpoint */
function put(
  circa: CircaClient,
  { key }: CircaField,
  shown: FieldWithSync["crmSync"],
  sync: CrmSync,
): Promise<boolean> {
  return isShown(sync, shown) ? Promise.resolve(true) : circa.putFieldSync(key, sync);
}

/** @returns false when this Circa has no such endpoint */
function remove(
  circa: CircaClient,
  { key }: CircaField,
  shown: FieldWithSync["crmSync"],
): Promise<boolean> {
  return shown === null ? Promise.resolve(true) : circa.removeFieldSync(key);
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
