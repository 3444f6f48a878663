/**
 * Deploys the package to an org: `npm run org:deploy -- <alias or username> [options]`. The Apex tests of the
 * package run with it, as production demands; then the deploying admin gets the permission sets for admins and
 * users. The report comes after the rest: a deployment does not know the report types that it brings itself
 * while it is only validated.
 */
import { z } from "zod";
import { askSf, OrgCommandError, requireOrg, requireSignIn, runOrgCommand, sf } from "./cli.ts";
import { testClassNames } from "./test-classes.ts";

const refusals = z.object({ failures: z.array(z.object({ message: z.string() })) });
const alreadyAssigned = "Duplicate PermissionSetAssignment";
const options = ["--dry-run", "--german", "--no-tests"];

const howTo = `Name the org to deploy to: npm run org:deploy -- <alias or username> [options]

  sign in:         npx sf org login web --alias my-sandbox
  try it:          npm run org:deploy -- my-sandbox --dry-run
  deploy:          npm run org:deploy -- my-sandbox

  --dry-run        only says what would happen
  --german         the screens in German too; needs Setup > Translation Language Settings
  --no-tests       without the package's Apex tests; sandboxes and scratch orgs only

SF_TARGET_ORG names the org as well.`;

runOrgCommand(() => {
  const { alias, rest } = requireOrg(howTo);
  const unknown = rest.filter((word) => !options.includes(word));
  if (unknown.length > 0) throw new OrgCommandError(`Not known: ${unknown.join(" ")}.\n\n${howTo}`);
  requireSignIn(alias, howTo);
  const isDryRun = rest.includes("--dry-run");
  const start = ["project", "deploy", "start", "--target-org", alias, "--wait", "30"];
  sf("The deployment", [
    ...start,
    ...["--source-dir", "force-app"],
    ...(rest.includes("--german") ? ["--source-dir", "force-app-de"] : []),
    ...testLevel(rest.includes("--no-tests")),
    ...(isDryRun ? ["--dry-run"] : []),
  ]);
  if (isDryRun) return;
  sf("The deployment of the report", [...start, "--source-dir", "force-app-reports"]);
  for (const name of ["Circa_Sync_Admin", "Circa_Sync_User"]) assign(name, alias);
  console.log(`
Deployed. Next:
  sample data:     npm run org:seed -- ${alias}
  the tests again: npm run org:test -- ${alias}
  the rest:        docs/install.md, from "Make the integration user" on`);
});

/**
 * At an upgrade the admin has the permission set already, which Salesforce calls an error.
 * @throws OrgCommandError with any other refusal
 */
function assign(name: string, alias: string): void {
  const answer = askSf(["org", "assign", "permset", "--name", name, "--target-org", alias]);
  const { failures } = refusals.safeParse(answer.result).data ?? { failures: [] };
  const others = failures.filter(({ message }) => !message.includes(alreadyAssigned));
  if (answer.status !== 0 && (failures.length === 0 || others.length > 0)) {
    const reasons = others.map(({ message }) => message).join(" ");
    throw new OrgCommandError(`Assigning ${name} did not succeed. ${reasons}`.trim());
  }
  console.log(`You have the permission set ${name}.`);
}

function testLevel(hasNoTests: boolean): string[] {
  if (hasNoTests) return ["--test-level", "NoTestRun"];
  const tests = testClassNames().flatMap((name) => ["--tests", name]);
  return ["--test-level", "RunSpecifiedTests", ...tests];
}
