/** What a batch of due links came to, as its work says and the worker records it. */
import type { Transaction } from "kysely";
import type { Clock } from "../runtime/clock.ts";
import { awaySystem, describeError } from "../runtime/errors.ts";
import type { Completion, DueLink, Subject } from "./due-links.ts";
import { delayAfterError } from "./retry.ts";
import type { Tables } from "../store/database/tables.ts";

/** How each row ends, and what is recorded in the same transaction. */
export interface BatchResult {
  readonly outcomes: ReadonlyMap<DueLink, Completion>;
  /** @param held the batch's rows of which this pass is the one to tell */
  record(trx: Transaction<Tables>, held: ReadonlySet<Subject>): Promise<void>;
}

/** A sync pass over a batch of one kind of link. */
export type Work = (batch: readonly DueLink[]) => Promise<BatchResult>;

export function halvesOf<T>(items: readonly T[]): readonly [T[], T[]] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}

/** Parts of a batch as one. */
export function joined(parts: readonly BatchResult[]): BatchResult {
  return {
    outcomes: new Map(parts.flatMap(({ outcomes }) => [...outcomes])),
    async record(trx, held) {
      for (const part of parts) await part.record(trx, held);
    },
  };
}

/** All of it failed and is tried again. */
export function allAgain(batch: readonly DueLink[], error: unknown, clock: Clock): BatchResult {
  const again = (link: DueLink): Completion => ({
    kind: "again",
    delayMs: delayAfterError(error, link.attempts, clock),
    error: describeError(error),
    waitsFor: awaySystem(error),
  });
  const outcomes = new Map(batch.map((link) => [link, again(link)]));
  return { outcomes, record: () => Promise.resolve() };
}
