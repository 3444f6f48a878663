/**
 * Telling the other processes that share the store that something is to be done, so that they need
 * not wait for their next look. Only a hint: nothing depends on its arrival.
 */

/** `work`: links are due. `lease`: a lease has become free. `answers`: a system does again. */
export const wakeUpTopics = ["work", "lease", "answers"] as const;
export type WakeUpTopic = (typeof wakeUpTopics)[number];

export interface WakeUps {
  /** Tells the others soon; never waits and never fails. */
  announce(topic: WakeUpTopic): void;
  /** Calls `listener` whenever another node has announced the topic, or may have. */
  listen(topic: WakeUpTopic, listener: () => void): void;
  /** Whether the others' announcements arrive now. */
  listening(): boolean;
  close(): Promise<void>;
}

/** For the embedded database: there is no other node. */
export const noWakeUps: WakeUps = {
  announce: () => undefined,
  listen: () => undefined,
  listening: () => false,
  close: () => Promise.resolve(),
};
