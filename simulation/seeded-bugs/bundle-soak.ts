/** Bundles the soak with the service's source, with a bug planted in it or as it is. */
import type { SeededBug } from "./seeded-bug.ts";
import { readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import { seededBugs } from "./bugs.ts";

/**
 * @param name of a seeded bug; null: none
 * @returns the bundle's path
 * @throws when there is no such bug, or its place in the source is no longer there
 */
export async function bundleSoak(name: string | null): Promise<string> {
  const bug = name === null ? null : seededBugs.find((it) => it.name === name);
  if (bug === undefined) {
    const known = seededBugs.map((it) => it.name).join(", ");
    throw new Error(`There is no seeded bug "${name ?? ""}". Choose one of: ${known}`);
  }
  const outfile = join("dist", "simulation", `soak-${name ?? "plain"}-${process.pid}.mjs`);
  await build({
    entryPoints: ["simulation/soak-command.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    sourcemap: "inline",
    logLevel: "error",
    plugins: bug === null ? [] : [planting(bug)],
  });
  return resolve(outfile);
}

function planting(bug: SeededBug): Plugin {
  return {
    name: "planted-bug",
    setup(context) {
      context.onLoad({ filter: /[/\\]middleware[/\\].*\.ts$/ }, ({ path }) => {
        const file = relative(process.cwd(), path).replaceAll("\\", "/");
        const changes = bug.changes.filter((change) => change.file === file);
        if (changes.length === 0) return undefined;
        const source = readFileSync(path, "utf8");
        return { contents: changes.reduce(plant, source), loader: "ts" };
      });
    },
  };
}

/** @throws when the place is not there exactly once */
export function plant(
  source: string,
  { file, find, replace }: SeededBug["changes"][number],
): string {
  const places = source.split(find).length - 1;
  if (places === 1) return source.replace(find, () => replace);
  throw new Error(
    `${file} has ${places} places like this one, so the bug can't be planted; bring bugs.ts in line with the source:\n${find}`,
  );
}
