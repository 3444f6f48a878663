/**
 * The mappings as they are now: read from Salesforce's custom metadata, checked against both
 * catalogues, and made visible in Circa as locks and option lists.
 */
import type { Clock } from "../clock.ts";
import { SystemError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { CircaClient } from "../systems/circa/client.ts";
import type { SalesforceClient } from "../systems/salesforce/client.ts";
import type { PackageNames } from "../systems/salesforce/names.ts";
import { putFieldSyncs } from "./field-syncs.ts";
import type { IdentityGuard } from "./identity.ts";
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
  /** Moves when links have to be looked at again: with mappings and lists of values. */
  readonly fingerprint: string;
  readonly readAt: number;
}

export interface MappingsInForce {
  /** @throws SystemError while they could never be read, or one of the systems is another one */
  current(): Promise<MappingsSnapshot>;
  /**
   * Reads them again and puts locks and option lists to Circa.
   * @throws SystemError when one of the systems can't be read
   */
  refresh(): Promise<MappingsSnapshot>;
  /** The last ones read, for showing; null before the first read. */
  last(): MappingsSnapshot | null;
  /** Why the last refresh failed; null when it did not. */
  fault(): string | null;
}

export interface MappingsParts {
  readonly salesforce: SalesforceClient;
  readonly circa: CircaClient;
  readonly names: PackageNames;
  readonly identity: IdentityGuard;
  readonly clock: Clock;
  readonly log: Log;
}

export function createMappingsInForce(parts: MappingsParts): MappingsInForce {
  let snapshot: MappingsSnapshot | null = null;
  let fault: SystemError | null = null;
  let reading: Promise<MappingsSnapshot> | null = null;

  const read = async (): Promise<MappingsSnapshot> => {
    try {
      await parts.identity.confirmWorkspace(await parts.circa.teamIds());
      const news = await readSnapshot(parts);
      if (news.fingerprint !== snapshot?.fingerprint) logMappings(parts.log, news);
      fault = null;
      snapshot = news;
      return news;
    } catch (error) {
      fault = error instanceof SystemError ? error : null;
      throw error;
    }
  };
  const refresh = (): Promise<MappingsSnapshot> => {
    reading ??= read().finally(() => (reading = null));
    return reading;
  };

  return {
    refresh,
    last: () => snapshot,
    fault: () => fault?.message ?? null,
    async current() {
      // Old mappings carry a link through a moment's outage, but never into another org.
      if (fault?.kind === "configuration") throw fault;
      return snapshot ?? refresh();
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
    fingerprint: fingerprintOf(mappings, rejected),
    readAt: clock.now(),
  };
}

function fingerprintOf(mappings: readonly Mapping[], rejected: readonly RejectedMapping[]): string {
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
