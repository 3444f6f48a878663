/** Figures of the stream for Prometheus, read when scraped. */
import { Counter, Gauge, type Registry } from "prom-client";
import { streamFailures } from "../model/answers/stream-failure.ts";
import { streamStates } from "../intake/stream/states.ts";
import type { StreamStatus } from "../intake/stream/status.ts";
import { prefix } from "./metrics.ts";

type Figures = Readonly<
  Record<string, readonly [help: string, read: (it: StreamStatus) => number | null]>
>;

/** By what they are called after `stream_`. */
const counts: Figures = {
  events_total: ["Received platform event messages since the start", (it) => it.events],
  gaps_total: ["Comparisons by query because messages may have been missed", (it) => it.gaps],
  sessions_total: ["Sessions that delivered since the start", (it) => it.sessions],
};

/** The same; null: not known yet. */
const gauges: Figures = {
  heartbeat_round_trip_seconds: [
    "Round trip of the last heartbeat",
    ({ heartbeat }) => toSeconds(heartbeat?.roundTripMs ?? null),
  ],
  lag_seconds: ["From the last message's publishing to its arrival", (it) => toSeconds(it.lagMs)],
  last_event_timestamp_seconds: [
    "When the last message came, in seconds of Unix time",
    (it) => toSeconds(it.lastEventAt),
  ],
  last_reply_timestamp_seconds: [
    "When the last answer of any kind came, in seconds of Unix time",
    (it) => toSeconds(it.lastReplyAt),
  ],
  queued_events: ["Platform event messages that are not stored yet", (it) => it.queued],
  subscribed: ["1 while the stream delivers", (it) => (it.state === "subscribed" ? 1 : 0)],
};

export function addStreamMetrics(registry: Registry, status: () => StreamStatus): void {
  const registers = [registry];
  for (const [name, [help, read]] of Object.entries(counts)) {
    new Counter({
      name: `${prefix}stream_${name}`,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read(status()) ?? 0);
      },
    });
  }
  for (const [name, [help, read]] of Object.entries(gauges)) {
    new Gauge({
      name: `${prefix}stream_${name}`,
      help,
      registers,
      collect() {
        this.set(read(status()) ?? Number.NaN);
      },
    });
  }
  new Gauge({
    name: `${prefix}stream_state`,
    help: "1 for the state that the stream is in",
    labelNames: ["state"] as const,
    registers,
    collect() {
      for (const state of streamStates) this.set({ state }, status().state === state ? 1 : 0);
    },
  });
  new Counter({
    name: `${prefix}stream_session_ends_total`,
    help: "Sessions that ended by themselves since the start, by why",
    labelNames: ["failure"] as const,
    registers,
    collect() {
      this.reset();
      for (const failure of streamFailures) this.inc({ failure }, status().ends[failure]);
    },
  });
}

function toSeconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1_000;
}
