/** Everything outside the service: time, chance, the two systems, the network, and who watches. */
import type { EventRow } from "./circa/workspace.ts";
import { Signs } from "./circa/signs.ts";
import { Workspace } from "./circa/workspace.ts";
import type { WebhookSender } from "./circa/webhooks.ts";
import { Faults } from "./engine/faults.ts";
import { Ledger } from "./engine/ledger.ts";
import { Network } from "./engine/network.ts";
import { createRandom, seedOf, type Random } from "./engine/random.ts";
import { Timeline } from "./engine/timeline.ts";
import { Trace } from "./engine/trace.ts";
import type { SimField } from "./fields.ts";
import { EventBus } from "./salesforce/event-bus.ts";
import { Org, type CampaignRow } from "./salesforce/org.ts";
import type { Author, Saved } from "./salesforce/save.ts";

/** Called for everything that happens in the two systems, as it happens. */
export interface Observer {
  onCampaignSaved(saved: Saved, author: Author): void;
  onCampaignBinned(row: CampaignRow, deleted: boolean): void;
  onEventEdited(before: EventRow, after: EventRow, author: Author): void;
  onEventGone(row: EventRow): void;
  /** Called once the row is as it is now. */
  onMappingChanged(field: SimField, kind: string): void;
  /**
   * These change partners by one person's hand.
   * @param wanted Campaign by Event id, once it is done; null: it begins
   */
  onPermutation?(ids: readonly string[], wanted: ReadonlyMap<string, string> | null): void;
  /** What the service knew of both systems is older than it was. */
  onStoreRestored?(): void;
  /** A write of the integration as it arrives; by field, in the target's form. */
  onWrite(write: {
    readonly target: "campaign" | "event";
    readonly id: string;
    readonly values: Readonly<Record<string, unknown>>;
    readonly before: ReadonlyMap<string, unknown> | null;
    readonly outcome: "taken" | "refused";
  }): void;
}

/** 2026-01-05T09:00:00Z, a whole hour. */
const startMs = 1_767_603_600_000;

export interface World {
  readonly seed: number;
  readonly timeline: Timeline;
  readonly trace: Trace;
  readonly faults: Faults;
  readonly ledger: Ledger;
  readonly network: Network;
  readonly org: Org;
  readonly workspace: Workspace;
  readonly observers: Set<Observer>;
  readonly signs: Signs;
  /** Transactions that are open: their changes come later, with the time of their beginning. */
  openTransactions: number;
  /** What ends troubles that do not pass by themselves. */
  readonly remedies: Set<() => void>;
  webhooks: WebhookSender;
  /** A stream of chance of its own. */
  random(label: string): Random;
  note(line: string): void;
}

export interface WorldOptions {
  readonly seed: number;
  readonly keepTrace: boolean;
}

export function createWorld({ seed, keepTrace }: WorldOptions): Omit<World, "webhooks"> {
  const timeline = new Timeline(startMs);
  const trace = new Trace(keepTrace);
  const faults = new Faults(timeline);
  const ledger = new Ledger();
  const random = (label: string) => createRandom(seedOf(seed, label));
  const shape = random("network-shape");
  const slowest = shape.pick([20, 60, 150]);
  const network = new Network({
    timeline,
    faults,
    ledger,
    random: random("network"),
    latencyMs: { salesforce: [10, slowest * 2], circa: [2, slowest] },
  });
  return {
    seed,
    timeline,
    trace,
    faults,
    ledger,
    network,
    org: new Org(new EventBus(random("bus"))),
    workspace: new Workspace(),
    observers: new Set(),
    signs: new Signs(),
    openTransactions: 0,
    remedies: new Set(),
    random,
    note: (line) => trace.add(timeline.now() - startMs, line),
  };
}
