/** Why a sweep had to find a change that a notification should have announced. Pure. */
import type { Outage } from "./outages.ts";

/**
 * | cause             | what happened                                                              |
 * | ----------------- | -------------------------------------------------------------------------- |
 * | `webhook_lost`    | Circa changed an Event, and no webhook came within its time                  |
 * | `poll_missed`     | the same where Circa is polled: the poll passed it over                    |
 * | `event_lost`      | a Campaign changed while the stream was up, and no event came              |
 * | `stream_gap`      | a Campaign changed while the stream was down, and its events are gone      |
 * | `middleware_down` | no node ran when it changed, and nothing was notified since                |
 * | `mapping_change`  | a mapping came into force and this link was not looked at                  |
 * | `silent_change`   | the record changed without its time moving, which only a full comparison sees |
 * | `unknown`         | none of these: both sides were known, and still they differ                |
 */
export const missedCauses = [
  "webhook_lost",
  "poll_missed",
  "event_lost",
  "stream_gap",
  "middleware_down",
  "mapping_change",
  "silent_change",
  "unknown",
] as const;
export type MissedCause = (typeof missedCauses)[number];

/** What is known of the time a change was made in. */
export interface Circumstances {
  readonly outages: readonly Outage[];
  /** The stream does not deliver now, since then; null when it does. */
  readonly streamDownSince: number | null;
  /** Circa is polled: it has no webhooks. */
  readonly polling: boolean;
}

/** Clocks of two systems differ, and one of them counts whole seconds. */
const slackMs = 2_000;

/** @param changedAt of the Event, in milliseconds since the epoch */
export function causeInCirca(changedAt: number, { outages, polling }: Circumstances): MissedCause {
  if (covers(outages, "middleware", changedAt)) return "middleware_down";
  return polling ? "poll_missed" : "webhook_lost";
}

export interface CampaignEvidence {
  /** Milliseconds since the epoch; null when the Campaign is gone without a trace. */
  readonly changedAt: number | null;
  /** It is not as it was when both sides last agreed. */
  readonly moved: boolean;
  /** All that is to be done is a first contact of some mapping. */
  readonly firstContact: boolean;
  /** A sweep of what has moved has been past its time before. */
  readonly sweptPast: boolean;
}

export function causeInSalesforce(
  { changedAt, moved, firstContact, sweptPast }: CampaignEvidence,
  { outages, streamDownSince }: Circumstances,
): MissedCause {
  if (firstContact) return "mapping_change";
  if (!moved) return "unknown";
  if (changedAt === null) return outages[0] === undefined ? "event_lost" : gapOf(outages[0].what);
  if (covers(outages, "stream", changedAt)) return "stream_gap";
  if (streamDownSince !== null && changedAt >= streamDownSince - slackMs) return "stream_gap";
  if (covers(outages, "middleware", changedAt)) return "middleware_down";
  return sweptPast ? "silent_change" : "event_lost";
}

function gapOf(what: Outage["what"]): MissedCause {
  return what === "stream" ? "stream_gap" : "middleware_down";
}

function covers(outages: readonly Outage[], what: Outage["what"], at: number): boolean {
  return outages.some(
    (outage) =>
      outage.what === what && at >= outage.fromMs - slackMs && at <= outage.untilMs + slackMs,
  );
}
