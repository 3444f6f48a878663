/** When all is calm: nothing is on its way, nothing is due but what a true problem holds back. */
import type { MappingsSnapshot } from "../middleware/sync/mappings/active-mappings.ts";
import type { Cluster } from "./cluster.ts";
import { findWrongLists, isTrue } from "./invariants/converged.ts";
import { openProblems } from "./invariants/problems.ts";
import { latecomersOf } from "./salesforce/publish.ts";
import type { Sessions } from "./salesforce/sessions.ts";
import type { SharedStore } from "./store/shared-store.ts";
import type { World } from "./world.ts";

export interface CalmParts {
  readonly world: World;
  readonly store: SharedStore;
  readonly cluster: Cluster;
  readonly sessions: Sessions;
}

const lookEveryMs = 2_500;
/** Longer than the way to either system and back, with what follows from it. */
const stillMs = 10_000;
/** Nothing that people did takes longer to sink in. */
const timeoutMs = 90 * 60_000;

/**
 * @param allTold nothing was lost, or a sweep has found it: then mappings and lists have to be taken
 * over as well, and no problem may outlive its reason
 * @returns why it is not calm; null when it is
 */
export async function untilCalm(
  parts: CalmParts,
  { allTold }: { readonly allTold: boolean },
): Promise<string | null> {
  const { timeline } = parts.world;
  const deadline = timeline.now() + timeoutMs;
  let unrest: string | null = "just begun";
  while (unrest !== null && timeline.now() < deadline) {
    await timeline.runUntil(timeline.now() + lookEveryMs);
    unrest = unrestOf(parts, allTold);
  }
  return unrest;
}

function unrestOf({ world, store, cluster, sessions }: CalmParts, allTold: boolean): string | null {
  const { timeline, ledger, webhooks } = world;
  if (!cluster.allRun) return "not all nodes are running";
  if (cluster.nodes.some(({ claim }) => claim.status().state !== "ours")) {
    return "a node does not know that it may write";
  }
  if (cluster.second.isThere) return "a second service runs";
  if (world.openTransactions > 0) return "transactions are open";
  if (webhooks.pending > 0) return `${webhooks.pending} webhooks are on their way`;
  if (latecomersOf(world).count > 0) return "events wait to be published";
  if (!sessions.upToDate) return "the stream is not up to date";
  if (timeline.now() - ledger.lastWriteAt < stillMs) return "there was a write a moment ago";
  if (ledger.open > 0) return "calls are under way";
  // One that had nothing to do since has not seen yet that both systems answer.
  const gates = cluster.nodes.flatMap(({ circuits }) => Object.values(circuits));
  if (gates.some((circuit) => circuit.state() === "open")) return "a node holds calls back";
  if (checkpoint(store, "stream_gap")) return "the stream's gap is not settled";
  if (allTold) {
    const [wrong] = findWrongLists(world);
    if (wrong !== undefined) return wrong.text;
    // Nodes that had nothing to do since follow before they do something.
    const told = checkpoint(store, "mappings");
    const snapshots = cluster.nodes.map(({ service }) => service.mappings.last());
    const taken = snapshots.filter((it) => isTakenOver(world, it));
    if (taken.length === 0) return "the mappings are not taken over";
    if (!taken.some((it) => it?.fingerprint === told)) return "not all links know of it";
  }
  const problems = openProblems(store);
  const untrue = allTold ? problems.find((problem) => !isTrue(world, problem)) : undefined;
  if (untrue !== undefined) return `a problem has lost its reason: ${JSON.stringify(untrue)}`;
  // A link waits for a problem's reason to go only if that is what its last turn ended with.
  const held = new Set(problems.map(({ eventId, message }) => `event:${eventId ?? ""} ${message}`));
  const due = store.read<{ subject: string; claimed_by: string | null; last_error: string | null }>(
    "select subject, claimed_by, last_error from due_links order by subject",
  );
  const waiting = due.find(
    ({ subject, claimed_by, last_error }) =>
      claimed_by !== null || !held.has(`${subject} ${last_error ?? ""}`),
  );
  return waiting === undefined ? null : `${waiting.subject} is still due`;
}

function checkpoint(store: SharedStore, name: string): string {
  const [row] = store.read<{ value: string }>("select value from checkpoints where name = ?", name);
  return row?.value ?? "";
}

function isTakenOver({ org }: World, snapshot: MappingsSnapshot | null): boolean {
  const inForce = new Map(snapshot?.mappings.map((mapping) => [mapping.circa.key, mapping]));
  return [...org.mappings.values()].every(({ field, active, direction, blankRule }) => {
    const mapping = inForce.get(field.key);
    if (!active || mapping === undefined) return !active && mapping === undefined;
    return mapping.direction === direction && mapping.blankRule === blankRule;
  });
}
