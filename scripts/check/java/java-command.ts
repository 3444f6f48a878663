import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

/** The oldest Java that runs the checks; apex-ls and PMD are both tried on it. */
const OLDEST_MAJOR_VERSION = 17;

export interface JavaCommand {
  readonly path: string;
  readonly majorVersion: number;
}

/** Finds Java at `JAVA_HOME` or on the path; undefined when there is none or it is too old. */
export async function findJava(): Promise<JavaCommand | undefined> {
  const home = process.env["JAVA_HOME"];
  const candidates = home ? [path.join(home, "bin", "java"), "java"] : ["java"];
  for (const candidate of candidates) {
    const majorVersion = await readMajorVersion(candidate);
    if (majorVersion !== undefined && majorVersion >= OLDEST_MAJOR_VERSION) {
      return { path: candidate, majorVersion };
    }
  }
  return undefined;
}

/** What to say when a check cannot run for want of Java. */
export const javaMissing = `needs Java ${OLDEST_MAJOR_VERSION} or newer on the path or in JAVA_HOME`;

async function readMajorVersion(command: string): Promise<number | undefined> {
  try {
    // Java writes its version to stderr: openjdk version "17.0.15" 2025-04-15
    const { stderr } = await promisify(execFile)(command, ["-version"]);
    const major = /version "(\d+)/.exec(stderr)?.[1];
    return major === undefined ? undefined : Number(major);
  } catch {
    return undefined;
  }
}
