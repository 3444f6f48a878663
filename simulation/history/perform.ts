/** Does what an entry of a history says. */
import type { Death } from "../cluster.ts";
import { faultKinds, untrueKinds, type FaultKind } from "../engine/faults.ts";
import { createRandom, type Random } from "../engine/random.ts";
import type { World } from "../world.ts";
import { performEdit } from "./edits.ts";
import { performLinkMove } from "./link-moves.ts";
import { editKinds, linkKinds, setbackKinds, setupKinds, type Operation } from "./operation.ts";
import { performSetback } from "./setbacks.ts";
import type { Stage } from "./stage.ts";
import { performSetup } from "./setup.ts";

export function perform(stage: Stage, { kind, seed }: Operation): void {
  const { world } = stage;
  const random = createRandom(seed);
  world.note(`operation ${kind}`);
  if (isOneOf(editKinds, kind)) performEdit(world, random, kind);
  else if (isOneOf(linkKinds, kind)) performLinkMove(world, random, kind);
  else if (isOneOf(setupKinds, kind)) performSetup(world, random, kind);
  else if (isOneOf(faultKinds, kind)) startFault(world, random, kind);
  else if (isOneOf(untrueKinds, kind)) startFault(world, random, kind);
  else if (isOneOf(setbackKinds, kind)) performSetback(stage, random, kind);
  else performTrouble(stage, random, kind);
}

function isOneOf<T extends string>(kinds: readonly T[], kind: string): kind is T {
  return (kinds as readonly string[]).includes(kind);
}

const always: ReadonlySet<FaultKind> = new Set([
  "salesforce_down",
  "circa_down",
  "stream_refused",
  "circa_pages_drift",
]);
const severe: ReadonlySet<FaultKind> = new Set(["limit", "sign_in"]);

function startFault({ faults }: World, random: Random, kind: FaultKind): void {
  const forMs = random.pick([200, 1_000, 5_000, 20_000, 60_000]);
  if (always.has(kind)) faults.start(kind, forMs, 1);
  else if (severe.has(kind)) faults.start(kind, forMs, random.pick([0.2, 1]));
  else faults.start(kind, forMs, random.pick([0.05, 0.2, 0.6]));
}

function performTrouble(
  { world, cluster, sessions }: Stage,
  random: Random,
  kind: Operation["kind"],
): void {
  switch (kind) {
    case "crash": {
      const restartAfterMs = random.pick([400, 1_000, 4_000, 20_000]);
      cluster.kill(inventDeath(random), restartAfterMs, random);
      return;
    }
    case "restart":
      void cluster.restart(random);
      return;
    case "sweep_asked_for":
      cluster.nodes[0]?.service.sweep.now().catch(() => undefined);
      return;
    case "stream_cut": {
      const failure = random.pick(["lost", "unknown_client", "token", "busy", "limit"] as const);
      sessions.cut({ failure, reason: `${failure}, for no reason` });
      return;
    }
    case "stream_silent":
      sessions.silence(random.pick([1_000, 20_000, 125_000]));
      return;
    case "stream_deaf":
      sessions.deafen();
      return;
    case "stream_deaf_at_place":
      sessions.deafenPlace();
      return;
    case "events_purged":
      world.org.bus.purge(random.pick([0, 1, 20]));
      return;
    case "replay_ids_restarted":
      world.org.bus.restartIds();
      sessions.forgetPlaces();
      sessions.cut({ failure: "lost", reason: "the org moved" });
      return;
    case "clock_jump":
      cluster.setClock(random.pick([-600_000, -30_000, -1_000, 1_000, 30_000, 600_000]), random);
      return;
    default:
      throw new Error(`unknown kind of operation: ${kind}`);
  }
}

/** Places at which half of the work is done. */
const delicateSteps = [
  "webhooks_read",
  "webhooks_in_transaction",
  "events_received",
  "events_in_transaction",
  "events_committed",
  "links_claimed",
  "plans_kept",
  "campaign_writes_answered",
  "outcome_in_transaction",
  "mappings_read",
] as const;

function inventDeath(random: Random): Death {
  switch (random.pick(["now", "steps", "statements", "after_step", "after_step"] as const)) {
    case "now":
      return { kind: "now" };
    case "steps":
      return { kind: "steps", count: random.between(1, 40) };
    case "statements":
      return { kind: "statements", count: random.between(1, 40) };
    case "after_step":
      return {
        kind: "after_step",
        step: random.pick(delicateSteps),
        count: random.between(1, 8),
      };
  }
}
