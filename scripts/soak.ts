/**
 * `npm run soak`: the simulation over as many seeds as wanted. It is bundled first, which makes it
 * start and run faster, and lets a known bug be planted in the service's source on the way.
 */
import { rmSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { bundleSoak } from "../simulation/seeded-bugs/bundle-soak.ts";

interface SoakModule {
  readonly runSoak: () => Promise<number>;
}

const at = process.argv.indexOf("--planted");
const file = await bundleSoak(at === -1 ? null : (process.argv[at + 1] ?? ""));
const { runSoak } = (await import(pathToFileURL(file).href)) as SoakModule;
rmSync(file);
process.exitCode = await runSoak();
