/** A node: one process of the service, with its own clock and life, over the shared store. */
import type { SystemName } from "../middleware/runtime/errors.ts";
import { releaseAll } from "../middleware/queue/due-links.ts";
import { createSharedProbes } from "../middleware/cluster/shared-probes.ts";
import { noRecordLocks } from "../middleware/cluster/record-locks.ts";
import { noWakeUps } from "../middleware/cluster/wake-ups.ts";
import type { Log } from "../middleware/runtime/log.ts";
import { createService, type Service } from "../middleware/service.ts";
import type { Step } from "../middleware/runtime/failpoints.ts";
import { PairClaim } from "../middleware/sync/pair-claim.ts";
import { askFirst } from "../middleware/systems/open-systems.ts";
import { createIdentityGuard } from "../middleware/sync/mappings/identity.ts";
import { Circuit } from "../middleware/systems/circuit/circuit.ts";
import { packageNames } from "../middleware/systems/salesforce/connection/names.ts";
import { createSimClaims } from "./claims.ts";
import { createSimCirca } from "./circa/client.ts";
import { keptWebhook, MemoryInbox } from "./circa/memory-inbox.ts";
import type { Receiver } from "./circa/webhooks.ts";
import { Life } from "./engine/mortal.ts";
import { createNodeClock, type WallClock } from "./engine/node-clock.ts";
import { createSimCreating, createSimSalesforce, sendHeartbeat } from "./salesforce/client.ts";
import type { Sessions } from "./salesforce/sessions.ts";
import type { Neighbours } from "./store/neighbours.ts";
import { openNodeDatabase } from "./store/node-database.ts";
import type { SharedStore } from "./store/shared-store.ts";
import type { World } from "./world.ts";

const heartbeatSeconds = 600;

export interface NodeParts {
  readonly world: World;
  readonly store: SharedStore;
  readonly sessions: Sessions;
  readonly wall: WallClock;
  /** Those that share the store; null: this is the only node. */
  readonly neighbours: Neighbours | null;
  readonly sweepIntervalSeconds: number;
  readonly name: string;
  /** A person says that the other service has ended for good. */
  readonly takeOver: boolean;
  /** Called at every named step; may end the node. */
  readonly onStep: (life: Life, step: Step) => void;
}

export interface Node {
  readonly life: Life;
  readonly service: Service;
  readonly receive: Receiver;
  readonly circuits: Readonly<Record<SystemName, Circuit>>;
  readonly claim: PairClaim;
}

export async function startNode(parts: NodeParts): Promise<Node> {
  const { world, store, sessions, neighbours, name } = parts;
  const life = new Life(name);
  world.ledger.watch(life);
  const clock = createNodeClock(world.timeline, life, world.random(`node ${name}`), parts.wall);
  const database = openNodeDatabase(store, life, neighbours === null ? "sqlite" : "postgres");
  const log = createSimLog(world, name);
  // As `main.ts` has it: what is claimed in the embedded database was a dead process's.
  if (neighbours === null) await releaseAll(database);
  const wakeUps = neighbours?.wakeUpsFor(life) ?? noWakeUps;
  const probes =
    neighbours === null ? undefined : createSharedProbes({ database, clock, log, wakeUps });
  const circuits = {
    salesforce: new Circuit({ system: "salesforce", clock, log, probes }),
    circa: new Circuit({ system: "circa", clock, log, probes }),
  };
  const places = createSimClaims(world, life, { clock, circuits });
  const { takeOver } = parts;
  const shared = { database, clock, log };
  const claim = new PairClaim({ ...shared, places, heartbeatSeconds, takeOver });
  const clients = {
    salesforce: createSimSalesforce(world, life, circuits.salesforce),
    creating: createSimCreating(world, life, circuits.salesforce),
    circa: createSimCirca(world, life, { clock, log, circuit: circuits.circa }),
  };
  const onFailpoint = (step: Step) => parts.onStep(life, step);
  const inbox = new MemoryInbox(onFailpoint);
  const service = createService({
    ...shared,
    inbox,
    sweepIntervalSeconds: parts.sweepIntervalSeconds,
    names: packageNames(null),
    identity: createIdentityGuard({ database, clock }),
    ...askFirst(clients, (system) => claim.confirm(system, "records")),
    openSession: sessions.openFor(life),
    heartbeat: {
      intervalSeconds: heartbeatSeconds,
      publish: async (id) => {
        await claim.confirm("salesforce", "screens");
        await sendHeartbeat(world, life, circuits.salesforce, id);
      },
    },
    wakeUps,
    recordLocks: neighbours?.locksFor(life) ?? noRecordLocks,
    circuits,
    onFailpoint,
  });
  claim.start();
  service.start();
  const receive: Receiver = (message) => {
    const applied = inbox.add(keptWebhook(message, clock.now()));
    service.webhooks.wake();
    return applied;
  };
  return { life, service, receive, circuits, claim };
}

/** Log lines are part of the history: what is said must be the same each time as well. */
function createSimLog(world: World, name: string): Log {
  const say = (level: string) => (fields: object, message: string) =>
    world.note(`${name} ${level} ${message} ${JSON.stringify(fields)}`);
  const log: Log = {
    debug: () => undefined,
    info: say("info"),
    warn: say("warn"),
    error: say("error"),
    child: () => log,
  };
  return log;
}
