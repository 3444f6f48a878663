#!/usr/bin/env node
// `npx sf`: the Salesforce CLI of this repository, installed by whoever calls it first.
import { spawnSync } from "node:child_process";
import console from "node:console";
import process from "node:process";
import { fileURLToPath, URL } from "node:url";
import { register } from "tsx/esm/api";

register();
const { salesforceCliProgram } = await import("../tools/salesforce-cli.ts");
try {
  const cli = salesforceCliProgram(fileURLToPath(new URL("../..", import.meta.url)));
  const { status } = spawnSync(process.execPath, [cli, ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
