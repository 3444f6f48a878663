/** Edits at their rate, kill -9 at random moments and blows in between, until all are done. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Faults } from "./faults.ts";
import type { NodeProcess, Phase } from "./node-process.ts";
import type { ChaosOptions } from "./options.ts";
import type { People } from "./people.ts";
import type { Chance } from "./random.ts";
import type { World } from "./world.ts";

export interface WorkParts {
  readonly world: World;
  readonly nodes: readonly NodeProcess[];
  readonly people: People;
  readonly faults: Faults;
  readonly options: ChaosOptions;
  readonly chance: Chance;
  readonly progress: (line: string) => void;
}

export interface WorkDone {
  /** Edits that a person's own call was refused, by a lock for example; they don't count. */
  readonly refusedEdits: number;
  /** By what the process did at that moment. */
  readonly kills: Readonly<Record<Phase | "sweeping", number>>;
  readonly blows: number;
}

const betweenBlowsMs = 1_500;
/** Of so many kills one strikes in the middle of a sweep. */
const killsPerSweepKill = 10;

export async function workUnderFaults(parts: WorkParts): Promise<WorkDone> {
  const { faults, people, options, progress } = parts;
  const durationMs = ((options.edits * 2) / options.editsPerSecond) * 1_000;
  const startedAt = performance.now();
  const progressMs = 20_000;
  const telling = setInterval(() => {
    const taken = Object.values(people.taken()).join(" + ");
    progress(`${Math.round((performance.now() - startedAt) / 1_000)} s: ${taken} edits`);
  }, progressMs);
  await faults.begin();
  try {
    const [refusedEdits, kills, blows] = await Promise.all([
      edit(parts),
      kill(parts, startedAt, durationMs),
      blow(parts, startedAt, durationMs),
    ]);
    return { refusedEdits, kills, blows };
  } finally {
    clearInterval(telling);
    await faults.end();
  }
}

/** Open-loop: a slow system does not slow the people down. @returns how many were refused */
async function edit({ people, options }: WorkParts): Promise<number> {
  let refused = 0;
  let done = 0;
  const under = new Set<Promise<void>>();
  const startedAt = performance.now();
  const wanted = options.edits * 2;
  const total = () => Object.values(people.taken()).reduce((sum, count) => sum + count, 0);
  while (total() + under.size < wanted) {
    const due = ((performance.now() - startedAt) * options.editsPerSecond) / 1_000;
    for (; done < due && total() + under.size < wanted; done += 1) {
      const editing = people
        .editOnce()
        .catch(() => void (refused += 1))
        .finally(() => under.delete(editing));
      under.add(editing);
    }
    await sleep(5);
    if (total() + under.size >= wanted) await Promise.all(under);
  }
  return refused;
}

async function kill(
  { nodes, options, chance, world }: WorkParts,
  startedAt: number,
  durationMs: number,
): Promise<WorkDone["kills"]> {
  const kills = { starting: 0, accepting: 0, sweeping: 0 };
  const moments = Array.from({ length: options.kills }, () => chance.next() * durationMs);
  moments.sort((one, other) => one - other);
  for (const [nth, moment] of moments.entries()) {
    await sleep(Math.max(0, startedAt + moment - performance.now()));
    const node = nodes[chance.below(nodes.length)];
    if (node === undefined) continue;
    const sweeping = nth % killsPerSweepKill === 0 && node.phase() === "accepting";
    if (sweeping) {
      void fetch(`http://127.0.0.1:${node.port}/api/sweep`, {
        method: "POST",
        headers: { authorization: `Bearer ${world.adminToken}` },
      }).catch(() => undefined);
      await sleep(chance.next() * 200);
    }
    kills[sweeping ? "sweeping" : node.phase()] += 1;
    node.killAndRestart();
  }
  return kills;
}

async function blow({ faults }: WorkParts, startedAt: number, durationMs: number): Promise<number> {
  let blows = 0;
  while (performance.now() - startedAt < durationMs) {
    await sleep(betweenBlowsMs);
    // Some need something to strike at: an event, a session.
    await faults.blow().then(
      () => (blows += 1),
      () => undefined,
    );
  }
  return blows;
}
