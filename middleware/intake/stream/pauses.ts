/** How long the stream pauses after a session, by why it ended: data, not scattered conditions. */
import type { StreamFailure } from "../../model/answers/stream-failure.ts";

const second = 1_000;
const minute = 60 * second;

export interface Pause {
  /** Never less than this. */
  readonly minMs: number;
  /** The first pause is drawn between the least and this; it doubles with each failure in a row. */
  readonly firstCeilingMs: number;
  readonly maxMs: number;
  /** What a person should know or do; null while it is everyday life. */
  readonly attention: string | null;
}

/**
 * "A few minutes" for a busy server, and the meaning of the others: Streaming API Developer
 * Guide, "Streaming API Error Codes".
 */
export const streamPauses: Readonly<Record<StreamFailure, Pause>> = {
  lost: { minMs: 0, firstCeilingMs: 250, maxMs: 30 * second, attention: null },
  unknown_client: { minMs: 0, firstCeilingMs: 0, maxMs: 30 * second, attention: null },
  token: { minMs: 0, firstCeilingMs: 0, maxMs: minute, attention: null },
  replay_expired: { minMs: 0, firstCeilingMs: 0, maxMs: minute, attention: null },
  busy: {
    minMs: minute,
    firstCeilingMs: 5 * minute,
    maxMs: 5 * minute,
    attention: null,
  },
  crowded: {
    minMs: minute,
    firstCeilingMs: 3 * minute,
    maxMs: 15 * minute,
    attention: "Too many streaming clients in the org: find out who else subscribes.",
  },
  limit: {
    minMs: 15 * minute,
    firstCeilingMs: 60 * minute,
    maxMs: 60 * minute,
    attention:
      "The org's daily allowance of delivered events is used up: Campaigns are asked for by query meanwhile.",
  },
  configuration: {
    minMs: 15 * second,
    firstCeilingMs: 30 * second,
    maxMs: 5 * minute,
    attention:
      "Salesforce refuses the subscription: check the permission set Circa Sync Integration and the settings of the connection.",
  },
  sign_in: {
    minMs: 15 * second,
    firstCeilingMs: 30 * second,
    maxMs: 5 * minute,
    attention:
      "The sign-in to Salesforce does not succeed: check the External Client App, its user, and the key or secret of this service.",
  },
  held: { minMs: second, firstCeilingMs: second, maxMs: second, attention: null },
  unheard: {
    minMs: 0,
    firstCeilingMs: second,
    maxMs: 5 * minute,
    attention:
      "Salesforce's stream looked alive and delivered nothing: a new session starts at new events, and both sides are compared.",
  },
  not_kept: {
    minMs: 250,
    firstCeilingMs: second,
    maxMs: minute,
    attention: "The database does not take events: look at the log.",
  },
};

/** A failure that is harmless once needs a person when it repeats. */
const patientFailures = 5;

/**
 * Full jitter, so that the clients of an org don't come back in the same instant.
 * @param failures sessions that failed in a row, this one included
 * @param random from 0 (included) to 1 (excluded)
 */
export function pauseMsAfter(pause: Pause, failures: number, random: number): number {
  return Math.round(pause.minMs + random * (pauseCeilingMs(pause, failures) - pause.minMs));
}

/** The longest that the pause after so many failures in a row can be. */
export function pauseCeilingMs(pause: Pause, failures: number): number {
  if (failures <= 1) return pause.firstCeilingMs;
  const growing = Math.max(pause.firstCeilingMs, 250) * 2 ** Math.min(failures - 1, 30);
  return Math.min(pause.maxMs, growing);
}

/** @returns null while no operator has to look */
export function attentionAfter(pause: Pause, failures: number, reason: string): string | null {
  if (pause.attention !== null) return `${pause.attention} (${reason})`;
  if (failures < patientFailures) return null;
  return `${failures} sessions in a row have failed (${reason})`;
}
