/** What an operator sees of the stream. Times are milliseconds since the epoch. */
import type { HeartbeatStatus } from "./heartbeat.ts";
import type { RaisedGap } from "./gaps.ts";
import { streamFailures, type StreamFailure } from "../../model/answers/stream-failure.ts";
import type { StreamState } from "./states.ts";

export interface StreamStatus {
  readonly state: StreamState;
  /** When it entered this state. */
  readonly since: number;
  /** Since when it has not delivered; null while it does, or another process's does. */
  readonly downSince: number | null;
  readonly lastReplyAt: number | null;
  readonly lastEventAt: number | null;
  /** From the last event's publishing to its arrival, by two clocks. */
  readonly lagMs: number | null;
  /** Sessions that delivered. */
  readonly sessions: number;
  /** How the sessions ended that did so by themselves. */
  readonly ends: Readonly<Record<StreamFailure, number>>;
  readonly events: number;
  /** Messages that have come and are not stored yet. */
  readonly queued: number;
  /** How often both sides were compared because events may have been missed. */
  readonly gaps: number;
  /** Why it was done last; null while it never was. */
  readonly lastGap: RaisedGap | null;
  /** When Campaigns were last asked for by query, because the stream had long been away. */
  readonly lastPollAt: number | null;
  /** null when there are no heartbeats. */
  readonly heartbeat: HeartbeatStatus | null;
  /** Why the last session ended; null while none has. */
  readonly lastEnd: string | null;
  /** What a person should look at; null while all is well. */
  readonly attention: string | null;
}

export const noEnds = Object.fromEntries(
  streamFailures.map((failure) => [failure, 0]),
) as unknown as Readonly<Record<StreamFailure, number>>;

export function initialStatus(nowMs: number): StreamStatus {
  return {
    state: "stopped",
    since: nowMs,
    downSince: nowMs,
    lastReplyAt: null,
    lastEventAt: null,
    lagMs: null,
    sessions: 0,
    ends: noEnds,
    events: 0,
    queued: 0,
    gaps: 0,
    lastGap: null,
    lastPollAt: null,
    heartbeat: null,
    lastEnd: null,
    attention: null,
  };
}
