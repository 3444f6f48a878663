/**
 * Runs the package's Apex tests in a real org: `npm run org:test -- <alias or username> [Class …]`.
 * The package must be deployed there. Uses the Salesforce CLI of this repository and its sign-ins.
 */
import { OrgCommandError, requireOrg, requireSignIn, runOrgCommand, sf } from "./cli.ts";
import { testClassNames } from "./test-classes.ts";

const howTo = `Name the org whose tests to run: npm run org:test -- <alias or username> [Class ...]

  sign in:         npx sf org login web --alias my-sandbox
  deploy first:    npm run org:deploy -- my-sandbox
  then run this:   npm run org:test -- my-sandbox

SF_TARGET_ORG names the org as well. Without an org, npm run test:apex runs the same tests here.`;

runOrgCommand(() => {
  const { alias, rest: wanted } = requireOrg(howTo);
  const known = testClassNames();
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new OrgCommandError(
      `No such test class: ${unknown.join(", ")}. There are: ${known.join(", ")}.`,
    );
  }
  requireSignIn(alias, howTo);
  const names = (wanted.length > 0 ? wanted : known).flatMap((name) => ["--class-names", name]);
  sf("The test run", [
    ...["apex", "run", "test", "--target-org", alias, ...names, "--code-coverage"],
    ...["--result-format", "human", "--wait", "20"],
  ]);
});
