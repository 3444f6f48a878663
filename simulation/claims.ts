/** Where each service leaves its claim on the pair, as the service itself reads and writes it. */
import { circaClaims, type Claim, type ClaimPlace } from "../middleware/systems/claims.ts";
import type { Clock } from "../middleware/runtime/clock.ts";
import type { Circuit } from "../middleware/systems/circuit/circuit.ts";
import { config, fetchFrom } from "./circa/client.ts";
import type { Life } from "./engine/mortal.ts";
import { callSalesforce } from "./salesforce/call.ts";
import type { World } from "./world.ts";

export function createSimClaims(
  world: World,
  life: Life,
  { clock, circuits }: { clock: Clock; circuits: Readonly<Record<ClaimPlace["name"], Circuit>> },
): ClaimPlace[] {
  const fetch = fetchFrom(world, life, "claims");
  return [
    salesforceClaims(world, life, circuits.salesforce),
    circaClaims(config, clock, circuits.circa, fetch),
  ];
}

function salesforceClaims(world: World, life: Life, circuit: Circuit): ClaimPlace {
  const { org, timeline, faults } = world;
  const random = world.random(`claims of ${life.name}`);
  const call = <T>(kind: string, work: () => T) =>
    circuit.run(() => callSalesforce(world, life, kind, { work }));
  return {
    name: "salesforce",
    now: () => timeline.now(),
    read: () =>
      call("claim", (): Claim | null => {
        const isHidden = faults.rate("salesforce_empty") > 0;
        return isHidden && faults.strikes("salesforce_empty", random.next()) ? null : org.claim;
      }),
    write: (claim) =>
      call("claiming", () => {
        world.note(`salesforce claim ${claim?.storeId ?? "none"}`);
        org.claim = claim;
        if (claim === null) org.claimReleases += 1;
      }),
  };
}
