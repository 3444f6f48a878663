/**
 * Deploys the package to an org: `npm run org:deploy -- <alias or username> [--dry-run]`. The Apex tests
 * of the package run with it, as production demands; then whoever deployed gets the permission sets for
 * admins and users.
 */
import { OrgCommandError, requireOrg, requireSignIn, runOrgCommand, sf } from "./cli.ts";
import { testClassNames } from "./test-classes.ts";

const howTo = `Name the org to deploy to: npm run org:deploy -- <alias or username> [--dry-run]

  sign in:         npx sf org login web --alias my-sandbox
  try it:          npm run org:deploy -- my-sandbox --dry-run
  deploy:          npm run org:deploy -- my-sandbox

SF_TARGET_ORG names the org as well.`;

runOrgCommand(() => {
  const { alias, rest } = requireOrg(howTo);
  const unknown = rest.filter((word) => word !== "--dry-run");
  if (unknown.length > 0) throw new OrgCommandError(`Not known: ${unknown.join(" ")}.\n\n${howTo}`);
  requireSignIn(alias, howTo);
  const tests = testClassNames().flatMap((name) => ["--tests", name]);
  sf("The deployment", [
    ...["project", "deploy", "start", "--source-dir", "force-app", "--target-org", alias],
    ...["--test-level", "RunSpecifiedTests", ...tests, "--wait", "30", ...rest],
  ]);
  if (rest.includes("--dry-run")) return;
  for (const name of ["Circa_Sync_Admin", "Circa_Sync_User"]) {
    sf(`Assigning ${name}`, ["org", "assign", "permset", "--name", name, "--target-org", alias]);
  }
  console.log(`
Deployed. Next:
  sample data:     npm run org:seed -- ${alias}
  the tests again: npm run org:test -- ${alias}
  the rest:        docs/install.md, from "Make the integration user" on`);
});
