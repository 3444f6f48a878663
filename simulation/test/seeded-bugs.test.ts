/** The proof of the proof: bugs planted in the service's source are found by the simulation. */
import type { SeededBug } from "../seeded-bugs/seeded-bug.ts";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import pLimit from "p-limit";
import { generateHistory } from "../history/invent.ts";
import { seededBugs } from "../seeded-bugs/bugs.ts";
import { simulate } from "../simulation.ts";
import type { SharedStore } from "../store/shared-store.ts";
import { createStore } from "../store/node-database.ts";

/** Most are found by the first few; the run ends with the first that fails. */
const seeds = "80";
const defaultOperations = 200;
// Other suites run beside this one, and each history without the bug beside the next one with one.
const atOnce = pLimit(1);
const oneAtATime = pLimit(1);

let store: SharedStore;
beforeAll(async () => {
  store = await createStore();
});
afterAll(() => {
  store.raw.close();
});

interface Run {
  readonly status: number | string;
  readonly output: string;
}

function soak(bug: SeededBug): Promise<Run> {
  const { name, fromSeed = 1, kinds, needsSweep, operations = defaultOperations } = bug;
  const sweep = needsSweep === true ? [] : ["--no-sweep"];
  const ops = ["--ops", String(operations)];
  const from = ["--from-seed", String(fromSeed), "--seeds", seeds];
  const wanted = kinds === undefined ? [] : ["--kinds", kinds.join(",")];
  const args = ["--planted", name, ...from, ...wanted];
  const command = ["--import", "tsx", "scripts/soak.ts", "--no-shrink", ...ops];
  return atOnce(
    () =>
      new Promise((resolve) => {
        execFile(process.execPath, [...command, ...args, ...sweep], (error, stdout, stderr) =>
          resolve({
            status: error === null ? 0 : (error.code ?? "killed"),
            output: stdout + stderr,
          }),
        );
      }),
  );
}

/** `simulation.test.ts` has it among its own. */
const isRunAnyway = ({ kinds, operations }: SeededBug, seed: number) =>
  kinds === undefined && operations === undefined && seed <= 30;

/** The same history without the bug. */
async function plainly(bug: SeededBug, seed: number): Promise<readonly unknown[]> {
  const { kinds, needsSweep, operations = defaultOperations } = bug;
  const history = generateHistory(seed, { operations, sweep: needsSweep === true, kinds });
  const { findings } = await oneAtATime(() => simulate(store, history));
  return findings;
}

const failure = /seed (\d+) fails:\n(I\d+|never settles|problem)/;

describe("a planted bug is found, and nothing is without it", () => {
  test.concurrent.each(seededBugs)(
    "$name: $meaning",
    async (bug) => {
      const { status, output } = await soak(bug);
      expect({ status, output }).toEqual({
        status: 1,
        output: expect.stringMatching(failure) as string,
      });
      const seed = Number(failure.exec(output)?.[1]);
      const findings = isRunAnyway(bug, seed) ? [] : await plainly(bug, seed);
      expect(findings).toEqual([]);
    },
    600_000,
  );
});

test.each(seededBugs)("$name has its place in the source", ({ changes }) => {
  expect.hasAssertions();
  for (const { file, find } of changes) {
    expect(readFileSync(file, "utf8").split(find)).toHaveLength(2);
  }
});
