/** From the admin's rows to mappings that can work: every row is checked against both catalogues. */
import type { BlankRule, CampaignField, CircaField, Direction } from "./fields.ts";
import { findTaken, findUnknownRecordType, findUnwritable, reject } from "./mapping-rejections.ts";
import type { MappingProblemCode } from "./problem-catalogue/mapping-entries.ts";
import {
  hasOptionList,
  isPicklist,
  offeredValues,
  type ListedValue,
  type RecordTypeList,
  type RemovedValue,
} from "./picklists.ts";
import type { Conversion } from "./values/conversion.ts";
import { pairFields, refusalOf } from "./values/pairing.ts";

/** An admin's row as read, before anything about it is known to be right. */
export interface MappingRow {
  readonly developerName: string;
  readonly label: string;
  readonly circaFieldKey: string | null;
  readonly campaignField: string | null;
  readonly direction: Direction | null;
  readonly blankRule: BlankRule;
  readonly recordType: string | null;
  readonly active: boolean;
}

/** A row that is switched on and can work. */
export interface Mapping {
  readonly developerName: string;
  /** Changes with field, target and direction, so that each such change is a new first contact. */
  readonly identity: string;
  readonly circa: CircaField;
  readonly campaign: CampaignField;
  readonly direction: Direction;
  readonly blankRule: BlankRule;
  readonly recordType: string | null;
  readonly conversion: Conversion;
  /** Salesforce owns the list of values that people choose from in Circa. */
  readonly picklist: boolean;
  /** At first contact the Campaign's value is taken, whatever the direction. */
  readonly campaignFirst: boolean;
  /** What the picklist offers, for the record type where the row names one; else empty. */
  readonly listed: readonly ListedValue[];
  /** What it offered once and does no longer. */
  readonly removed: readonly RemovedValue[];
  /** The field that the picklist depends on; null when on none that we can see. */
  readonly controller: CampaignField | null;
}

/** A row that is switched on and can't work: it counts as off until it is repaired. */
export interface RejectedMapping {
  readonly developerName: string;
  readonly label: string;
  readonly code: RejectionCode;
  /** A sentence for the admin. */
  readonly reason: string;
}

export type RejectionCode = MappingProblemCode;

export interface CheckedMappings {
  readonly mappings: readonly Mapping[];
  readonly rejected: readonly RejectedMapping[];
}

export type Rejection = Pick<RejectedMapping, "code" | "reason">;

/** By lower-case developer name; null when Salesforce doesn't let its values be read. */
export type RecordTypesByName = ReadonlyMap<string, RecordTypeList | null>;

/**
 * Checks the rows that are switched on. Where two want the same field, the first by developer
 * name keeps it, so that the outcome never depends on the order of a query.
 * @param reserved Campaign fields that the sync itself keeps
 * @param recordTypes those that the rows name, as far as they exist
 */
export function checkMappings(
  rows: readonly MappingRow[],
  circaFields: readonly CircaField[],
  campaignFields: readonly CampaignField[],
  reserved: ReadonlySet<string>,
  recordTypes: RecordTypesByName = new Map(),
): CheckedMappings {
  const circaByKey = new Map(circaFields.map((field) => [field.key, field]));
  const campaignByName = new Map(campaignFields.map((field) => [field.name, field]));
  const mappings: Mapping[] = [];
  const rejected: RejectedMapping[] = [];

  const active = rows.filter((row) => row.active);
  for (const row of active.toSorted((a, b) => (a.developerName < b.developerName ? -1 : 1))) {
    const catalogues = { circaByKey, campaignByName, reserved, recordTypes };
    const outcome = checkRow(row, catalogues, mappings);
    if ("reason" in outcome) {
      rejected.push({ developerName: row.developerName, label: row.label, ...outcome });
    } else mappings.push(outcome);
  }
  return { mappings, rejected };
}

interface Catalogues {
  readonly circaByKey: ReadonlyMap<string, CircaField>;
  readonly campaignByName: ReadonlyMap<string, CampaignField>;
  readonly reserved: ReadonlySet<string>;
  readonly recordTypes: RecordTypesByName;
}

function checkRow(
  row: MappingRow,
  { circaByKey, campaignByName, reserved, recordTypes }: Catalogues,
  taken: readonly Mapping[],
): Mapping | Rejection {
  const { circaFieldKey, campaignField, direction } = row;
  if (circaFieldKey === null) {
    return reject("NO_CIRCA_FIELD", "The row names no Circa field. Choose one.");
  }
  if (campaignField === null) {
    return reject(
      "NO_CAMPAIGN_FIELD",
      "The row names no Campaign field, or one that has been deleted. Choose one.",
    );
  }
  if (direction === null) {
    return reject(
      "NO_DIRECTION",
      "The row has no direction. Choose To Salesforce or From Salesforce.",
    );
  }
  const circa = circaByKey.get(circaFieldKey);
  if (circa === undefined) {
    return reject(
      "UNKNOWN_CIRCA_FIELD",
      `Circa has no Event Info field "${circaFieldKey}". Choose one that exists, or switch the row off.`,
    );
  }
  const campaign = campaignByName.get(campaignField);
  if (campaign === undefined) {
    return reject(
      "UNKNOWN_CAMPAIGN_FIELD",
      `Campaign has no field ${campaignField} that the integration user can see. Create the field or give the integration user's permission set access to it.`,
    );
  }
  if (reserved.has(campaign.name)) {
    return reject(
      "RESERVED_CAMPAIGN_FIELD",
      `${campaign.label} (${campaign.name}) is kept by the sync itself. Choose another Campaign field.`,
    );
  }
  return (
    findTaken(circa, campaign, taken) ??
    findUnwritable(circa, campaign, direction) ??
    findUnknownRecordType(row, recordTypes) ??
    pair(row, circa, campaign, direction, {
      controller: campaignByName.get(campaign.controllerName ?? "") ?? null,
      listed: offeredValues(campaign, recordTypes.get(row.recordType?.toLowerCase() ?? "")),
    })
  );
}

function pair(
  row: MappingRow,
  circa: CircaField,
  campaign: CampaignField,
  direction: Direction,
  lists: Pick<Mapping, "controller" | "listed">,
): Mapping | Rejection {
  const pairing = pairFields(circa, campaign);
  const refusal = pairing.allowed ? refusalOf(circa, campaign, direction) : pairing.reason;
  if (!pairing.allowed || refusal !== null) return reject("TYPES_DO_NOT_FIT", refusal ?? "");
  return {
    developerName: row.developerName,
    identity: `${circa.key}>${campaign.name}:${direction}`,
    circa,
    campaign,
    direction,
    blankRule: row.blankRule,
    recordType: row.recordType,
    conversion: pairing.conversion,
    picklist: isPicklist(campaign) && hasOptionList(circa),
    campaignFirst:
      direction === "from_salesforce" ||
      (isPicklist(campaign) &&
        !circa.readOnly &&
        refusalOf(circa, campaign, "from_salesforce") === null),
    removed: [],
    ...lists,
  };
}

/** The mapping once Circa has taken Salesforce's list in the place of its own. */
export function withListTaken(mapping: Mapping): Mapping {
  if (!mapping.picklist) return mapping;
  const circa = { ...mapping.circa, options: mapping.listed.map(({ value }) => value) };
  return withConversion({ ...mapping, circa });
}

/** The mapping with the values that its list has lost, whose labels stay known. */
export function withRemoved(mapping: Mapping, removed: readonly RemovedValue[]): Mapping {
  return removed.length === 0 ? mapping : withConversion({ ...mapping, removed });
}

function withConversion(mapping: Mapping): Mapping {
  const pairing = pairFields(mapping.circa, mapping.campaign, mapping.removed);
  return pairing.allowed ? { ...mapping, conversion: pairing.conversion } : mapping;
}
