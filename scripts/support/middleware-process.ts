/** The middleware as a process of its own, the way `npm start` runs it. */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { WaitTimeoutError, waitUntil } from "../../emulators/wait-until.ts";

const program = resolve("dist/middleware.js");

/** Writes `dist/middleware.js`. @throws when it can't be built; standard error has the reason */
export function buildMiddleware(): void {
  execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: ["ignore", 2, 2] });
}

/**
 * Runs it until it ends by itself.
 * @param env its whole environment
 * @param cwd where it looks for `.env`
 */
export async function runMiddleware(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd = process.cwd(),
) {
  const child = spawn(process.execPath, [program, ...args], { env, cwd });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number]>,
  ]);
  return { code, stdout, stderr };
}

/**
 * Only starts it. It ends with this process.
 * @param env on top of this process's environment
 */
export function spawnMiddleware(
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): ChildProcess {
  // Its own process group: Ctrl-C reaches the demo only, which then stops its parts in order.
  const child = spawn(
    process.execPath,
    ["--enable-source-maps", "--max-semi-space-size=8", program, ...args],
    {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      detached: true,
    },
  );
  const killNow = () => child.kill("SIGKILL");
  process.once("exit", killNow);
  child.once("exit", () => process.off("exit", killNow));
  return child;
}

export interface MiddlewareProcess {
  readonly url: string;
  readonly pid: number;
  /** Fulfils with a description when the process ends, wanted or not. */
  readonly ended: Promise<string>;
  /** The latest lines of its log. */
  logTail(): readonly string[];
  /** Asks it to stop, and kills it when it has not after 15 s. */
  stop(): Promise<void>;
}

export interface MiddlewareOptions {
  /** The configuration, on top of this process's environment. Blank counts as not set. */
  readonly env: Readonly<Record<string, string>>;
  readonly onLogLine?: (line: string) => void;
  /** On its command line. @default none */
  readonly args?: readonly string[];
  /** @default 60000 */
  readonly readyWithinMs?: number;
}

const tailLength = 40;
const stopWithinMs = 15_000;

/**
 * Starts `dist/middleware.js` and waits until its health check says ready.
 * @throws WaitTimeoutError with the end of its log when it ends or stays unready
 */
export async function startMiddleware(options: MiddlewareOptions): Promise<MiddlewareProcess> {
  const tail: string[] = [];
  const seen: { address: string | null; end: string | null } = { address: null, end: null };
  const child = spawnMiddleware(options.env, options.args);
  const killNow = () => child.kill("SIGKILL");
  const ended = once(child, "close").then(([code, signal]) => {
    return (seen.end = signal === null ? `exit code ${String(code)}` : `by ${String(signal)}`);
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on("line", (line) => {
      tail.push(line);
      if (tail.length > tailLength) tail.shift();
      options.onLogLine?.(line);
    });
  }
  child.on("message", (message) => (seen.address ??= addressIn(message)));
  try {
    await waitUntil({
      wanted: "its health check to say ready",
      read: () => readHealth(seen.address),
      holds: (health) => health === 200 || seen.end !== null,
      deadlineMs: options.readyWithinMs ?? 60_000,
    });
    if (seen.end !== null) throw new WaitTimeoutError(`It ended at its start (${seen.end})`);
  } catch (error) {
    killNow();
    await ended;
    const reason = error instanceof Error ? error.message : String(error);
    throw new WaitTimeoutError(
      `The middleware did not start. ${reason}. The end of its log:\n${tail.join("\n")}`,
    );
  }
  return {
    url: seen.address ?? "",
    pid: child.pid ?? 0,
    ended,
    logTail: () => tail,
    stop: async () => {
      child.kill("SIGTERM");
      const patience = setTimeout(killNow, stopWithinMs);
      await ended;
      clearTimeout(patience);
    },
  };
}

/** The status of the health check, or why there is none yet. */
async function readHealth(address: string | null): Promise<number | string> {
  if (address === null) return "it does not listen yet";
  const answer = await fetch(`${address}/health/ready`);
  return answer.status === 200 ? 200 : `${answer.status} ${await answer.text()}`;
}

/** Where the middleware listens, which it tells its parent whatever it logs. */
function addressIn(message: unknown): string | null {
  const { listening } = message as { listening?: unknown };
  return typeof listening === "string" ? listening : null;
}
