/** Runs one of the repository's scripts as a person would, and ends it whatever happens. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export interface RunningScript {
  /** The next line of stdout. @throws when the script ends before it */
  nextLine(): Promise<string>;
  signal(name: NodeJS.Signals): void;
  /** Fulfils when the script has ended. */
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

const running = new Set<() => Promise<unknown>>();

/** For `afterEach`: nothing that was started stays. */
export async function endScripts(): Promise<void> {
  await Promise.all([...running].map((end) => end()));
}

export function runScript(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): RunningScript {
  const child = spawn(process.execPath, ["--import", "tsx", script, ...args], {
    env: { ...process.env, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, "close").then(([code]) => {
    running.delete(end);
    return { code: code as number | null, ...output };
  });
  const end = () => {
    child.kill("SIGTERM");
    return ended;
  };
  running.add(end);
  return {
    nextLine: async () => {
      const next = await lines.next();
      if (next.done) throw new Error(`${script} ended without a line on stdout: ${output.stderr}`);
      return next.value;
    },
    signal: (name) => child.kill(name),
    ended,
  };
}
