/** Invents a history from a seed: how many people, how hasty, and what goes wrong. */
import { untrueKinds } from "../engine/faults.ts";
import { createRandom, seedOf, type Random } from "../engine/random.ts";
import {
  editKinds,
  linkKinds,
  lull,
  setbackKinds,
  setupKinds,
  troubleKinds,
  type History,
  type Operation,
  type OperationKind,
} from "./operation.ts";

type Weights = ReadonlyMap<OperationKind, number>;

/** What only a sweep can repair has no place in a history without one. */
const sweepOnly: ReadonlySet<OperationKind> = new Set([
  "webhook_dropped",
  "event_dropped",
  "late_commit",
  "sweep_asked_for",
  "circa_restored",
  "store_restored",
]);

/** Nothing without the other. */
const needs: Partial<Record<OperationKind, OperationKind>> = {
  circa_restored: "circa_backed_up",
  store_restored: "store_backed_up",
};

const heavy: ReadonlyMap<OperationKind, number> = new Map([
  ["circa_edit", 40],
  ["campaign_edit", 40],
  ["circa_burst", 6],
  ["campaign_burst", 6],
  ["campaign_import", 2],
]);

export interface HistoryPlan {
  readonly operations: number;
  readonly sweep: boolean;
  /** Untruths and setbacks that have to be among it, whether switched on or not. @default chance */
  readonly kinds?: readonly OperationKind[] | undefined;
}

export function generateHistory(
  seed: number,
  { operations: count, sweep, kinds }: HistoryPlan,
): History {
  const random = createRandom(seedOf(seed, "history"));
  const weights = new Map([...inventWeights(random, sweep), ...inventLies(seed, sweep, kinds)]);
  const paceMs = random.pick([4, 15, 40, 150]);
  const between = random.between(150, 500);
  const lookAfterCrash = inventLooks(seed);
  const operations: Operation[] = [];
  let at = 0;
  let lookAt = -1;
  for (let index = 0; index < count; index += 1) {
    at += Math.round(random.next() * 2 * paceMs);
    const isLull = (index + 1) % between === 0 || index === lookAt;
    const kind = isLull ? lull : pickWeighted(random, weights);
    if (kind === "crash") lookAt = lookAfterCrash(index) ?? lookAt;
    operations.push({ at, kind, seed: seedOf(seed, "operation", index) });
  }
  const pairs = Math.min(random.pick([4, 12, 40, 120]), Math.max(4, Math.ceil(count / 4)));
  const sweepIntervalSeconds = sweep ? random.pick([30, 120, 600, 3_600]) : 0;
  const nodes = createRandom(seedOf(seed, "nodes")).pick([1, 1, 2, 3]);
  return { seed, sweep, pairs, sweepIntervalSeconds, nodes, operations };
}

/**
 * On some seeds all is looked at soon after a crash, before further edits of the same records make
 * up for what it lost.
 * @returns after which operation, if at all, given the crash's place
 */
function inventLooks(seed: number): (crash: number) => number | null {
  const random = createRandom(seedOf(seed, "looks"));
  if (random.chance(0.6)) return () => null;
  return (crash) => (random.chance(0.5) ? crash + random.between(4, 40) : null);
}

/** Some seeds are calm but for one kind of trouble, so that its effects stand out. */
function inventWeights(random: Random, sweep: boolean): Weights {
  const weights = new Map<OperationKind, number>();
  const edits = editKinds.filter((kind) => sweep || !sweepOnly.has(kind));
  for (const kind of edits) weights.set(kind, heavy.get(kind) ?? 3);
  if (sweep) weights.set("sweep_asked_for", random.pick([0.5, 0.5, 5]));
  const calm = random.chance(0.4);
  const links = random.chance(calm ? 0.3 : 0.7);
  const setup = random.chance(calm ? 0.2 : 0.6);
  const emphasis = random.pick([1, 1, 6]);
  if (links) for (const kind of linkKinds) weights.set(kind, emphasis);
  if (setup) for (const kind of setupKinds) weights.set(kind, emphasis / 2);
  const troubles = troubleKinds.filter((kind) => sweep || !sweepOnly.has(kind));
  const chosen = calm ? [random.pick(troubles)] : troubles;
  for (const kind of chosen) weights.set(kind, calm ? 6 : weightOf(kind));
  return weights;
}

/** On half of the seeds answers are untrue, or a system goes back: one kind, or all. */
function inventLies(
  seed: number,
  sweep: boolean,
  asked: readonly OperationKind[] | undefined,
): Weights {
  const random = createRandom(seedOf(seed, "lies"));
  const isPossible = (kind: OperationKind) => sweep || !sweepOnly.has(kind);
  const all: readonly OperationKind[] = [...untrueKinds, ...setbackKinds];
  const known = all.filter((kind) => isPossible(kind));
  const isHonest = random.chance(0.5);
  const single = random.chance(0.5);
  const chosen = known.length === 0 || isHonest ? [] : single ? [random.pick(known)] : known;
  const kinds = asked ?? chosen;
  const backups = kinds.flatMap((kind) => needs[kind] ?? []);
  const weight = kinds.length <= 2 ? 4 : 0.4;
  return new Map([...kinds, ...backups].map((kind) => [kind, weight]));
}

function weightOf(kind: OperationKind): number {
  if (kind === "crash") return 3;
  return 0.4;
}

function pickWeighted(random: Random, weights: Weights): OperationKind {
  let left = random.next() * [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  for (const [kind, weight] of weights) {
    left -= weight;
    if (left < 0) return kind;
  }
  return "circa_edit";
}
