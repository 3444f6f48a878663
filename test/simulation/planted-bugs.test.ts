/** The proof of the proof: bugs planted in the service's source are found by the simulation. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { bulkhead } from "cockatiel";
import { plantedBugs, type PlantedBug } from "./planted/bugs.ts";

/** Most are found by the first few; the run ends with the first that fails. */
const seeds = "80";
const operations = "200";
const atOnce = bulkhead(2, Number.POSITIVE_INFINITY);

interface Run {
  readonly status: number | string;
  readonly output: string;
}

function soakWith({ name, needsSweep, fromSeed = 1 }: PlantedBug): Promise<Run> {
  const size = ["--from-seed", String(fromSeed), "--seeds", seeds, "--ops", operations];
  const sweep = needsSweep === true ? [] : ["--no-sweep"];
  const all = [
    "--import",
    "tsx",
    "scripts/soak.ts",
    "--planted",
    name,
    "--no-shrink",
    ...size,
    ...sweep,
  ];
  return atOnce.execute(
    () =>
      new Promise((resolve) => {
        execFile(process.execPath, all, (error, stdout, stderr) =>
          resolve({
            status: error === null ? 0 : (error.code ?? "killed"),
            output: stdout + stderr,
          }),
        );
      }),
  );
}

describe("a planted bug is found", () => {
  test.concurrent.each(plantedBugs)(
    "$name: $meaning",
    async (bug) => {
      const { status, output } = await soakWith(bug);
      expect({ status, output }).toEqual({
        status: 1,
        output: expect.stringMatching(/seed \d+ fails:\n(I\d+|never settles|problem)/) as string,
      });
    },
    600_000,
  );
});

test.each(plantedBugs)("$name has its place in the source", ({ changes }) => {
  for (const { file, find } of changes) {
    expect(readFileSync(file, "utf8").split(find)).toHaveLength(2);
  }
});
