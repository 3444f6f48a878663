/** The situations that every peer is put into, one after the other, in a world of its own. */
import { setTimeout as wait } from "node:timers/promises";
import { forgetPeakMemory, peakMemoryMb } from "../peak-memory.ts";
import { processSeconds } from "../process-time.ts";
import { percentiles, type Percentiles } from "./percentiles.ts";
import type { Peer } from "./peers.ts";
import { startWorld } from "./world.ts";
import type { Delays, EditsOrder, EditsOutcome, Side } from "./world-commands.ts";

export interface Situation {
  /** Also the row's name in the table. */
  readonly name: string;
  readonly side: Side;
  readonly perSecond: number;
  readonly edits: number;
  readonly delays: Delays;
  /** What happens beside the edits. @default nothing */
  readonly beside?: "comparison" | "initial sync" | "outage";
}

/** What one peer did in one situation, once. */
export interface Figures {
  readonly freshnessMs: Percentiles;
  /** Null where no webhook was sent or none was taken. */
  readonly acknowledgementMs: Percentiles | null;
  readonly editsPerSecond: number;
  readonly processorMsPerEdit: number | null;
  readonly salesforceCallsPerThousand: number;
  readonly circaCallsPerThousand: number;
  readonly refused: number;
  readonly lost: number;
  readonly peakMemoryMb: number;
}

const none: Delays = { salesforceMs: 0, perRecordMs: 0, circaMs: 0 };
/** As measured at real orgs: 200 ms a call and 4 ms for each record of a write. */
const usual: Delays = { salesforceMs: 200, perRecordMs: 4, circaMs: 20 };
const outageMs = 30_000;

const rates = [1, 10, 100].flatMap((perSecond) =>
  (["circa", "salesforce"] as const).flatMap((side) =>
    [none, usual].map((delays) => ({
      name: `${from(side)} at ${perSecond}/s, ${delays === none ? "0 ms" : "200 + 4 ms"}`,
      ...{ side, perSecond, delays },
      edits: perSecond === 1 ? 10 : perSecond * 10,
    })),
  ),
);

export const situations: readonly Situation[] = [
  ...rates,
  ...[none, usual].map((delays) => ({
    name: `from Circa as fast as it goes, ${delays === none ? "0 ms" : "200 + 4 ms"}`,
    ...{ side: "circa" as const, perSecond: 1_000, edits: 2_500, delays },
  })),
  ...(["comparison", "initial sync"] as const).map((beside) => ({
    name: `from Circa at 100/s during a full ${beside === "comparison" ? beside : "initial sync"}`,
    ...{ side: "circa" as const, perSecond: 100, edits: 1_000, delays: none, beside },
  })),
  {
    name: "from Circa at 50/s, Salesforce away for the first 30 s",
    ...{ side: "circa", perSecond: 50, edits: 2_000, delays: usual, beside: "outage" },
  },
];

function from(side: Side): string {
  return side === "circa" ? "from Circa" : "from Salesforce";
}

/** Circa sends a webhook that was refused again after 5, 35 and 155 s. */
const deadlineMs = 180_000;

/**
 * @param links connected pairs; each is edited once at most in a situation
 * @returns null where the peer has nothing like it
 */
export async function measure(
  peer: Peer,
  situation: Situation,
  links: number,
): Promise<Figures | null> {
  const world = startWorld();
  try {
    const addresses = await world.start(links);
    const running = await peer.start(addresses, links);
    try {
      if (situation.beside === "comparison" && running.compareAll === null) return null;
      if (situation.beside === "initial sync" && running.compareAll === null) return null;
      await world.deliverTo(running.webhookUrl);
      if (situation.beside !== "initial sync") {
        await running.settled();
        await wait(settleMs);
      }
      await world.delay(situation.delays);
      forgetPeakMemory(running.pid);
      const before = processSeconds(running.pid);
      const beside = situation.beside === "comparison" ? running.compareAll?.() : undefined;
      const order: EditsOrder = {
        ...{ side: situation.side, perSecond: situation.perSecond, edits: situation.edits },
        ...{ deadlineMs, outageMs: situation.beside === "outage" ? outageMs : 0 },
      };
      const outcome = await world.edit(order);
      await beside;
      const after = processSeconds(running.pid);
      const spent = before === null || after === null ? null : after - before;
      return figuresOf(situation, outcome, spent, peakMemoryMb(running.pid));
    } finally {
      await running.stop();
    }
  } finally {
    await world.close();
  }
}

/** What a start still has to do once nothing is due. */
const settleMs = 10_000;

function figuresOf(
  { edits }: Situation,
  outcome: EditsOutcome,
  seconds: number | null,
  peakMb: number,
): Figures {
  const { arrivedMs, acknowledgedMs, refused, lost, tookMs } = outcome;
  return {
    freshnessMs: percentiles(arrivedMs),
    acknowledgementMs: acknowledgedMs.length === 0 ? null : percentiles(acknowledgedMs),
    editsPerSecond: (arrivedMs.length / tookMs) * 1_000,
    processorMsPerEdit: seconds === null ? null : (seconds * 1_000) / edits,
    salesforceCallsPerThousand: (outcome.salesforceCalls / edits) * 1_000,
    circaCallsPerThousand: (outcome.circaCalls / edits) * 1_000,
    ...{ refused, lost, peakMemoryMb: peakMb },
  };
}
