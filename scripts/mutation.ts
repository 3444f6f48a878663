/** `npm run mutation`: Stryker, installed by its first use; stryker.config.mjs says what it changes. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { installTool } from "./tools/install-tool.ts";

const stryker = path.join(
  installTool("mutation"),
  "node_modules/@stryker-mutator/core/bin/stryker.js",
);
const args = [stryker, "run", ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, args, { stdio: "inherit" }).status ?? 1;
