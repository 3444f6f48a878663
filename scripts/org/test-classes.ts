import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const classesDir = "force-app/main/default/classes";

/** Names of the package's classes that hold tests. */
export function testClassNames(): string[] {
  return readdirSync(classesDir)
    .filter((name) => name.endsWith(".cls"))
    .filter((name) => /@istest\s+static\b/i.test(readFileSync(join(classesDir, name), "utf8")))
    .map((name) => name.replace(/\.cls$/, ""));
}
