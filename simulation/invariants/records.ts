/** I3, I4: what was acknowledged is in the store, and what was written is in the history. */
import type { SharedStore } from "../store/shared-store.ts";
import type { Finding } from "./findings.ts";

/** One field that a write has changed at the other side. */
export interface WrittenField {
  readonly target: "campaign" | "event";
  readonly id: string;
  readonly fieldKey: string;
  /** In the target's own form. */
  readonly value: unknown;
}

/** Every acknowledged webhook was durable first. */
export function findForgotten(store: SharedStore, acknowledged: Iterable<string>): Finding[] {
  const findings: Finding[] = [];
  for (const messageId of acknowledged) {
    const rows = store.read("select 1 from deliveries where message_id = ?", messageId);
    if (rows.length > 0) continue;
    findings.push({ invariant: "I4", text: `webhook ${messageId} was acknowledged and is lost` });
  }
  return findings;
}

/** Follows the history's rows, so that each is read once. */
export class HistoryReader {
  readonly #store: SharedStore;
  #lastId = 0;

  constructor(store: SharedStore) {
    this.#store = store;
  }

  /** The store is another one: what it tells begins here. */
  startAnew(): void {
    const [row] = this.#store.read<{ id: number | null }>("select max(id) as id from changes");
    this.#lastId = row?.id ?? 0;
  }

  /** Fields that were overwritten without a word; reads on from where it was. */
  findUnrecorded(written: readonly WrittenField[]): Finding[] {
    const rows = this.#store.read<{
      id: number;
      event_id: string;
      campaign_id: string;
      field_key: string;
      new_value: string;
    }>(
      "select id, event_id, campaign_id, field_key, new_value from changes where id > ? order by id",
      this.#lastId,
    );
    this.#lastId = rows.at(-1)?.id ?? this.#lastId;
    const told = new Set<string>();
    for (const row of rows) {
      told.add(keyOf(row.event_id, row.field_key, row.new_value));
      told.add(keyOf(row.campaign_id, row.field_key, row.new_value));
    }
    return written.flatMap(({ target, id, fieldKey, value }): Finding[] => {
      if (told.has(keyOf(id, fieldKey, JSON.stringify(value ?? null)))) return [];
      const text = `${fieldKey} of ${target} ${id} was set to ${JSON.stringify(value)}, which the history does not tell`;
      return [{ invariant: "I3", text }];
    });
  }
}

const keyOf = (...parts: readonly string[]) => parts.join("/");
