/**
 * Who installs the package runs its tests too, and in production every later deployment runs them again: in
 * the language of whoever deploys, with the org's own fields, rules and triggers, and after the install with
 * its assignments, mappings and scheduled jobs.
 */
import { runTests } from "../../emulators/apex/testing/run-tests.ts";
import { createApexTestOrg } from "../../emulators/salesforce/apex/test-org.ts";
import { packageFolders } from "../../emulators/salesforce/package-folders.ts";

const orgs = [
  {
    org: "a German admin runs, after the install, with all mappings, the watch and the digest on",
    sourceDirs: [...packageFolders, "emulators/salesforce/demo-org"],
    language: "de",
    installed: true,
  },
  {
    org: "has Private Campaigns that need a field, pass a rule and a trigger of its own",
    sourceDirs: [...packageFolders, "test/fixtures/demanding-org"],
  },
];

test.each(orgs)("the package's Apex tests pass in an org that $org", async (options) => {
  const { engine, userId } = await createApexTestOrg(options);

  const outcomes = runTests(engine.program, userId);

  const failures = outcomes
    .filter(({ passed }) => !passed)
    .map(({ className, methodName, failure }) => `${className}.${methodName}: ${failure}`);
  expect(failures).toEqual([]);
  expect(outcomes.length).toBeGreaterThan(0);
});
