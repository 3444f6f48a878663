/** What a pair of field types can do: the shape every row of the value table has. */
import type { CampaignField, CircaField, PicklistValue } from "../../model/fields.ts";
import type { Fault } from "../../model/problems/problem.ts";

export type Converted<T = unknown> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Fault };

/** What a conversion may need beside the value itself. */
export interface ValueContext {
  /** The Event's own IANA time zone, e.g. `Pacific/Auckland`. */
  readonly timeZone: string;
  /** The 18-character Id of the one active User with that e-mail; null when none or several. */
  readonly activeUserIdByEmail: (email: string) => string | null;
  /** E-mail of a User by Id; null when unknown. */
  readonly emailByUserId: (userId: string) => string | null;
  /** Why Salesforce refuses to be asked for this e-mail or Id. @default it does not */
  readonly refusedPerson?: ((key: string) => string | null) | undefined;
}

/** One Circa field and one Campaign field that fit together. Blank is `null` on both sides. */
export interface Conversion {
  /** Circa's JSON value to the value REST writes to the Campaign. */
  toCampaign(value: unknown, context: ValueContext): Converted;
  /** The Campaign's REST value to the value Circa's API takes. */
  toCirca(value: unknown, context: ValueContext): Converted;
  /** True when both sides already say the same, so that nothing has to be written. */
  equal(circaValue: unknown, campaignValue: unknown, context: ValueContext): boolean;
}

export type Pairing =
  | { readonly allowed: true; readonly conversion: Conversion }
  /** `reason` is a sentence for the admin who chose the pair. */
  | { readonly allowed: false; readonly reason: string };

/** Looks a pair of fields up in the value table. */
export type PairFields = (
  circa: CircaField,
  campaign: CampaignField,
  removed?: readonly Pick<PicklistValue, "value" | "label">[],
) => Pairing;
