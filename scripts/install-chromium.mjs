#!/usr/bin/env node
/**
 * Makes sure that the browser tests have a Chromium: finds one, or installs Debian's package when
 * it may. Prints the browser's path, or says what to install and exits with 1.
 * With --find it only looks and never installs.
 */
import { spawnSync } from "node:child_process";
import console from "node:console";
import { accessSync, constants } from "node:fs";
import process from "node:process";

const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/microsoft-edge",
  "/snap/bin/chromium",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

const debianPackages = ["chromium", "fonts-dejavu-core"];

const advice = `No Chromium found. Do one of these:
  Debian:         sudo apt-get update && sudo apt-get install ${debianPackages.join(" ")}
  Ubuntu:         install Google Chrome, or sudo snap install chromium
  macOS, Windows: install Google Chrome
  elsewhere:      set CHROMIUM_PATH to any Chromium or Chrome executable`;

function isAccessible(path, mode) {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}

const isExecutable = (path) => isAccessible(path, constants.X_OK);

/** The path of a usable Chromium, or undefined. `CHROMIUM_PATH` wins over the usual places. */
function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) return isExecutable(chosen) ? chosen : undefined;
  return usualPlaces.find(isExecutable);
}

function mayUseApt() {
  return (
    process.getuid?.() === 0 &&
    isExecutable("/usr/bin/apt-get") &&
    isAccessible("/etc/debian_version", constants.R_OK)
  );
}

function apt(...args) {
  // apt's own talk goes to stderr, so that stdout holds nothing but the path.
  const { status } = spawnSync("apt-get", args, {
    stdio: ["ignore", 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  return status === 0;
}

function installWithApt() {
  return apt("update") && apt("install", "-y", "--no-install-recommends", ...debianPackages);
}

function main(onlyFind) {
  if (process.env.CHROMIUM_PATH && !findChromium()) {
    console.error(`CHROMIUM_PATH is ${process.env.CHROMIUM_PATH}, which can't be executed.`);
    return 1;
  }
  let path = findChromium();
  if (!path && !onlyFind && mayUseApt()) {
    console.error(`No Chromium found: installing ${debianPackages.join(" and ")} with apt-get.`);
    if (installWithApt()) path = findChromium();
  }
  if (!path) {
    console.error(advice);
    return 1;
  }
  console.log(path);
  return 0;
}

process.exitCode = main(process.argv.includes("--find"));
