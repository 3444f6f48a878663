/**
 * Notices that a list of values is older than the Campaigns: one of them holds a value that the
 * list does not know. Salesforce announces no added or renamed value, and a plan made
 * with the old list would write the old name back.
 */
import type { Clock } from "../../runtime/clock.ts";
import { describeError, SystemError } from "../../runtime/errors.ts";
import type { Log } from "../../runtime/log.ts";
import { pairOf, type ResolvedTask } from "../plan/link-task.ts";
import type { Mapping } from "../mappings/mapping.ts";
import type { ActiveMappings, MappingsSnapshot } from "../mappings/active-mappings.ts";
import { isPicklist, storedValues } from "../../model/picklists.ts";

export interface StalePicklistParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly mappings: ActiveMappings;
}

/** A picklist that takes any value can hold a new one on each Campaign. */
const pauseMs = 60_000;
const maxRemembered = 10_000;

export class StalePicklistDetector {
  readonly #parts: StalePicklistParts;
  /** Values that the list did not know either when it was read again. */
  readonly #unlisted = new Set<string>();
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(parts: StalePicklistParts) {
    this.#parts = parts;
  }

  /** @returns true when the lists were old: other mappings are in force now */
  async refreshFor(tasks: readonly ResolvedTask[], inForce: MappingsSnapshot): Promise<boolean> {
    const { clock, log, mappings } = this.#parts;
    const strange = this.#strangeValues(tasks, inForce.mappings);
    const sinceMs = clock.now() - this.#askedAt;
    // A clock that was set back must not make the pause longer.
    if (strange.length === 0 || (sinceMs >= 0 && sinceMs < pauseMs)) return false;
    this.#askedAt = clock.now();
    try {
      const { fingerprint } = await mappings.refresh("if_modified");
      if (this.#unlisted.size > maxRemembered) this.#unlisted.clear();
      for (const value of strange) this.#unlisted.add(value);
      return fingerprint !== inForce.fingerprint;
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      log.warn({ error: describeError(error) }, "lists of values can't be read; the old ones stay");
      return false;
    }
  }

  #strangeValues(tasks: readonly ResolvedTask[], mappings: readonly Mapping[]): string[] {
    const strange = new Set<string>();
    for (const { campaign: field, removed } of mappings) {
      if (!isPicklist(field)) continue;
      const known = new Set([...field.picklistValues, ...removed].map(({ value }) => value));
      for (const task of tasks) {
        const value = pairOf(task)?.campaign.values[field.name];
        for (const one of storedValues(field, value)) {
          const place = `${field.name} ${one}`;
          if (!known.has(one) && !this.#unlisted.has(place)) strange.add(place);
        }
      }
    }
    return [...strange];
  }
}
