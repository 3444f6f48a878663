import type { Clock } from "../clock.ts";
import type { Database } from "../jobs/storage/database.ts";
import type { Log } from "../log.ts";
import type { AtStep } from "../steps.ts";
import type { MappingsInForce } from "../sync/mappings-in-force.ts";
import type { UserDirectory } from "../sync/users.ts";
import type { CircaClient } from "../systems/circa/client.ts";
import type { SalesforceClient } from "../systems/salesforce/client.ts";

/** What looking at both systems as a whole needs. */
export interface SweepParts {
  readonly database: Database;
  readonly connection: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly atStep: AtStep;
  readonly salesforce: SalesforceClient;
  readonly circa: CircaClient;
  readonly mappings: MappingsInForce;
  readonly users: UserDirectory;
}

export interface Swept {
  readonly read: number;
  /** Signalled here first. */
  readonly missed: number;
}

/**
 * Both systems' clocks and long transactions let a change carry a time that was already swept
 * over; five minutes back covers them.
 */
export const overlapMs = 5 * 60_000;
