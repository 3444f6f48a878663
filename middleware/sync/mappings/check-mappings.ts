/** From the admin's rows to mappings that can work: every row is checked against both catalogues. */
import type { MappingRow } from "../../model/admin-rows.ts";
import type { CampaignField, CircaField, Direction } from "../../model/fields.ts";
import {
  findTaken,
  findUnknownRecordType,
  findUnwritable,
  reject,
  type RecordTypesByName,
} from "./mapping-rejections.ts";
import type { CheckedMappings, Mapping, RejectedMapping, Rejection } from "./mapping.ts";
import { hasOptionList, isPicklist, offeredValues } from "../../model/picklists.ts";
import { pairFields, refusalOf } from "../values/table/pairing.ts";

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
