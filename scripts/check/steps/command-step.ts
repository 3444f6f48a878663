import { spawn } from "node:child_process";
import type { Step } from "./step.ts";

/** A step that runs a program of this project's development dependencies and passes when it ends with 0. */
export function commandStep(name: string, script: string, args: readonly string[]): Step {
  return {
    name,
    run: () =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [`node_modules/${script}`, ...args], {
          stdio: ["ignore", "pipe", "pipe"],
        });
        const chunks: Buffer[] = [];
        child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
        child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
        child.on("error", reject);
        child.on("close", (code) => {
          const isPassed = code === 0;
          resolve({
            state: isPassed ? "passed" : "failed",
            output: isPassed ? "" : Buffer.concat(chunks).toString("utf8").trim(),
          });
        });
      }),
  };
}
