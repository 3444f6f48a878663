/**
 * Makes a scratch org to try the package in: `npm run org:create -- <alias> [--dev-hub <alias>]`. Takes
 * an org with Dev Hub, to which the Salesforce CLI is signed in.
 */
import { OrgCommandError, requireOrg, requireSignIn, runOrgCommand, sf } from "./cli.ts";

const daysKept = "14";

const howTo = `Say what the scratch org is to be called: npm run org:create -- <alias> [--dev-hub <alias>]

  sign in:         npx sf org login web --alias my-hub --set-default-dev-hub
  make the org:    npm run org:create -- circa-trial --dev-hub my-hub
  deploy:          npm run org:deploy -- circa-trial
  sample data:     npm run org:seed -- circa-trial
  open it:         npx sf org open --target-org circa-trial
  when done:       npx sf org delete scratch --target-org circa-trial

The Dev Hub is switched on in Setup under Dev Hub, in a Developer Edition or production org.`;

runOrgCommand(() => {
  const { alias, rest } = requireOrg(howTo);
  const [option, hub, ...more] = rest;
  const isHubNamed = option === "--dev-hub" && hub !== undefined && more.length === 0;
  if (rest.length > 0 && !isHubNamed) {
    throw new OrgCommandError(`Not known: ${rest.join(" ")}.\n\n${howTo}`);
  }
  if (hub !== undefined) requireSignIn(hub, howTo);
  sf("Making the scratch org", [
    ...["org", "create", "scratch", "--definition-file", "config/project-scratch-def.json"],
    ...["--alias", alias, "--duration-days", daysKept, "--wait", "15"],
    ...(hub === undefined ? [] : ["--target-dev-hub", hub]),
  ]);
  console.log(`\nNext: npm run org:deploy -- ${alias}`);
});
