/** The one emulated workspace with everything around it, handed to each route and page. */
import type { Actor } from "./entities.ts";
import type { CrmSyncClaim } from "./crm-sync-claim.ts";
import type { Faults } from "./faults/faults.ts";
import type { RequestStats } from "./request-stats.ts";
import type { Seed } from "./seed.ts";
import type { ContractFeature, Settings } from "./settings.ts";
import type { CircaStore } from "./store.ts";
import type { WebhookDispatcher } from "./webhooks/dispatcher.ts";

export const callers = ["integration", "person"] as const;
export type Caller = (typeof callers)[number];

export interface Circa {
  readonly store: CircaStore;
  readonly webhooks: WebhookDispatcher;
  readonly faults: Faults;
  readonly stats: RequestStats;
  readonly now: () => Date;
  /** Who acts with which API key. Pages act as the person. */
  readonly actors: Readonly<Record<Caller, Actor>>;
  readonly apiKeys: Readonly<Record<Caller, string>>;
  /** Where Campaigns are opened, without a slash at the end; null when unknown. */
  readonly salesforceUrl: string | null;
  /** Latency put before every API answer. */
  readonly delayMs: number;
  settings: Settings;
  /** Who keeps the workspace in sync; null: no service says so. */
  claim: CrmSyncClaim | null;
  /** What a reset goes back to. */
  seed: Seed;
}

export function has(circa: Circa, feature: ContractFeature): boolean {
  return circa.settings.contract[feature];
}
