import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

const packageDir = "force-app";

/** Names of the package's classes that hold tests, in whichever folder they are. */
export function testClassNames(): string[] {
  return readdirSync(packageDir, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".cls"))
    .filter((name) => /@istest\s+static\b/i.test(readFileSync(join(packageDir, name), "utf8")))
    .map((name) => basename(name, ".cls"))
    .sort();
}
