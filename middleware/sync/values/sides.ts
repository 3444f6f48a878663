/** A conversion is two sides that read and write the same neutral value. */
import type { CampaignField, CircaField, PicklistValue } from "../../model/fields.ts";
import type { Words } from "../../model/problems/parameters.ts";
import type { Conversion, Converted, ValueContext } from "./conversion.ts";
import { fail, type Route } from "./problems.ts";
import { showText } from "./show-value.ts";

/** The two fields that a mapping joins. */
export interface Pair {
  readonly circa: CircaField;
  readonly campaign: CampaignField;
  /** Values that the picklist offered once: Campaigns may hold them, and Events their labels. */
  readonly removed?: readonly Pick<PicklistValue, "value" | "label">[];
}

/** The words that a side's problems use: for values read there, and for values written there. */
export interface End {
  readonly reading: Route;
  readonly writing: Route;
}

/** How one system keeps a value whose neutral form is `T`. */
export interface Side<T> {
  /** null when blank. */
  readonly read: (raw: unknown, context: ValueContext) => Converted<T | null>;
  /** Absent on the side of a pair that can only be read. */
  readonly write?: (value: T, context: ValueContext) => Converted;
}

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

export function endsOf({ circa, campaign }: Pair): { circa: End; campaign: End } {
  const circaName: Words = { phrase: "circaField", label: showText(circa.label) };
  const campaignName: Words = { phrase: "campaignField", label: showText(campaign.label) };
  const toCampaign: Route = { from: circaName, to: campaignName };
  const toCirca: Route = { from: campaignName, to: circaName };
  return {
    circa: { reading: toCampaign, writing: toCirca },
    campaign: { reading: toCirca, writing: toCampaign },
  };
}

interface Joined<T> {
  readonly circa: Side<T>;
  readonly campaign: Side<T>;
  readonly same: (circaValue: T, campaignValue: T) => boolean;
  /** Decides equality of common values without reading them in full; undefined: not decided. */
  readonly quick?: (
    circaRaw: unknown,
    campaignRaw: unknown,
    context: ValueContext,
  ) => boolean | undefined;
}

/** Makes the conversion of a pair out of its two sides. */
export function join<T>(pair: Pair, { circa, campaign, same, quick }: Joined<T>): Conversion {
  const { reading: toCampaign, writing: toCirca } = endsOf(pair).circa;

  const carry = (
    [source, target]: readonly [Side<T>, Side<T>],
    [trip, required]: readonly [Route, boolean],
    raw: unknown,
    context: ValueContext,
  ): Converted => {
    if (!target.write) return fail("ONE_WAY", trip, raw);
    const read = source.read(raw, context);
    if (!read.ok) return read;
    if (read.value !== null) return target.write(read.value, context);
    return required ? fail("REQUIRED_BLANK", trip, raw) : ok(null);
  };

  return {
    toCampaign: (raw, context) =>
      carry([circa, campaign], [toCampaign, !pair.campaign.nillable], raw, context),
    toCirca: (raw, context) =>
      carry([campaign, circa], [toCirca, pair.circa.required], raw, context),
    equal: (circaRaw, campaignRaw, context) => {
      if (circaRaw === campaignRaw) return true;
      const decided = quick?.(circaRaw, campaignRaw, context);
      if (decided !== undefined) return decided;
      const left = circa.read(circaRaw, context);
      const right = campaign.read(campaignRaw, context);
      if (!left.ok || !right.ok) return false;
      if (left.value === null || right.value === null) return left.value === right.value;
      return same(left.value, right.value);
    },
  };
}
