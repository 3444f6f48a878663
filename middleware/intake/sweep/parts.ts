import type { Clock } from "../../runtime/clock.ts";
import type { Leases } from "../../cluster/leases.ts";
import type { Database } from "../../store/database/database.ts";
import type { Log } from "../../runtime/log.ts";
import type { OnFailpoint } from "../../runtime/failpoints.ts";
import type { ActiveMappings } from "../../sync/mappings/active-mappings.ts";
import type { UserDirectory } from "../../sync/read/users.ts";
import type { CircaClient } from "../../systems/circa/client.ts";
import type { PathHealth } from "../../model/path-health.ts";
import type { ApiBudget } from "../../systems/salesforce/connection/api-budget.ts";
import type { SalesforceClient } from "../../systems/salesforce/client.ts";
import type { NewestSeen } from "./reached.ts";

/** What looking at both systems as a whole needs. */
export interface SweepParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly onFailpoint: OnFailpoint;
  readonly leases: Leases;
  readonly salesforce: SalesforceClient;
  readonly circa: CircaClient;
  readonly mappings: ActiveMappings;
  readonly users: UserDirectory;
  readonly newestSeen: NewestSeen;
}

export type SweepBudget = Pick<ApiBudget, "allowSweep" | "sweepPauseMs" | "sweepEvery">;

/** What a sweep of its own needs beside. */
export interface SweepRunParts extends SweepParts {
  readonly paths: Pick<PathHealth, "streamDownSince" | "circaWay">;
  /** @default no end of calls */
  readonly budget?: SweepBudget | undefined;
  /** Links are due. */
  readonly onLinksDue: () => void;
  /** Something was missed: counted by its cause. */
  readonly onMissed?: ((cause: string, count: number) => void) | undefined;
}

/** How long a notice may be on its way before its change counts as missed. */
export const noticeMs = 60_000;
