/** The proof of the proof: bugs planted in the service's source are found by the simulation. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { bulkhead } from "cockatiel";
import { plantedBugs, type PlantedBug } from "./planted/bugs.ts";

/** Most are found by the first few; the run ends with the first that fails. */
const seeds = "80";
const usualOperations = 200;
const atOnce = bulkhead(2, Number.POSITIVE_INFINITY);

interface Run {
  readonly status: number | string;
  readonly output: string;
}

function soak(bug: PlantedBug, args: readonly string[]): Promise<Run> {
  const { needsSweep, operations = usualOperations } = bug;
  const sweep = needsSweep === true ? [] : ["--no-sweep"];
  const ops = ["--ops", String(operations)];
  const command = ["--import", "tsx", "scripts/soak.ts", "--no-shrink", ...ops];
  return atOnce.execute(
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

const failure = /seed (\d+) fails:\n(I\d+|never settles|problem)/;

describe("a planted bug is found, and nothing is without it", () => {
  test.concurrent.each(plantedBugs)(
    "$name: $meaning",
    async (bug) => {
      const { name, fromSeed = 1 } = bug;
      const from = ["--from-seed", String(fromSeed), "--seeds", seeds];
      const { status, output } = await soak(bug, ["--planted", name, ...from]);
      expect({ status, output }).toEqual({
        status: 1,
        output: expect.stringMatching(failure) as string,
      });
      const seed = failure.exec(output)?.[1] ?? "";
      const plain = await soak(bug, ["--from-seed", seed, "--seeds", "1"]);
      expect(plain).toEqual({ status: 0, output: expect.stringContaining("0 failed") as string });
    },
    600_000,
  );
});

test.each(plantedBugs)("$name has its place in the source", ({ changes }) => {
  expect.hasAssertions();
  for (const { file, find } of changes) {
    expect(readFileSync(file, "utf8").split(find)).toHaveLength(2);
  }
});
