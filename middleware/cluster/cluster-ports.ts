/** What the processes that share a PostgreSQL have to do with each other. */
import type { Probes } from "../systems/circuit/circuit.ts";
import { tenantOf } from "../store/database/tenant.ts";
import { createSharedProbes, type SharedProbeParts } from "./shared-probes.ts";
import { noRecordLocks, type RecordLocks } from "./record-locks.ts";
import { openPostgresRecordLocks } from "./postgres-record-locks.ts";
import { openPostgresWakeUps } from "./postgres-wake-ups.ts";
import { noWakeUps, type WakeUps } from "./wake-ups.ts";

export interface ClusterPorts {
  readonly wakeUps: WakeUps;
  readonly recordLocks: RecordLocks;
  readonly probes: Probes | undefined;
  close(): Promise<void>;
}

/** The embedded database has one process. */
export const singleNode: ClusterPorts = {
  wakeUps: noWakeUps,
  recordLocks: noRecordLocks,
  probes: undefined,
  close: () => Promise.resolve(),
};

/** @param url of the PostgreSQL; connections to it are made in the background */
export function joinCluster(url: string, store: Omit<SharedProbeParts, "wakeUps">): ClusterPorts {
  const { database, log } = store;
  const session = { url, tenant: tenantOf(database.query), log };
  const wakeUps = openPostgresWakeUps(session);
  const recordLocks = openPostgresRecordLocks(session);
  return {
    wakeUps,
    recordLocks,
    probes: createSharedProbes({ ...store, wakeUps }),
    async close() {
      await wakeUps.close();
      await recordLocks.close();
    },
  };
}
