/** Edits at their rate, kill -9 at random moments and blows in between, until all are done. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../../simulation/engine/random.ts";
import type { Faults } from "./faults.ts";
import type { NodeProcess, Phase } from "./node-process.ts";
import type { ChaosOptions } from "./options.ts";
import type { People } from "./people.ts";
import type { World } from "./world.ts";

export interface WorkParts {
  readonly world: World;
  readonly nodes: readonly NodeProcess[];
  readonly people: People;
  readonly faults: Faults;
  readonly options: ChaosOptions;
  readonly random: Random;
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
/** Of so many kills one strikes in the middle of a sweep, and one in the middle of a start. */
const killsPerSweepKill = 10;
const killsPerStartKill = 5;
/** Longer than any start takes until it listens. */
const startMs = 1_000;
/** A process that does not come up by then is killed as it is. */
const startWithinMs = 15_000;

export async function workUnderFaults(parts: WorkParts): Promise<WorkDone> {
  const { faults, people, progress } = parts;
  const startedAt = performance.now();
  let killing = true;
  const telling = setInterval(() => {
    const taken = Object.values(people.taken()).join(" + ");
    progress(`${Math.round((performance.now() - startedAt) / 1_000)} s: ${taken} edits`);
  }, 20_000);
  await faults.begin();
  try {
    const killed = kill(parts).finally(() => (killing = false));
    const edited = edit(parts, () => killing);
    const blows = blow(parts, edited);
    return { refusedEdits: await edited, kills: await killed, blows: await blows };
  } finally {
    clearInterval(telling);
    await faults.end();
  }
}

/**
 * Open-loop: a slow system does not slow the people down. Continues until there are as many edits
 * as wanted and no node is killed any more.
 * @returns how many were refused
 */
async function edit({ people, options }: WorkParts, killing: () => boolean): Promise<number> {
  let refused = 0;
  let done = 0;
  const under = new Set<Promise<void>>();
  const startedAt = performance.now();
  const total = () => Object.values(people.taken()).reduce((sum, count) => sum + count, 0);
  while (total() < options.edits * 2 || killing()) {
    const due = ((performance.now() - startedAt) * options.editsPerSecond) / 1_000;
    for (; done < due; done += 1) {
      const editing = people
        .editOnce()
        .catch(() => void (refused += 1))
        .finally(() => under.delete(editing));
      under.add(editing);
    }
    await sleep(5);
  }
  await Promise.all(under);
  return refused;
}

async function kill({ nodes, options, random, world }: WorkParts): Promise<WorkDone["kills"]> {
  const kills = { starting: 0, accepting: 0, sweeping: 0 };
  for (let nth = 1; nth <= options.kills; nth += 1) {
    const node = random.pick(nodes);
    if (nth % killsPerStartKill === 0 && node.phase() === "starting") {
      await sleep(random.next() * startMs);
    } else {
      const patience = performance.now() + startWithinMs;
      while (node.phase() === "starting" && performance.now() < patience) await sleep(10);
      await sleep((random.next() * options.lifeSeconds * 1_000) / nodes.length);
    }
    const sweeping = nth % killsPerSweepKill === 1 && node.phase() === "accepting";
    if (sweeping) {
      void fetch(`http://127.0.0.1:${node.port}/api/sweep`, {
        method: "POST",
        headers: { authorization: `Bearer ${world.adminToken}` },
      }).catch(() => undefined);
      await sleep(random.next() * 200);
    }
    kills[sweeping ? "sweeping" : node.phase()] += 1;
    node.killAndRestart();
  }
  return kills;
}

async function blow({ faults }: WorkParts, edited: Promise<unknown>): Promise<number> {
  let blows = 0;
  const over = new AbortController();
  void edited.finally(() => over.abort());
  while (!over.signal.aborted) {
    await sleep(betweenBlowsMs);
    // Some need something to strike at: an event, a session.
    await faults.blow().then(
      () => (blows += 1),
      () => undefined,
    );
  }
  return blows;
}
