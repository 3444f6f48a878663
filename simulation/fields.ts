/** The fields of the simulated pair of systems, and the neutral form in which values compare. */

/** What a field holds, whichever system keeps it. */
export type Neutral = string | number | boolean | null;

export type FieldKind = "text" | "number" | "checkbox" | "date" | "choice" | "choices";

export interface SimField {
  /** Circa's key. */
  readonly key: string;
  /** Its field id; equal to the key for a custom field. */
  readonly id: string;
  readonly custom: boolean;
  readonly campaign: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  /** Characters that the Campaign's field takes. */
  readonly length: number;
  /** Direction at the start; null: not mapped then. */
  readonly direction: Direction | null;
}

export type Direction = "to_salesforce" | "from_salesforce";

const field = (
  key: string,
  campaign: string,
  kind: FieldKind,
  direction: Direction | null,
  rest: Partial<SimField> = {},
): SimField => {
  const custom = key.startsWith("cf_");
  const id = custom ? key : `field_${key}`;
  return { key, id, custom, campaign, kind, required: false, length: 255, direction, ...rest };
};

export const simFields: readonly SimField[] = [
  field("name", "Name", "text", "to_salesforce", { required: true, length: 80 }),
  field("location", "Circa_Location__c", "text", "to_salesforce", { length: 40 }),
  field("start_date", "StartDate", "date", "to_salesforce"),
  field("types", "Circa_Event_Types__c", "choices", "to_salesforce"),
  field("cf_tier", "Tier__c", "choice", "to_salesforce"),
  field("cf_notes", "Notes__c", "text", "from_salesforce"),
  field("cf_budget", "Budget__c", "number", "from_salesforce"),
  field("cf_confirmed", "Confirmed__c", "checkbox", "from_salesforce"),
  field("cf_kind", "Kind__c", "choice", "from_salesforce"),
  field("cf_extra", "Extra__c", "text", null),
];

/** A field of each system that is never mapped. */
export const unmapped = { circa: "cf_private", campaign: "Private__c" };

export const fieldByKey: ReadonlyMap<string, SimField> = new Map(
  simFields.map((it) => [it.key, it]),
);
export const fieldByCampaignName: ReadonlyMap<string, SimField> = new Map(
  simFields.map((it) => [it.campaign, it]),
);

/** The blank of every type is null; sets are in order. */
export function fromCirca(kind: FieldKind, value: unknown): Neutral {
  if (value == null || value === "") return kind === "checkbox" ? false : null;
  if (Array.isArray(value)) {
    return value.length === 0 ? null : (value as string[]).toSorted().join(";");
  }
  return value as Neutral;
}

export function fromCampaign(kind: FieldKind, value: unknown): Neutral {
  if (value == null || value === "") return kind === "checkbox" ? false : null;
  const neutral = value as Neutral;
  return kind === "choices" ? String(neutral).split(";").toSorted().join(";") : neutral;
}

export function toCirca(kind: FieldKind, value: Neutral): unknown {
  if (kind === "choices") return value === null ? [] : String(value).split(";");
  return value;
}
