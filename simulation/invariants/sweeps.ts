/** I5, I8: a sweep repairs what was lost on its way, nothing else, and the next one does nothing. */
import { untilCalm, type CalmParts } from "../calm.ts";
import { lostOf } from "../salesforce/publish.ts";
import type { Finding } from "./findings.ts";

export async function findSweepFaults(parts: CalmParts): Promise<Finding[]> {
  const { world, cluster } = parts;
  const { webhooks, timeline } = world;
  const lost = new Set([...webhooks.dropped, ...lostOf(world)]);
  const before = newestFinding(parts);
  const missed = await sweepNow(parts, webhooks.needsFullComparison ? "full" : "sweep");
  if (missed instanceof Error) return [{ invariant: "I8", text: missed.message }];
  const unrest = await untilCalm(parts, { allTold: true });
  if (unrest !== null) return [{ invariant: "never settles", text: unrest }];
  if (missed > 0 && lost.size === 0) {
    const text = `the sweep repaired ${missed} links though nothing was lost`;
    return [{ invariant: "I8", text }];
  }
  const causeless = findCauseless(parts, before, lost);
  if (causeless.length > 0) return causeless;
  if (!cluster.clocksAreBehind) webhooks.dropped.clear();
  webhooks.needsFullComparison = false;
  lostOf(world).clear();
  const { taken } = world.ledger;
  const again = await sweepNow(parts, "sweep");
  await timeline.runUntil(timeline.now() + 5_000);
  if (!cluster.allRun) return [];
  if (again !== 0) {
    return [{ invariant: "I8", text: `a second sweep repaired ${String(again)} links` }];
  }
  if (world.ledger.taken !== taken) {
    return [{ invariant: "I5", text: "a second sweep led to a write" }];
  }
  return [];
}

async function sweepNow(
  { cluster, world }: CalmParts,
  kind: "sweep" | "full",
): Promise<number | Error> {
  const [node] = cluster.nodes;
  if (node === undefined) return new Error("no node to sweep");
  const answer: { missed: number | Error | null } = { missed: null };
  node.service.sweep.now(kind).then(
    ({ missed }) => (answer.missed = missed),
    (error: unknown) => (answer.missed = error instanceof Error ? error : new Error("failed")),
  );
  const { timeline } = world;
  const deadline = timeline.now() + 600_000;
  while (answer.missed === null && timeline.now() < deadline) {
    await timeline.runUntil(timeline.now() + 100);
  }
  return answer.missed ?? new Error("a sweep does not end");
}

function newestFinding({ store }: CalmParts): number {
  const [row] = store.read<{ newest: number | null }>(
    "select max(id) as newest from sweep_findings",
  );
  return row?.newest ?? 0;
}

/** Links that the sweep found though none of their notifications was lost. */
function findCauseless({ store }: CalmParts, after: number, lost: ReadonlySet<string>): Finding[] {
  const found = store.read<{ eventId: string; campaignId: string | null; side: string }>(
    'select event_id as "eventId", campaign_id as "campaignId", side from sweep_findings where id > ?',
    after,
  );
  return found
    .filter(({ eventId, campaignId }) => !lost.has(eventId) && !lost.has(campaignId ?? ""))
    .map(({ eventId, side }) => ({
      invariant: "I8",
      text: `the sweep found ${eventId} out of line in ${side} though nothing about it was lost`,
    }));
}
