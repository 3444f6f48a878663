/**
 * Nodes that share the store probe a system that is down one at a time, so that it is not
 * tried more often for there being more of them, and tell each other when it answers.
 */
import type { Clock } from "../runtime/clock.ts";
import { describeError, type SystemName } from "../runtime/errors.ts";
import type { Log } from "../runtime/log.ts";
import type { Probes } from "../systems/circuit/circuit.ts";
import type { Database } from "../store/database/database.ts";
import { releaseLeases, takeLease } from "../store/cluster/lease-rows.ts";
import type { WakeUps } from "./wake-ups.ts";

/** Others may know of the outage for longer, and try more seldom. */
const maxProbeMs = 30_000;

export interface SharedProbeParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly wakeUps: WakeUps;
}

export function createSharedProbes(parts: SharedProbeParts): Probes {
  const { database, clock, log, wakeUps } = parts;
  const turns = new Map<SystemName, string>();
  const nameOf = (system: SystemName) => `probe:${system}`;
  return {
    async mayTry(system, withinMs) {
      // A name of its own for each try: this node has to wait for its probe like any other.
      const owner = clock.uuid();
      const terms = { termMs: withinMs, maxTermMs: Math.max(withinMs, maxProbeMs) };
      const lease = { name: nameOf(system), owner, ...terms, nowMs: clock.now() };
      try {
        const taken = await takeLease(database, lease);
        if (taken) turns.set(system, owner);
        return taken;
      } catch (error) {
        // Better one try too many than none.
        log.debug(
          { system, error: describeError(error) },
          "the leases of the probes can't be read",
        );
        return true;
      }
    },
    answered(system) {
      const turn = { names: [nameOf(system)], owner: turns.get(system) ?? "" };
      releaseLeases(database, turn)
        .catch((error: unknown) =>
          log.debug(
            { system, error: describeError(error) },
            "a probe's lease can't be released; it expires",
          ),
        )
        .finally(() => wakeUps.announce("answers"));
    },
    onAnswered: (listener) => wakeUps.listen("answers", listener),
  };
}
