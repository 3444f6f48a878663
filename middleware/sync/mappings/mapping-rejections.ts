/** Why a row that is switched on can't work, in words for the admin who has to repair it. */
import type { MappingRow } from "../../model/admin-rows.ts";
import type { CampaignField, CircaField, Direction } from "../../model/fields.ts";
import type { Mapping, Rejection, RejectionCode } from "./mapping.ts";
import type { RecordTypeList } from "../../model/picklists.ts";

/** By lower-case developer name; null when Salesforce doesn't let its values be read. */
export type RecordTypesByName = ReadonlyMap<string, RecordTypeList | null>;

export function reject(code: RejectionCode, reason: string): Rejection {
  return { code, reason };
}

export function findTaken(
  circa: CircaField,
  campaign: CampaignField,
  taken: readonly Mapping[],
): Rejection | null {
  const sameCampaign = taken.find((mapping) => mapping.campaign.name === campaign.name);
  if (sameCampaign !== undefined) {
    return reject(
      "CAMPAIGN_FIELD_TAKEN",
      `${campaign.label} (${campaign.name}) is already mapped by ${sameCampaign.developerName}. Keep one of the two rows.`,
    );
  }
  const sameCirca = taken.find((mapping) => mapping.circa.key === circa.key);
  if (sameCirca !== undefined) {
    return reject(
      "CIRCA_FIELD_TAKEN",
      `${circa.label} is already mapped by ${sameCirca.developerName}. Keep one of the two rows.`,
    );
  }
  return null;
}

export function findUnwritable(
  circa: CircaField,
  campaign: CampaignField,
  direction: Direction,
): Rejection | null {
  if (direction === "from_salesforce" && circa.readOnly) {
    return reject(
      "CIRCA_FIELD_READ_ONLY",
      `${circa.label} is derived in Circa and can't be written. Map it To Salesforce.`,
    );
  }
  if (direction === "to_salesforce" && !campaign.updateable) {
    return reject(
      "CAMPAIGN_FIELD_READ_ONLY",
      `${campaign.label} (${campaign.name}) can't be written by the integration user${campaign.calculated ? ": it is a formula" : ""}. Give its permission set edit access, or choose another field.`,
    );
  }
  return null;
}

export function findUnknownRecordType(
  { recordType }: MappingRow,
  recordTypes: RecordTypesByName,
): Rejection | null {
  if (recordType === null) return null;
  const list = recordTypes.get(recordType.toLowerCase());
  if (list === undefined) {
    return reject(
      "UNKNOWN_RECORD_TYPE",
      `Campaign has no active record type ${recordType}. Name one by its developer name, or leave the record type blank.`,
    );
  }
  return list === null
    ? reject(
        "RECORD_TYPE_UNREADABLE",
        `Salesforce does not let the integration user read the picklist values of record type ${recordType}. Assign the record type to the user's profile or permission set, or leave the record type blank.`,
      )
    : null;
}
