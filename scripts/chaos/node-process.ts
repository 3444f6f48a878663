/** One middleware process: started as `npm start` does, killed, and started again at once. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { spawnMiddleware } from "../support/middleware-process.ts";

export type Phase = "starting" | "accepting";

export interface NodeProcess {
  readonly port: number;
  phase(): Phase;
  /** SIGKILL now, and the next process at once. */
  killAndRestart(): void;
  /** Milliseconds from each start to its first accepted webhook; killed ones are left out. */
  restartsMs(): readonly number[];
  /** Times it ended without being killed. */
  unexpectedEnds(): number;
  /** Ends it in order. @returns how it ended */
  stop(): Promise<string>;
}

export interface NodeOptions {
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string | null;
  /** Sends a webhook to it. @returns true when it was accepted */
  readonly probe: (port: number) => Promise<boolean>;
}

const betweenProbesMs = 10;

export function startNode({ port, env, logFile, probe }: NodeOptions): NodeProcess {
  const log: WriteStream | null = logFile === null ? null : createWriteStream(logFile);
  const restartsMs: number[] = [];
  let child: ChildProcess;
  let phase: Phase = "starting";
  let killed = false;
  let stopping = false;
  let unexpectedEnds = 0;

  const start = () => {
    phase = "starting";
    const startedAt = performance.now();
    const started = spawnMiddleware(env);
    child = started;
    killed = false;
    // Its port and its folder are free once it is gone.
    started.once("exit", () => {
      if (stopping) return;
      if (!killed) unexpectedEnds += 1;
      start();
    });
    for (const output of [started.stdout, started.stderr]) {
      if (log === null) output?.resume();
      else output?.pipe(log, { end: false });
    }
    const lives = () =>
      started === child && started.exitCode === null && started.signalCode === null;
    void (async () => {
      while (lives()) {
        if ((await probe(port)) && lives()) {
          phase = "accepting";
          restartsMs.push(performance.now() - startedAt);
          return;
        }
        await sleep(betweenProbesMs);
      }
    })();
  };
  start();
  return {
    port,
    phase: () => phase,
    killAndRestart() {
      killed = true;
      child.kill("SIGKILL");
    },
    unexpectedEnds: () => unexpectedEnds,
    restartsMs: () => restartsMs,
    async stop() {
      stopping = true;
      const ended = once(child, "exit") as Promise<[number | null, string | null]>;
      child.kill("SIGTERM");
      const [code, signal] = await ended;
      log?.end();
      return signal ?? `exit code ${String(code)}`;
    },
  };
}
