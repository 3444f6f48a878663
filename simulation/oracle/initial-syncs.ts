/**
 * Which first contacts the service has recorded: from then on the direction alone decides. Where two
 * blanks have met by an Event that was not fresh, it is still to come.
 */
import type { SimField } from "../fields.ts";
import type { Org } from "../salesforce/org.ts";
import type { SharedStore } from "../store/shared-store.ts";

export class InitialSyncs {
  readonly #store: SharedStore;
  readonly #org: Org;

  constructor(store: SharedStore, org: Org) {
    this.#store = store;
    this.#org = org;
  }

  newest(): number {
    const [row] = this.#store.read<{ newest: number | null }>(
      "select max(rowid) as newest from initial_syncs",
    );
    return row?.newest ?? 0;
  }

  /** The initial sync has left the difference, since one side had no value. */
  holdsBlank(eventId: string, { key, campaign }: SimField): boolean {
    const direction = this.#org.mappings.get(key)?.direction ?? "";
    const rows = this.#store.read(
      "select 1 from initial_syncs where event_id = ? and mapping = ? and held_blank <> ''",
      eventId,
      `${key}>${campaign}:${direction}`,
    );
    return rows.length > 0;
  }

  /** The field has met some Campaign, in either direction. */
  isKnown(eventId: string, { key, campaign }: SimField): boolean {
    const rows = this.#store.read(
      "select 1 from initial_syncs where event_id = ? and mapping in (?, ?) and coalesce(held_blank, 'held') <> ''",
      eventId,
      `${key}>${campaign}:to_salesforce`,
      `${key}>${campaign}:from_salesforce`,
    );
    return rows.length > 0;
  }

  /** The mapping as it is now has met the Event with the Campaign that holds it now. */
  metSince(eventId: string, { key, campaign }: SimField, after: number): boolean {
    const direction = this.#org.mappings.get(key)?.direction ?? "";
    const [row] = this.#store.read<{ id: number }>(
      "select rowid as id from initial_syncs where event_id = ? and campaign_id = ? and mapping = ? and rowid > ? and coalesce(held_blank, 'held') <> ''",
      eventId,
      this.#org.holders.get(eventId)?.id ?? "",
      `${key}>${campaign}:${direction}`,
      after,
    );
    return row !== undefined;
  }
}
