/** Figures of the stream for Prometheus, read when scraped. */
import { Gauge, type Registry } from "prom-client";
import type { Clock } from "../runtime/clock.ts";
import { streamFailures } from "../model/answers/stream-failure.ts";
import { streamStates } from "../intake/stream/states.ts";
import type { StreamStatus } from "../intake/stream/status.ts";

/** In alphabetical order of what they are called after `stream_`; null: not known yet. */
const figures: Readonly<
  Record<string, readonly [help: string, read: (it: StreamStatus, nowMs: number) => number | null]>
> = {
  events: ["Events that came since the start", (it) => it.events],
  gaps: ["Comparisons by query because events may have been missed", (it) => it.gaps],
  heartbeat_seconds: [
    "Round trip of the last heartbeat",
    ({ heartbeat }) => toSeconds(heartbeat?.roundTripMs ?? null),
  ],
  lag_seconds: ["From the last event's publishing to its arrival", (it) => toSeconds(it.lagMs)],
  queued: ["Events that came and are not kept yet", (it) => it.queued],
  seconds_since_event: [
    "Since the last event",
    (it, nowMs) => (it.lastEventAt === null ? null : toSeconds(nowMs - it.lastEventAt)),
  ],
  seconds_since_reply: [
    "Since the last answer of any kind",
    (it, nowMs) => (it.lastReplyAt === null ? null : toSeconds(nowMs - it.lastReplyAt)),
  ],
  sessions: ["Sessions that delivered since the start", (it) => it.sessions],
  subscribed: ["1 while the stream delivers", (it) => (it.state === "subscribed" ? 1 : 0)],
};

export function addStreamMetrics(
  registry: Registry,
  clock: Pick<Clock, "now">,
  status: () => StreamStatus,
): void {
  for (const [name, [help, read]] of Object.entries(figures)) {
    new Gauge({
      name: `stream_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(read(status(), clock.now()) ?? Number.NaN);
      },
    });
  }
  new Gauge({
    name: "stream_state",
    help: "1 for the state that the stream is in",
    labelNames: ["state"] as const,
    registers: [registry],
    collect() {
      for (const state of streamStates) this.set({ state }, status().state === state ? 1 : 0);
    },
  });
  new Gauge({
    name: "stream_ends",
    help: "Sessions that ended by themselves since the start, by why",
    labelNames: ["failure"] as const,
    registers: [registry],
    collect() {
      for (const failure of streamFailures) this.set({ failure }, status().ends[failure]);
    },
  });
}

function toSeconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1_000;
}
