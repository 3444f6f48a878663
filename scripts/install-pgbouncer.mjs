#!/usr/bin/env node
/**
 * Makes sure that the tests have a PgBouncer: finds one, or installs Debian's package when it may.
 * Prints the program's path, or says what to install and exits with 1.
 * With --find it only looks and never installs.
 */
import { spawnSync } from "node:child_process";
import console from "node:console";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";

const folders = [
  ...(process.env.PATH ?? "").split(delimiter),
  "/usr/sbin",
  "/usr/local/sbin",
  "/opt/homebrew/bin",
];

const advice = `No PgBouncer found. Do one of these:
  Debian, Ubuntu: sudo apt-get update && sudo apt-get install pgbouncer
  macOS:          brew install pgbouncer
  elsewhere:      put the program pgbouncer on the PATH`;

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const find = () => folders.map((folder) => join(folder, "pgbouncer")).find(isExecutable);

function mayUseApt() {
  return process.getuid?.() === 0 && isExecutable("/usr/bin/apt-get");
}

function apt(...args) {
  // apt's own talk goes to stderr, so that stdout holds nothing but the path.
  const { status } = spawnSync("apt-get", args, {
    stdio: ["ignore", 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  return status === 0;
}

function main(onlyFind) {
  let path = find();
  if (!path && !onlyFind && mayUseApt()) {
    console.error("No PgBouncer found: installing pgbouncer with apt-get.");
    if (apt("update") && apt("install", "-y", "--no-install-recommends", "pgbouncer"))
      path = find();
  }
  console[path ? "log" : "error"](path ?? advice);
  return path ? 0 : 1;
}

process.exitCode = main(process.argv.includes("--find"));
