/** Programs of this repository as one file each, which starts in a moment. */
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** Below node_modules, so that it finds what the middleware depends on. */
const folder = "node_modules/.cache/event-info-sync";

export function bundle(entry: string, outfile: string): void {
  const options = ["--bundle", "--platform=node", "--target=node20", "--format=esm"];
  execFileSync(process.execPath, [
    "node_modules/esbuild/bin/esbuild",
    entry,
    ...options,
    "--packages=external",
    "--sourcemap=inline",
    "--log-level=warning",
    `--outfile=${outfile}`,
  ]);
}

let built: URL | null = null;

/** The door's thread; built once for each test file. */
export function doorProgram(): URL {
  if (built !== null) return built;
  const file = `${folder}/door-worker-${process.pid}.mjs`;
  bundle("middleware/http/door/door-worker.ts", file);
  process.once("exit", () => rmSync(file, { force: true }));
  return (built = pathToFileURL(resolve(file)));
}
