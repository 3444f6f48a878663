/**
 * The mappings as they are now: read from Salesforce's custom metadata, checked against both
 * catalogues, and made visible in Circa as locks and option lists.
 */
import { checkMappings } from "./check-mappings.ts";
import type { Transaction } from "kysely";
import { SystemError } from "../../runtime/errors.ts";
import { readCheckpoint, writeCheckpoint } from "../../store/intake/checkpoints.ts";
import {
  saveCatalogues,
  keptCatalogues,
  type Catalogues,
} from "../../store/intake/kept-catalogues.ts";
import type { Tables } from "../../store/database/tables.ts";
import type { Log } from "../../runtime/log.ts";
import type { CircaClient } from "../../systems/circa/client.ts";
import type { DescribeOptions } from "../../systems/salesforce/campaigns/campaign-describe.ts";
import type { SalesforceClient } from "../../systems/salesforce/client.ts";
import type { CampaignCreationClient } from "../../systems/salesforce/campaigns/campaign-creation.ts";
import { keptBySync, type PackageNames } from "../../systems/salesforce/connection/names.ts";
import { creationFingerprint, type Creation } from "../creation/setting/check-setting.ts";
import { readCreation } from "../creation/setting/read-creation.ts";
import { putFieldSyncs } from "./field-syncs.ts";
import type { CampaignField, CircaField } from "../../model/fields.ts";
import { MissingParts, type ChangedList, type HeldCatalogues } from "./hold-missing.ts";
import type { IdentityGuard } from "./identity.ts";
import { withListTaken, type Mapping, type RejectedMapping } from "./mapping.ts";
import { isPicklist } from "../../model/picklists.ts";
import { createRecordTypeLists, type RecordTypeLists } from "./record-type-lists.ts";
import { findRemovedValues, type ValueListParts } from "./value-lists.ts";

export interface MappingsSnapshot {
  readonly mappings: readonly Mapping[];
  readonly rejected: readonly RejectedMapping[];
  /** Circa's catalogue, mapped or not. */
  readonly circaFields: readonly CircaField[];
  /** Keys of Circa's custom fields, which are written apart from the standard ones. */
  readonly customKeys: ReadonlySet<string>;
  /** Campaign fields to read: the mapped ones and those that show the sync's state. */
  readonly campaignFields: readonly string[];
  /**
   * What comparing needs of them: without the sync's state, whose message would be a second long
   * text, and with two of those an answer holds a tenth of the rows (REST API Developer Guide,
   * "Query Options Header").
   */
  readonly comparedFields: readonly string[];
  /** The Campaign's own sync-state fields that the integration user may write. */
  readonly statusFields: ReadonlySet<string>;
  /** What the Campaigns' record types offer. */
  readonly recordTypes: RecordTypeLists;
  /** By what Campaigns are made for Events without one. */
  readonly creation: Creation;
  /** Why locks and option lists are not shown in Circa; null when they are. */
  readonly lockGap: string | null;
  /** Why Circa was not notified of them for now; null when it was. */
  readonly lockFault: SystemError | null;
  /** What the last read lacked and is kept until a second sign says that it is gone. */
  readonly doubts: readonly string[];
  /** Moves when links have to be compared again: with mappings, lists of values, the setting. */
  readonly fingerprint: string;
  /** What was changed later may not show in them. */
  readonly readAt: number;
}

export interface ActiveMappings {
  /** @throws SystemError while they could never be read, or one of the systems is another one */
  current(): Promise<MappingsSnapshot>;
  /**
   * Reads them again and puts locks and option lists to Circa.
   * @param how `if_modified`: Campaign's fields only where Salesforce says they have changed
   * @param told lists that a notification has announced a change in: what they lack now was deleted
   * @throws SystemError when one of the systems can't be read
   */
  refresh(how?: "anew" | "if_modified", told?: readonly ChangedList[]): Promise<MappingsSnapshot>;
  /**
   * Reads them again after another node has taken over others: what that one believes to be deleted
   * is gone. Throws as `refresh`.
   */
  follow(): Promise<MappingsSnapshot>;
  /** The last ones read, for showing; null before the first read. */
  last(): MappingsSnapshot | null;
  /** Why the last refresh failed; null when it did not. */
  fault(): string | null;
}

export interface MappingsParts extends ValueListParts {
  readonly salesforce: SalesforceClient;
  readonly creating: CampaignCreationClient;
  readonly circa: CircaClient;
  readonly names: PackageNames;
  readonly identity: IdentityGuard;
}

export function createActiveMappings(parts: MappingsParts): ActiveMappings {
  let snapshot: MappingsSnapshot | null = null;
  let fault: SystemError | null = null;
  let reading: Promise<MappingsSnapshot> | null = null;
  let next: Promise<MappingsSnapshot> | null = null;

  const missing = new MissingParts();
  const toldOf = new Set<ChangedList>();
  let follows = false;

  const read = async (describe: DescribeOptions): Promise<MappingsSnapshot> => {
    try {
      await parts.identity.confirmWorkspace(await parts.circa.teamIds());
      const { database, clock } = parts;
      if (missing.kept() === null || follows) {
        follows = false;
        missing.recall(await keptCatalogues(database));
      }
      const told = new Set(toldOf);
      const news = await readSnapshot(parts, describe, (catalogues) =>
        missing.hold(catalogues, told, clock.now()),
      );
      const kept = missing.kept();
      if (kept !== null) await saveCatalogues(database, kept, clock.now());
      for (const list of told) toldOf.delete(list);
      if (news.doubts.length > 0) {
        parts.log.warn(
          { missing: news.doubts },
          "missing in an answer: kept until it is confirmed",
        );
      }
      if (news.fingerprint !== snapshot?.fingerprint) {
        await noteBegun(parts, news.fingerprint);
        logMappings(parts.log, news);
      }
      fault = null;
      snapshot = news;
      return news;
    } catch (error) {
      fault = error instanceof SystemError ? error : null;
      throw error;
    }
  };
  const refresh: ActiveMappings["refresh"] = (how = "anew", told = []) => {
    for (const list of told) toldOf.add(list);
    if (reading === null) {
      // What makes a mapping impossible may be repaired without the date of the fields moving.
      const anew = how === "anew" || snapshot?.rejected.length !== 0;
      reading = read({ anew }).finally(() => (reading = null));
      return reading;
    }
    // What is being read now may be older than what the caller has just heard of.
    next ??= reading
      .catch(() => undefined)
      .then(() => {
        next = null;
        return refresh();
      });
    return next;
  };

  return {
    refresh,
    follow() {
      follows = true;
      return refresh();
    },
    last: () => snapshot,
    fault: () => fault?.message ?? null,
    async current() {
      // Old mappings carry a link through a moment's outage, but never into another org.
      if (fault?.kind === "configuration") throw fault;
      return snapshot ?? reading ?? refresh();
    },
  };
}

/**
 * Before any pass uses others than those that all links were marked due for: should they be taken
 * back before they are taken over, the fields that these passes skipped are compared again.
 */
async function noteBegun({ database, clock }: MappingsParts, fingerprint: string) {
  const settled = await readCheckpoint(database.query, "mappings");
  if (settled === null || settled === fingerprint) return;
  const write = (trx: Transaction<Tables>) =>
    writeCheckpoint(trx, "mappings_taken", fingerprint, clock.now());
  await database.write(write);
}

async function readSnapshot(
  parts: MappingsParts,
  describe: DescribeOptions,
  hold: (catalogues: Catalogues) => HeldCatalogues,
): Promise<MappingsSnapshot> {
  const { salesforce, creating, circa, names, clock, log } = parts;
  const readAt = clock.now();
  // Asked for at once with the mappings: the two then are one call.
  const setting = Promise.allSettled([creating.settingRow()]);
  const read = await Promise.all([
    salesforce.mappingRows(),
    salesforce.describeCampaign(describe),
    circa.fields(),
  ]);
  const { rows, campaignFields, circaFields, doubts } = hold({
    rows: read[0],
    campaignFields: read[1],
    circaFields: read[2],
  });
  const recordTypes = createRecordTypeLists(salesforce, log);
  const named = rows.flatMap(({ active, recordType }) => (active ? (recordType ?? []) : []));
  const reserved = keptBySync(names);
  const checked = checkMappings(
    rows,
    circaFields.map((entry) => entry.field),
    campaignFields,
    reserved,
    await recordTypes.byName(named),
  );
  const creation = await readCreation(creating, (await setting)[0], {
    circaFields: circaFields.map((entry) => entry.field),
    campaignFields,
    eventIdField: names.eventId,
  });
  const statusFields = new Set(
    campaignFields
      .filter(
        (field) => field.updateable && reserved.has(field.name) && field.name !== names.eventId,
      )
      .map((field) => field.name),
  );
  const { shown, gap, passing } = await putFieldSyncs(circa, circaFields, checked.mappings, log);
  const mappings = await findRemovedValues(
    parts,
    checked.mappings.map((mapping) =>
      shown.has(mapping.circa.key) ? withListTaken(mapping) : mapping,
    ),
  );
  const comparedFields = [...new Set(fieldsToRead(mappings, campaignFields))];
  return {
    mappings,
    rejected: checked.rejected,
    circaFields: circaFields.map((entry) => entry.field),
    customKeys: new Set(
      circaFields.filter(({ field }) => field.custom).map(({ field }) => field.key),
    ),
    campaignFields: [...new Set([...comparedFields, ...statusFields])],
    comparedFields,
    statusFields,
    recordTypes,
    creation,
    lockGap: gap,
    lockFault: passing,
    doubts,
    fingerprint: fingerprintOf(mappings, checked.rejected, creation),
    readAt,
  };
}

/** The mapped ones, the record type, and the controlling fields of their picklists. */
function fieldsToRead(
  mappings: readonly Mapping[],
  campaignFields: readonly CampaignField[],
): string[] {
  const picklists = mappings.some(({ campaign }) => isPicklist(campaign));
  return [
    ...mappings.map(({ campaign }) => campaign.name),
    ...mappings.flatMap(({ controller }) => controller?.name ?? []),
    // Only an org with record types has the field.
    ...campaignFields.filter(({ name }) => picklists && name === "RecordTypeId").map((f) => f.name),
  ];
}

function fingerprintOf(
  mappings: readonly Mapping[],
  rejected: readonly RejectedMapping[],
  creation: Creation,
): string {
  const active = mappings.map((mapping) => {
    const { identity, blankRule, recordType, circa, campaign } = mapping;
    const { listed, removed, controller } = mapping;
    const under = campaign.picklistValues.map(({ validFor }) => validFor);
    return [
      ...[identity, blankRule, recordType, campaign.restrictedPicklist],
      // What an admin changes because a problem's hint says so.
      ...[circa.type, circa.required, campaign.type, campaign.length, campaign.precision],
      ...[campaign.scale, campaign.nillable, campaign.htmlFormatted],
      ...[listed.map(({ value, label }) => [value, label]), removed.map(({ value }) => value)],
      ...(controller === null ? [] : [controller.name, under]),
    ];
  });
  const off = rejected.map(({ developerName, code }) => [developerName, code]);
  return JSON.stringify([active, off, creationFingerprint(creation)]);
}

function logMappings(log: Log, { mappings, rejected, creation, lockGap }: MappingsSnapshot): void {
  log.info({ active: mappings.length, rejected: rejected.length }, "mappings taken over");
  for (const { developerName, code, reason } of rejected) {
    log.warn({ mapping: developerName, code, reason }, "a mapping can't work and is off");
  }
  for (const { setting, reason } of creation.faults) {
    log.warn({ setting, reason }, "a setting is wrong: no Campaigns are made");
  }
  if (lockGap !== null) log.warn({}, lockGap);
}
