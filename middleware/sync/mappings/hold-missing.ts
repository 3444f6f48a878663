/**
 * What a read of the catalogues lacks though the read before had it: kept for the time being, for
 * a mapping that is dropped takes its lock and its first contacts with it. It is gone once two
 * signs agree: a list that names others and not it, and either word of a change or the same again
 * later. An empty list names none, so that only time confirms it. Pure but for its own memory.
 */
import type { Catalogues } from "../../store/intake/kept-catalogues.ts";

/** Which list a notification has announced a change in. */
export type ChangedList = keyof Catalogues;

/** A gateway's or a copy's moment is over by then. */
export const confirmAfterMs = 2 * 60_000;

export interface HeldCatalogues extends Catalogues {
  /** What is missing and not confirmed, each as a few words for an operator. */
  readonly doubts: readonly string[];
}

export class MissingParts {
  #kept: Catalogues | null = null;
  /** When each was first found missing. */
  readonly #since = new Map<string, number>();

  /** Takes what an earlier or another process believes for the read before. */
  recall(kept: Catalogues | null): void {
    this.#kept = kept ?? this.#kept;
  }

  /** As they are believed now; null before the first read. */
  kept(): Catalogues | null {
    return this.#kept;
  }

  /**
   * @param told lists that a notification has announced a change in since the last read
   * @returns what was read, and what it lacks without a second sign
   */
  hold(read: Catalogues, told: ReadonlySet<ChangedList>, nowMs: number): HeldCatalogues {
    const before = this.#kept;
    if (before === null) {
      this.#kept = read;
      return { ...read, doubts: [] };
    }
    const doubts: string[] = [];
    const hold = <Entry>(
      list: ChangedList,
      nameOf: (entry: Entry) => string,
      old: readonly Entry[],
      now: readonly Entry[],
    ): Entry[] => {
      const names = new Set(now.map(nameOf));
      const missing = old.filter((entry) => {
        const name = nameOf(entry);
        if (names.has(name)) this.#since.delete(name);
        else if (this.#isDoubtful(name, told.has(list) && now.length > 0, nowMs)) {
          doubts.push(name);
          return true;
        }
        return false;
      });
      return [...now, ...missing];
    };
    const campaignFields = hold(
      "campaignFields",
      ({ name }) => `Campaign field ${name}`,
      before.campaignFields,
      read.campaignFields,
    );
    const circaFields = hold(
      "circaFields",
      ({ field }) => `Circa field ${field.key}`,
      before.circaFields,
      read.circaFields,
    );
    const rows = hold(
      "rows",
      ({ developerName }) => `mapping ${developerName}`,
      before.rows,
      read.rows,
    ).map((row) => {
      // Salesforce blanks the name of a field that it has deleted: then describe lacks it too.
      const old = before.rows.find(({ developerName }) => developerName === row.developerName);
      const field = old?.campaignField ?? null;
      const isThere = campaignFields.some(({ name }) => name === field);
      if (row.campaignField !== null || field === null || !isThere) return row;
      const name = `the field of mapping ${row.developerName}`;
      if (!this.#isDoubtful(name, told.has("rows"), nowMs)) return row;
      doubts.push(name);
      return { ...row, campaignField: field };
    });
    const withValues = campaignFields.map((field) => {
      const old = before.campaignFields.find(({ name }) => name === field.name);
      const name = `the values of ${field.name}`;
      if (field.picklistValues.length > 0 || (old?.picklistValues.length ?? 0) === 0) {
        this.#since.delete(name);
        return field;
      }
      if (!this.#isDoubtful(name, false, nowMs)) return field;
      doubts.push(name);
      return { ...field, picklistValues: old?.picklistValues ?? [] };
    });
    // The very same list while nothing has changed: callers compare lists by identity.
    const same = withValues.every((field, nth) => field === read.campaignFields[nth]);
    this.#kept = {
      rows,
      circaFields,
      campaignFields:
        same && withValues.length === read.campaignFields.length ? read.campaignFields : withValues,
    };
    return { ...this.#kept, doubts };
  }

  #isDoubtful(name: string, told: boolean, nowMs: number): boolean {
    const since = this.#since.get(name) ?? nowMs;
    if (told || nowMs - since >= confirmAfterMs) {
      this.#since.delete(name);
      return false;
    }
    this.#since.set(name, since);
    return true;
  }
}
