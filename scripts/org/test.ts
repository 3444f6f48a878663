/**
 * Runs the package's Apex tests in a real org: `npm run org:test -- <alias or username> [Class …]`.
 * The package must be deployed there. Uses the Salesforce CLI of this repository and its sign-ins.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const classesDir = "force-app/main/default/classes";
const cli = "node_modules/@salesforce/cli/bin/run.js";

const howTo = `Name the org whose tests to run: npm run org:test -- <alias or username> [Class ...]

  sign in:         npx sf org login web --alias my-sandbox
  deploy first:    npx sf project deploy start --source-dir force-app --target-org my-sandbox
  then run this:   npm run org:test -- my-sandbox

SF_TARGET_ORG names the org as well. Without an org, npm run test:apex runs the same tests here.`;

/** Names of the package's classes that hold tests. */
function testClassNames(): string[] {
  return readdirSync(classesDir)
    .filter((name) => name.endsWith(".cls"))
    .filter((name) => /@istest\b/i.test(readFileSync(join(classesDir, name), "utf8")))
    .map((name) => name.replace(/\.cls$/, ""));
}

function sf(parts: readonly string[], quiet: boolean): number {
  const { status, error } = spawnSync(process.execPath, [cli, ...parts], {
    stdio: quiet ? "ignore" : "inherit",
  });
  if (error) throw error;
  return status ?? 1;
}

function main(): number {
  const [alias = process.env["SF_TARGET_ORG"] ?? "", ...wanted] = process.argv.slice(2);
  if (alias === "" || alias.startsWith("-")) {
    console.error(howTo);
    return 2;
  }
  const known = testClassNames();
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    console.error(`No such test class: ${unknown.join(", ")}. There are: ${known.join(", ")}.`);
    return 2;
  }
  if (sf(["org", "display", "--target-org", alias, "--json"], true) !== 0) {
    console.error(`The Salesforce CLI has no working sign-in for "${alias}".\n\n${howTo}`);
    return 2;
  }
  const names = (wanted.length > 0 ? wanted : known).flatMap((name) => ["--class-names", name]);
  return sf(
    ["apex", "run", "test", "--target-org", alias, ...names, "--code-coverage"].concat(
      ["--result-format", "human"],
      ["--wait", "20"],
    ),
    false,
  );
}

process.exitCode = main();
