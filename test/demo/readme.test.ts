/** README.md's commands, as somebody types them who has just cloned the repository. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { eventuallyHolds } from "../support/eventually.ts";
import { writtenCommands } from "../support/written-commands.ts";

/** What is not played here, and why. */
const leftOut: Readonly<Record<string, string>> = {
  "npm ci": "the packages are there",
  "npm test": "this runs within it",
};

let clone: string;
beforeAll(() => {
  clone = mkdtempSync(path.join(os.tmpdir(), "clone-"));
  const tracked = execFileSync("git", ["ls-files", "-z"], { encoding: "utf8" }).split("\0");
  for (const file of tracked.filter((name) => name !== "" && existsSync(name))) {
    cpSync(file, path.join(clone, file));
  }
  symlinkSync(path.resolve("node_modules"), path.join(clone, "node_modules"));
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

test("the quick start brings up all three, and Ctrl-C ends them", async () => {
  const quickStart = writtenCommands("README.md").filter(
    ({ chapter }) => chapter === "Quick start",
  );
  const steps = quickStart.flatMap(({ command }) => command.split(" && "));
  expect(steps.filter((step) => !(step in leftOut))).toEqual(["npm run demo"]);

  const demo = spawn("npm", ["run", "demo"], { cwd: clone, stdio: "pipe", detached: true });
  const ended = once(demo, "exit");
  try {
    const addresses = await readAddresses(createInterface({ input: demo.stdout }));
    for (const address of addresses) expect((await fetch(address)).status).toBeLessThan(500);
    process.kill(-demo.pid!, "SIGINT");
    await eventuallyHolds("nothing answers any more", async () => {
      for (const address of addresses) await expect(fetch(address)).rejects.toThrow("fetch failed");
    });
    await ended;
  } finally {
    // A process that a signal ended has no exit code.
    if (demo.exitCode === null && demo.signalCode === null) process.kill(-demo.pid!, "SIGKILL");
  }
}, 240_000);

/** @returns where the three parts answer, once the demo says that it is ready */
async function readAddresses(lines: AsyncIterable<string>): Promise<string[]> {
  const addresses: string[] = [];
  let isReady = false;
  for await (const line of lines) {
    isReady ||= line.startsWith("Ready.");
    const found = /^ {2}(?:Circa|Salesforce|Middleware)\s+(http:\S+)$/.exec(line);
    if (isReady && found?.[1] !== undefined) addresses.push(found[1]);
    if (addresses.length === 3) return addresses;
  }
  throw new Error("The demo ended before it was ready.");
}

test.each(["README.md", "CONTRIBUTING.md"])("%s names only scripts that are there", (document) => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
    scripts: Record<string, string>;
  };
  const written = readFileSync(document, "utf8");
  const named = [...written.matchAll(/npm (?:run (?:--silent )?)?([a-z:]+)/g)].map(
    ([, name]) => name!,
  );
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((name) => name !== "ci" && !(name in scripts))).toEqual([]);
  const paths = [...written.matchAll(/npx jest ([a-z/]+)/g)].map(([, folder]) => folder!);
  expect(paths.filter((folder) => !existsSync(folder))).toEqual([]);
});

test("CONTRIBUTING.md names only files that are there", () => {
  const written = readFileSync("CONTRIBUTING.md", "utf8");
  const named = [...written.matchAll(/`([\w.-]+\/[\w./-]+)`/g)].map(([, file]) => file!);
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((file) => !existsSync(file))).toEqual([]);
});
