/** Which way Circa's changes come, decided from what is known of the webhooks. Pure. */
import { z } from "zod";
import type { EndpointFault } from "./webhook-endpoints.ts";

/**
 * Why Circa is polled beside its webhooks: a fault of the endpoint; `lost`: a sweep found a change
 * whose webhook never came; `unproven`: the endpoint is in order again, and no webhook has come.
 */
const pollReasons = ["unsupported", "none", "disabled", "types", "lost", "unproven"] as const;
export type PollReason = (typeof pollReasons)[number];

export const circaWaySchema = z.object({
  way: z.enum(["webhooks", "polling"]),
  /** Milliseconds since the epoch. */
  since: z.number(),
  /** null while webhooks bring everything. */
  reason: z.enum(pollReasons).nullable(),
});
export type CircaWay = z.infer<typeof circaWaySchema>;

/** What the decision is made from; times are milliseconds since the epoch. */
export interface WebhookEvidence {
  readonly fault: EndpointFault | null;
  /** When the endpoint was last seen with a fault; null: never. */
  readonly faultAt: number | null;
  /** When a webhook was last taken, as far as that was noted; null: never. */
  readonly arrivedAt: number | null;
  /** When a sweep last found one lost, and how often in a row; null: never. */
  readonly lost: { readonly at: number; readonly times: number } | null;
}

const firstProbationMs = 10 * 60_000;
const maxProbationMs = 24 * 3_600_000;

/** How long deliveries have to be without a loss, the longer the more often one was lost. */
function probationMs(times: number): number {
  return Math.min(maxProbationMs, firstProbationMs * 2 ** Math.min(times - 1, 20));
}

/** Losses that lie further apart are not counted together. */
export const lossesInRowMs = maxProbationMs;

export function nextWay(
  before: CircaWay | null,
  { fault, faultAt, arrivedAt, lost }: WebhookEvidence,
  nowMs: number,
): CircaWay {
  const polled = before?.way === "polling" ? before : null;
  const polling = (reason: PollReason): CircaWay => ({
    way: "polling",
    since: polled?.since ?? nowMs,
    reason,
  });
  if (fault !== null) return polling(fault);
  if (lost !== null && nowMs < lost.at + probationMs(lost.times)) return polling("lost");
  // Also a faulty endpoint may bring something: some types, or a repeated delivery.
  const provenFrom = Math.max(polled?.since ?? 0, faultAt ?? 0, lost?.at ?? 0);
  const unproven = polled !== null && (arrivedAt === null || arrivedAt <= provenFrom);
  if (unproven) return polling(polled.reason === "lost" ? "lost" : "unproven");
  if (before?.way === "webhooks") return before;
  return { way: "webhooks", since: nowMs, reason: null };
}

/** What an admin reads: what is so, and what to do. */
export const pollTexts: Readonly<Record<PollReason, { title: string; fix: string }>> = {
  unsupported: {
    title: "Circa has no webhooks: changes take up to a minute.",
    fix: "Ask Circa to switch webhooks on for this workspace.",
  },
  none: {
    title: "No webhook of Circa is sent to this service: changes take up to a minute.",
    fix: "Register a webhook endpoint in Circa whose address ends in /webhooks/circa/default, for all types; set PUBLIC_URL if it is registered under another host.",
  },
  disabled: {
    title:
      "Circa's webhook endpoint for this service is switched off: changes take up to a minute.",
    fix: "Switch the endpoint on in Circa.",
  },
  types: {
    title:
      "Circa's webhook endpoint does not receive every kind of change: the missing ones take up to a minute.",
    fix: "Choose all types of Events and fields for the endpoint in Circa.",
  },
  lost: {
    title: "A webhook of Circa did not arrive: Circa is asked each minute until they do.",
    fix: "Look at the endpoint's deliveries in Circa, and at what stands between Circa and this service.",
  },
  unproven: {
    title: "Circa is asked each minute until its first webhook arrives.",
    fix: "Nothing, unless Events have been edited since: then look at the endpoint's deliveries in Circa.",
  },
};
