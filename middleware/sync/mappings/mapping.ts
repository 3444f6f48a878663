/** A mapping that can work, and one that can't. */
import type { BlankRule, CampaignField, CircaField, Direction } from "../../model/fields.ts";
import type { MappingProblemCode } from "../../model/problems/entries/mapping.ts";
import { type ListedValue, type RemovedValue } from "../../model/picklists.ts";
import type { Conversion } from "../values/conversion.ts";
import { pairFields } from "../values/table/pairing.ts";

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
