import type { SystemName } from "../errors.ts";

/** What a worker may take up now. */
export interface Room {
  /** Batches that may be under way: none while nothing can be done, one to try it again. */
  readonly batches: number;
  /** Systems that are left in peace: links that wait for one of them wait on. */
  readonly away: readonly SystemName[];
}

export const roomForAll: Room = { batches: Number.POSITIVE_INFINITY, away: [] };
