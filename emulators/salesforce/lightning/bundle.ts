import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

const folder = ".cache/lightning";
const here = "emulators/salesforce/lightning";
const keptScripts = 8;
/** What the script holds beside the package's own components. */
const builtFrom = ["lwc", "@lwc/compiler", "lightning-base-components", "esbuild"];

/** Lightning could not be built; the message holds what the compiler says. */
export class BundleError extends Error {
  override readonly name = "BundleError";
}

/**
 * The package's components as one script for the browser. It is built when a page first asks for
 * it, by a process of its own, and kept under `.cache/lightning` until a source changes.
 */
export class LightningBundle {
  private readonly building = new Map<string, Promise<string>>();

  constructor(
    private readonly sourceDirs: readonly string[],
    private readonly components: readonly string[],
  ) {}

  /**
   * @param isDebug with LWC's own warnings on the console, and slower
   * @returns the script's path
   * @throws BundleError
   */
  async script(isDebug: boolean): Promise<string> {
    const outFile = path.resolve(folder, `${this.fingerprint(isDebug)}.js`);
    if (existsSync(outFile)) return outFile;
    const started = this.building.get(outFile) ?? this.build(outFile, isDebug);
    this.building.set(outFile, started);
    try {
      return await started;
    } finally {
      this.building.delete(outFile);
    }
  }

  private async build(outFile: string, isDebug: boolean): Promise<string> {
    mkdirSync(folder, { recursive: true });
    const { sourceDirs, components } = this;
    const order = JSON.stringify({ sourceDirs, components, isDebug, outFile });
    const script = path.resolve(here, "build/build-bundle.ts");
    try {
      await promisify(execFile)(process.execPath, ["--import", "tsx", script, order]);
    } catch (error) {
      throw new BundleError(`The Lightning components can't be built.\n${outputOf(error)}`);
    }
    forgetOldScripts();
    return outFile;
  }

  private fingerprint(isDebug: boolean): string {
    const hash = createHash("sha256").update(JSON.stringify([this.components, isDebug]));
    for (const name of builtFrom) {
      hash.update(readFileSync(`node_modules/${name}/package.json`));
    }
    const folders = [...this.sourceDirs.map((dir) => path.join(dir, "lwc")), here];
    for (const dir of folders) {
      // Wherever the folder lies: a deployed component is the same as one in the project.
      for (const file of filesBelow(dir)) {
        hash.update(path.relative(dir, file)).update(readFileSync(file));
      }
    }
    return hash.digest("hex").slice(0, 32);
  }
}

/** Another branch's script may be wanted again soon, but not those of last month. */
function forgetOldScripts(): void {
  const scripts = readdirSync(folder)
    .filter((name) => name.endsWith(".js"))
    .map((name) => path.join(folder, name))
    .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  for (const script of scripts.slice(keptScripts)) rmSync(script, { force: true });
}

function filesBelow(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("__tests__"))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

function outputOf(error: unknown): string {
  if (typeof error === "object" && error !== null && "stderr" in error) {
    return String(error.stderr);
  }
  return String(error);
}
