/** The two sides of a link, as the sync's rules see them. */

export interface CircaEvent {
  /** Opaque and case-sensitive. */
  readonly id: string;
  readonly name: string;
  /** Circa's counter, for conditional writes; null where the API has none. */
  readonly version: number | null;
  /** Milliseconds since the epoch. */
  readonly updatedAt: number;
  /** IANA name; `UTC` when the Event has none. */
  readonly timeZone: string;
  /** 18 characters or null; undefined when this Circa has no such attribute. */
  readonly campaignId: string | null | undefined;
  /**
   * Event Info fields by key, as far as the answer has them: standard ones by `field_name`, custom
   * ones by id. One that is left out is not known; a blank one is there, with `null` or nothing in it.
   */
  readonly values: Readonly<Record<string, unknown>>;
}

export interface Campaign {
  /** 18 characters. */
  readonly id: string;
  readonly name: string;
  readonly eventId: string | null;
  /** Milliseconds since the epoch, in whole seconds: Salesforce keeps no finer. */
  readonly modifiedAt: number;
  readonly recordTypeId: string | null;
  /** The fields that were asked for, by API name, as REST gives them. */
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * The 18-character form of a Salesforce Id: the last three characters say which of the others
 * are upper-case, five at a time.
 * Source: https://help.salesforce.com/s/articleView?id=000385585
 * @returns null when `id` is no Salesforce Id at all.
 */
export function toLongId(id: string): string | null {
  if (/^[a-zA-Z0-9]{18}$/.test(id)) return id;
  if (!/^[a-zA-Z0-9]{15}$/.test(id)) return null;
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
  const suffix = [0, 5, 10].map((start) => {
    const bits = Array.from(id.slice(start, start + 5), (c, i) => (/[A-Z]/.test(c) ? 1 << i : 0));
    return letters[bits.reduce((sum, bit) => sum + bit, 0)] ?? "A";
  });
  return id + suffix.join("");
}
