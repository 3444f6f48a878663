/**
 * Between the processes that share the store: which records one of them is writing to. Two passes
 * want the same Campaign when it passes from one Event to another, and may do so in two processes.
 */
export interface RecordLocks {
  /**
   * Takes all of them or none; never waits for another process. What a process holds is free once
   * it has died.
   * @throws when the store can't be asked
   */
  tryTake(ids: readonly string[]): Promise<boolean>;
  /** Never rejects. */
  release(ids: readonly string[]): Promise<void>;
}

/** For the embedded database: there is no other node. */
export const noRecordLocks: RecordLocks = {
  tryTake: () => Promise.resolve(true),
  release: () => Promise.resolve(),
};
