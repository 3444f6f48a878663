/** Who installs the package runs its tests too, and in their org Campaigns may be Private. */
import { runTests } from "../../emulators/apex/testing/run-tests.ts";
import { createApexTestOrg } from "../../emulators/apex/testing/test-org.ts";

const sourceDirs = ["force-app/main/default", "test/fixtures/private-campaigns"];

test("the package's Apex tests pass in an org whose Campaigns are Private", async () => {
  const { engine, userId } = await createApexTestOrg({ sourceDirs });

  const outcomes = runTests(engine.program, userId);

  const failures = outcomes
    .filter(({ passed }) => !passed)
    .map(({ className, methodName, failure }) => `${className}.${methodName}: ${failure}`);
  expect(failures).toEqual([]);
  expect(outcomes.length).toBeGreaterThan(0);
});
