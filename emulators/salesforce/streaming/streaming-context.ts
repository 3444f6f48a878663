import type { TokenSessions } from "../setup/token-sessions.ts";
import type { Org } from "../data/org.ts";
import type { DeliveryAllocation } from "./delivery-allocation.ts";
import type { EventBus } from "./event-bus.ts";
import type { Session } from "./session.ts";
import type { StreamingFaults } from "./streaming-faults.ts";

/** Times and limits of the Streaming API; the defaults are Salesforce's for a Developer Edition. */
export interface StreamingOptions {
  /** How long a poll is held. @default 110000 */
  pollTimeoutMs: number;
  /** How long a session lives between polls. @default 40000 */
  reconnectWindowMs: number;
  /** How long the routing cookie is good; then a poll meets another server. @default 10800000 */
  routingCookieTtlMs: number;
  /** Most sessions at once. @default 20 */
  concurrentClientLimit: number;
  /** Most events delivered in 24 hours, over all clients. @default 10000 */
  dailyDeliveryLimit: number;
}

export const defaultStreamingOptions: StreamingOptions = {
  pollTimeoutMs: 110_000,
  reconnectWindowMs: 40_000,
  routingCookieTtlMs: 3 * 3600_000,
  concurrentClientLimit: 20,
  dailyDeliveryLimit: 10_000,
};

/** What the message handlers of the stream work on. */
export interface StreamingContext {
  readonly org: Org;
  readonly bus: EventBus;
  readonly tokens: TokenSessions;
  readonly faults: StreamingFaults;
  readonly options: StreamingOptions;
  readonly sessions: Map<string, Session>;
  /** What of `dailyDeliveryLimit` is used. */
  readonly allocation: DeliveryAllocation;
  /** Since the start, over all clients. */
  readonly counts: { delivered: number; handshakes: number };
}
