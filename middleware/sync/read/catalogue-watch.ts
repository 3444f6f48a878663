/**
 * Notices that Circa's catalogue of fields is older than its Events: an Event was read and leaves
 * out a mapped field, holds there what the field's type can't, or holds nothing where it did, as
 * after a change of type. The webhook about a deleted or changed field may be late or lost, so the
 * catalogue is looked at before anything is made of it.
 */
import type { FieldChange } from "../plan/link-plan.ts";
import type { Clock } from "../../runtime/clock.ts";
import { describeError, SystemError } from "../../runtime/errors.ts";
import type { Log } from "../../runtime/log.ts";
import type { ChangedList } from "../mappings/hold-missing.ts";
import { replaceTasks, type PlannedTask } from "../plan/link-task.ts";
import type { ActiveMappings, MappingsSnapshot } from "../mappings/active-mappings.ts";
import { isBlank } from "../plan/plan.ts";

export interface CatalogueWatchParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly mappings: ActiveMappings;
}

/** Circa may leave out a field for other reasons, and then it does so each time. */
const pauseMs = 60_000;

export class CatalogueWatch {
  readonly #parts: CatalogueWatchParts;
  /** By field key: when the catalogue was last looked at for its sake. */
  readonly #askedAt = new Map<string, number>();

  constructor(parts: CatalogueWatchParts) {
    this.#parts = parts;
  }

  /**
   * @returns the tasks; null when the catalogue was old: other mappings are in force now. One whose
   * plan would clear a field that the catalogue may not know clears nothing, with an error.
   */
  async refreshFor(
    tasks: readonly PlannedTask[],
    inForce: MappingsSnapshot,
  ): Promise<readonly PlannedTask[] | null> {
    const { clock, log, mappings } = this.#parts;
    const nowMs = clock.now();
    const strange = new Set(tasks.flatMap(strangeKeys));
    const fresh = [...strange].filter((key) => {
      const sinceMs = nowMs - (this.#askedAt.get(key) ?? Number.NEGATIVE_INFINITY);
      // A clock that was set back must not make the pause longer.
      return sinceMs < 0 || sinceMs >= pauseMs;
    });
    // News of the catalogue can wait; what is cleared for an old one is lost.
    const clearing = tasks.filter((task) => clearsUnseen(task, inForce.readAt));
    if (fresh.length === 0 && clearing.length === 0) return tasks;
    for (const key of fresh) this.#askedAt.set(key, nowMs);
    try {
      // The Event lacks the field: with a catalogue that names others and not it, two signs agree.
      const told: readonly ChangedList[] = fresh.length > 0 ? ["circaFields"] : [];
      const { fingerprint } = await mappings.refresh("if_modified", told);
      return fingerprint === inForce.fingerprint ? tasks : null;
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      log.warn({ error: describeError(error) }, "Circa's fields can't be read; the old ones stay");
      return replaceTasks(
        tasks,
        clearing.map((task) => clearingNothing(task, error)),
      );
    }
  }
}

function clearingNothing(task: PlannedTask, failure: SystemError): PlannedTask {
  const { plan, error = failure } = task;
  return { ...task, plan: { ...plan, changes: plan.changes.filter((it) => !isClear(it)) }, error };
}

function strangeKeys({ plan, wasRead }: PlannedTask): string[] {
  const untold = wasRead ? plan.untold.map(({ circa }) => circa.key) : [];
  const misshapen = plan.problems.filter(({ code }) => code === "WRONG_SHAPE");
  return [...untold, ...misshapen.flatMap(({ fieldKey }) => fieldKey ?? [])];
}

/** A custom field's value is to go from the Campaign, and the Event is newer than the catalogue. */
function clearsUnseen({ plan, newest }: PlannedTask, catalogueReadAt: number): boolean {
  return newest !== null && newest.receivedAt >= catalogueReadAt && plan.changes.some(isClear);
}

const isClear = ({ target, newValue, mapping }: FieldChange) =>
  target === "campaign" && mapping.circa.custom && isBlank(newValue);
