/**
 * The mappings as they are now: read from Salesforce's custom metadata, checked against both
 * catalogues, and made visible in Circa as locks and option lists.
 */
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { CircaClient } from "../systems/circa/client.ts";
import type { SalesforceClient } from "../systems/salesforce/client.ts";
import type { PackageNames } from "../systems/salesforce/names.ts";
import { putFieldSyncs } from "./field-syncs.ts";
import { checkMappings, type Mapping, type RejectedMapping } from "./mapping.ts";

export interface MappingsSnapshot {
  readonly mappings: readonly Mapping[];
  readonly rejected: readonly RejectedMapping[];
  /** Keys of Circa's custom fields, which are written apart from the standard ones. */
  readonly customKeys: ReadonlySet<string>;
  /** Campaign fields to read: the mapped ones and those that show the sync's state. */
  readonly campaignFields: readonly string[];
  /** The Campaign's own sync-state fields that the integration user may write. */
  readonly statusFields: ReadonlySet<string>;
  /** Why locks and option lists are not shown in Circa; null when they are. */
  readonly lockGap: string | null;
  readonly readAt: number;
}

export interface MappingsInForce {
  /** @throws SystemError while they could never be read */
  current(): Promise<MappingsSnapshot>;
  /**
   * Reads them again and puts locks and option lists to Circa.
   * @returns true when the mappings or a list of values changed
   */
  refresh(): Promise<boolean>;
  /** The last ones read, for showing; null before the first read. */
  last(): MappingsSnapshot | null;
}

export interface MappingsParts {
  readonly salesforce: SalesforceClient;
  readonly circa: CircaClient;
  readonly names: PackageNames;
  readonly clock: Clock;
  readonly log: Log;
}

export function createMappingsInForce(parts: MappingsParts): MappingsInForce {
  let snapshot: MappingsSnapshot | null = null;
  let fingerprint = "";
  let reading: Promise<boolean> | null = null;

  const refresh = (): Promise<boolean> => {
    reading ??= readSnapshot(parts)
      .then((read) => {
        const before = fingerprint;
        fingerprint = fingerprintOf(read);
        const changed = fingerprint !== before;
        if (changed) logMappings(parts.log, read);
        snapshot = read;
        return changed;
      })
      .finally(() => (reading = null));
    return reading;
  };

  return {
    refresh,
    last: () => snapshot,
    async current() {
      if (snapshot === null) await refresh();
      if (snapshot === null) throw new Error("the mappings were read but not kept");
      return snapshot;
    },
  };
}

async function readSnapshot(parts: MappingsParts): Promise<MappingsSnapshot> {
  const { salesforce, circa, names, clock, log } = parts;
  const [rows, campaignFields, circaFields] = await Promise.all([
    salesforce.mappingRows(),
    salesforce.describeCampaign(),
    circa.fields(),
  ]);
  const reserved = new Set([names.eventId, names.syncStatus, names.lastSynced, names.syncMessage]);
  const { mappings, rejected } = checkMappings(
    rows,
    circaFields.map((entry) => entry.field),
    campaignFields,
    reserved,
  );
  const statusFields = new Set(
    campaignFields
      .filter(
        (field) => field.updateable && reserved.has(field.name) && field.name !== names.eventId,
      )
      .map((field) => field.name),
  );
  const lockGap = await putFieldSyncs(circa, circaFields, mappings, log);
  return {
    mappings,
    rejected,
    customKeys: new Set(
      circaFields.filter(({ field }) => field.custom).map(({ field }) => field.key),
    ),
    campaignFields: [
      ...new Set([...mappings.map(({ campaign }) => campaign.name), ...statusFields]),
    ],
    statusFields,
    lockGap,
    readAt: clock.now(),
  };
}

/** What links have to be looked at again for when it moves. */
function fingerprintOf({ mappings, rejected }: MappingsSnapshot): string {
  const lists = mappings.map(({ identity, blankRule, recordType, campaign, picklist }) => [
    identity,
    blankRule,
    recordType,
    picklist
      ? campaign.picklistValues.filter((value) => value.active).map(({ value }) => value)
      : [],
  ]);
  return JSON.stringify([lists, rejected.map(({ developerName, code }) => [developerName, code])]);
}

function logMappings(log: Log, { mappings, rejected, lockGap }: MappingsSnapshot): void {
  log.info({ active: mappings.length, rejected: rejected.length }, "mappings taken over");
  for (const { developerName, code, reason } of rejected) {
    log.warn({ mapping: developerName, code, reason }, "a mapping can't work and is off");
  }
  if (lockGap !== null) log.warn({}, lockGap);
}
