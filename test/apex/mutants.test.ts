/**
 * Proof that the package's Apex tests would notice: each row is one small mistake in the package's
 * Apex, and at least one Apex test must fail with it.
 */
import { ApexEngine } from "../../emulators/salesforce/apex/engine.ts";
import { readApexSources, readLabels } from "../../emulators/salesforce/apex/sources.ts";
import { readSyntax } from "../../emulators/apex/syntax/syntax-files.ts";
import { findTests } from "../../emulators/apex/testing/find-tests.ts";
import { runTestClass } from "../../emulators/apex/testing/run-tests.ts";
import { type ApexTestOrg, createApexTestOrg } from "../../emulators/salesforce/apex/test-org.ts";
import { packageFolders } from "../../emulators/salesforce/package-folders.ts";

import { mutants } from "./mutants.ts";

describe("the package's Apex tests notice", () => {
  const sources = readApexSources(packageFolders);
  let apex: ApexTestOrg;

  beforeAll(async () => {
    apex = await createApexTestOrg();
  });

  test.each(mutants)("%s: %s → %s", async (className, find, replace) => {
    const mutated = sources.map((file) => {
      const name = /(\w+)\.(?:cls|trigger)$/.exec(file.path)?.[1];
      if (name !== className) return file;
      const text = file.text.replace(find, () => replace);
      if (text === file.text) throw new Error(`${className} no longer says: ${String(find)}`);
      return { path: file.path, text };
    });
    expect(firstFailure(apex, className, await readSyntax(mutated))).not.toBeNull();
  });
});

/** The first Apex test that fails with these files; null when all pass. */
function firstFailure(
  { org, userId }: ApexTestOrg,
  className: string,
  files: Awaited<ReturnType<typeof readSyntax>>,
): string | null {
  const engine = new ApexEngine(org, { files, labels: readLabels(packageFolders) });
  org.triggers.splice(0, org.triggers.length, ...engine.triggers());
  // The tests of the changed class will mostly tell.
  const own = (name: string): number => (name.startsWith(className) ? 0 : 1);
  const classes = findTests(engine.program).sort((a, b) => own(a.info.name) - own(b.info.name));
  for (const testClass of classes) {
    const failed = runTestClass(engine.program, userId, testClass).find(({ passed }) => !passed);
    if (failed) return `${failed.className}.${failed.methodName}: ${failed.failure ?? ""}`;
  }
  return null;
}
