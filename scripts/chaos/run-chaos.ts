/** The live proof from start to end: work under faults and kills, quiet, comparison. */
import { buildMiddleware } from "../support/middleware-process.ts";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createRandom, type Random } from "../../simulation/engine/random.ts";
import { freePort } from "../support/free-port.ts";
import { findDifferences, findLeftovers } from "./compare.ts";
import { createFaults } from "./faults.ts";
import { startNode, type NodeProcess } from "./node-process.ts";
import type { ChaosOptions } from "./options.ts";
import { findPeople } from "./people.ts";
import { createProbe } from "./probe.ts";
import { untilQuiet } from "./quiet.ts";
import type { Report } from "./report.ts";
import { watchStore } from "./store-figures.ts";
import { readSystemFigures } from "./system-figures.ts";
import { workUnderFaults } from "./work-under-faults.ts";
import { startWorld, type World } from "./world.ts";

/** @param progress takes a line now and then */
export async function runChaos(
  options: ChaosOptions,
  progress: (line: string) => void,
): Promise<Report> {
  buildMiddleware();
  if (options.logFolder !== null) mkdirSync(options.logFolder, { recursive: true });
  const random = createRandom(options.seed);
  const nodes: NodeProcess[] = [];
  // A load balancer with health checks: to one that accepts, while there is one.
  const world = await startWorld(options, () => {
    const accepting = nodes.filter((node) => node.phase() === "accepting");
    const choice = accepting.length > 0 ? accepting : nodes;
    return choice.length === 0 ? 0 : random.pick(choice).port;
  });
  try {
    return await prove(world, nodes, options, random, progress);
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    await world.close();
  }
}

async function prove(
  world: World,
  nodes: NodeProcess[],
  options: ChaosOptions,
  random: Random,
  progress: (line: string) => void,
): Promise<Report> {
  const people = await findPeople(world, options.seed);
  const probe = await createProbe(world, people.pairs[0]?.eventId ?? "");
  for (let nth = 1; nth <= options.nodes; nth += 1) {
    const port = await freePort();
    const logFile = options.logFolder === null ? null : join(options.logFolder, `node-${nth}.log`);
    nodes.push(startNode({ port, env: world.environment(port), logFile, probe }));
  }
  progress(
    `${people.pairs.length} links, ${options.nodes} process(es): waiting for the first quiet`,
  );
  await untilQuiet(world, nodes, { withinMs: 120_000, sweep: false });

  const store = await watchStore(world);
  const startedAt = performance.now();
  const lossy = options.sweepSeconds > 0;
  const faults = createFaults(world, random, {
    seed: options.seed,
    lossy,
    scale: options.faultScale,
  });
  const work = await workUnderFaults({ world, nodes, people, faults, options, random, progress });
  const workedMs = performance.now() - startedAt;
  const faultsEndedAt = Date.now();
  progress("faults end; waiting for quiet");
  const quiet = await untilQuiet(world, nodes, { withinMs: 360_000, sweep: lossy });
  const figures = await readSystemFigures(world);
  const ends = await Promise.all(nodes.map((node) => node.stop()));
  const unexpectedEnds = nodes.reduce((sum, node) => sum + node.unexpectedEnds(), 0);
  const restartsMs = nodes.flatMap((node) => node.restartsMs());
  nodes.length = 0;
  return {
    options,
    taken: people.taken(),
    ...work,
    ...figures,
    store: await store.end(),
    ...(await findLeftovers(world, people, faultsEndedAt)),
    differences: await findDifferences(world, people),
    ends,
    unexpectedEnds,
    restartsMs,
    workedMs,
    ...quiet,
    struck: Object.fromEntries(
      Object.entries(world.proxies).map(([name, proxy]) => [name, proxy.struck()]),
    ),
  };
}
