import { spawnSync } from "node:child_process";

/**
 * Like `describe`, for checks that need Java 17 or newer. Without it they are skipped, but never on a
 * build server, where they would prove nothing without anybody noticing.
 */
export function describeWithJava(name: string, tests: () => void): void {
  const { stderr } = spawnSync("java", ["-version"], { encoding: "utf8" });
  const majorVersion = Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  const mayRun = majorVersion >= 17 || Boolean(process.env["CI"]);
  (mayRun ? describe : describe.skip)(name, tests);
}
