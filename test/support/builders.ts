/** Valid by default; a test overrides what it is about. */
import { checkMappings } from "../../middleware/sync/mappings/check-mappings.ts";
import type { MappingRow } from "../../middleware/model/admin-rows.ts";
import type { CampaignField, CircaField } from "../../middleware/model/fields.ts";
import { type Mapping } from "../../middleware/sync/mappings/mapping.ts";
import type { Campaign, CircaEvent } from "../../middleware/model/records.ts";
import type { ValueContext } from "../../middleware/sync/values/conversion.ts";
import { aCampaignField as anyCampaignField } from "./values/fields.ts";

export function aCircaField(given: Partial<CircaField> = {}): CircaField {
  return {
    key: "location",
    id: "RmllbGQtMQ",
    label: "Location",
    type: "TEXT",
    custom: false,
    section: "Basics",
    options: [],
    required: false,
    readOnly: false,
    ...given,
  };
}

export function aCampaignField(given: Partial<CampaignField> = {}): CampaignField {
  return anyCampaignField({ name: "Circa_Location__c", label: "Location", ...given });
}

export function aPicklistField(
  values: readonly string[],
  given: Partial<CampaignField> = {},
): CampaignField {
  return aCampaignField({
    type: "picklist",
    restrictedPicklist: true,
    picklistValues: values.map((value) => ({
      value,
      label: value,
      active: true,
      defaultValue: false,
      validFor: null,
    })),
    ...given,
  });
}

export function aMappingRow(given: Partial<MappingRow> = {}): MappingRow {
  return {
    developerName: "Location_to_Campaign_Location",
    label: "Location",
    circaFieldKey: "location",
    campaignField: "Circa_Location__c",
    direction: "to_salesforce",
    blankRule: "copy",
    recordType: null,
    active: true,
    ...given,
  };
}

/** A mapping of these two fields, through the real check and the real value table. */
export function aMapping(
  given: Partial<Pick<Mapping, "direction" | "blankRule">> & {
    circa?: CircaField;
    campaign?: CampaignField;
  } = {},
): Mapping {
  const { circa = aCircaField(), campaign = aCampaignField(), ...rest } = given;
  const row = aMappingRow({ circaFieldKey: circa.key, campaignField: campaign.name, ...rest });
  const { mappings, rejected } = checkMappings([row], [circa], [campaign], new Set());
  const [mapping] = mappings;
  if (mapping === undefined) throw new Error(`not a mapping: ${JSON.stringify(rejected)}`);
  return mapping;
}

export function anEvent(
  values: Readonly<Record<string, unknown>> = {},
  given: Partial<CircaEvent> = {},
): CircaEvent {
  return {
    id: "RXZlbnQtMQ",
    name: "Spring Summit",
    version: 1,
    updatedAt: Date.parse("2026-11-01T09:00:00Z"),
    timeZone: "Pacific/Auckland",
    campaignId: campaignId,
    values,
    ...given,
  };
}

export const campaignId = "701000000000001AAA";

export function aCampaign(
  values: Readonly<Record<string, unknown>> = {},
  given: Partial<Campaign> = {},
): Campaign {
  return {
    id: campaignId,
    name: "Spring Summit",
    eventId: "RXZlbnQtMQ",
    modifiedAt: Date.parse("2026-11-01T09:00:00Z"),
    recordTypeId: null,
    values,
    ...given,
  };
}

export const noPeople: ValueContext = {
  timeZone: "Pacific/Auckland",
  activeUserIdByEmail: () => null,
  emailByUserId: () => null,
};
