/**
 * The two field catalogues as the sync's rules see them: Circa's Event Info fields and the
 * Campaign's fields. Both are read from their system at run time, never assumed.
 */
import type { CircaFieldType } from "./circa-types.ts";

/** One Event Info field. */
export interface CircaField {
  /** `field_name` of a standard field, `id` of a custom one: what mappings name. */
  readonly key: string;
  readonly id: string;
  readonly label: string;
  readonly type: CircaFieldType;
  readonly custom: boolean;
  readonly section: string | null;
  /** The option list that people choose from; empty for fields without one. */
  readonly options: readonly string[];
  /** Circa refuses an Event without a value here. */
  readonly required: boolean;
  /** Derived in Circa (totals, ids, team name): can be sent TO Salesforce only. */
  readonly readOnly: boolean;
}

/** One picklist value of describe. */
export interface PicklistValue {
  readonly value: string;
  readonly label: string;
  readonly active: boolean;
  readonly defaultValue: boolean;
  /** Base64 bit set over the controlling field's values; null when not dependent. */
  readonly validFor: string | null;
}

/** One Campaign field, as `describe` gives it (names as in the REST API, lower-case types). */
export interface CampaignField {
  readonly name: string;
  readonly label: string;
  /** `string`, `textarea`, `picklist`, `multipicklist`, `date`, `datetime`, `double`, … */
  readonly type: string;
  /** Characters; 0 for types without a length. */
  readonly length: number;
  readonly precision: number;
  /** Digits right of the decimal point. */
  readonly scale: number;
  readonly nillable: boolean;
  readonly updateable: boolean;
  readonly createable: boolean;
  readonly calculated: boolean;
  /** Rich text area: the value is HTML. */
  readonly htmlFormatted: boolean;
  readonly restrictedPicklist: boolean;
  readonly picklistValues: readonly PicklistValue[];
  readonly controllerName: string | null;
  readonly referenceTo: readonly string[];
}

export const directions = ["to_salesforce", "from_salesforce"] as const;
/** Who owns the field's value: Circa (`to_salesforce`) or Salesforce (`from_salesforce`). */
export type Direction = (typeof directions)[number];

export const blankRules = ["copy", "keep"] as const;
/** What a blank source does: `copy` blanks the target, `keep` leaves the target alone. */
export type BlankRule = (typeof blankRules)[number];

/**
 * Salesforce works the value out by itself, and need not say when. Totals of a hierarchy are plain
 * standard fields that can't be written (Object Reference, "Campaign").
 */
export function movesSilently({
  name,
  calculated,
  createable,
  updateable,
}: CampaignField): boolean {
  return calculated || (!createable && !updateable && !name.endsWith("__c"));
}
