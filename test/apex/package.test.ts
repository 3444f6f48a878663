/** The package's own Apex tests, one jest test each, on an org without data. */
import { readApexSources } from "../../emulators/salesforce/apex/sources.ts";
import { readCoverage } from "../../emulators/apex/testing/coverage-report.ts";
import type { TestClass } from "../../emulators/apex/testing/find-tests.ts";
import { findTests } from "../../emulators/apex/testing/find-tests.ts";
import { runTestClass } from "../../emulators/apex/testing/run-tests.ts";
import { type ApexTestOrg, createApexTestOrg } from "../../emulators/salesforce/apex/test-org.ts";
import { packageFolders } from "../../emulators/salesforce/package-folders.ts";

/** Test methods by class, as the sources name them: jest wants to know its tests before any runs. */
const declared = readApexSources(packageFolders).flatMap(({ text }) => {
  const className = /@IsTest(?:\([^)]*\))?\s+(?:private|public)?[\w\s]*?class\s+(\w+)/i.exec(
    text,
  )?.[1];
  if (className === undefined) return [];
  const methods = [
    ...text.matchAll(/@IsTest(?:\([^)]*\))?\s+(?:private |public )?static\s+void\s+(\w+)/gi),
  ];
  return methods.map((match) => [className, match[1] ?? ""] as const);
});

describe("the package's Apex tests", () => {
  let apex: ApexTestOrg;
  let classes: ReadonlyMap<string, TestClass>;

  beforeAll(async () => {
    apex = await createApexTestOrg();
    classes = new Map(findTests(apex.engine.program).map((found) => [found.info.name, found]));
  });

  test.each(declared)("%s.%s passes", (className, methodName) => {
    const testClass = classes.get(className);
    if (!testClass) throw new Error(`The engine does not see the test class ${className}`);
    const [outcome] = runTestClass(apex.engine.program, apex.userId, testClass, methodName);
    expect(outcome?.failure ?? null).toBeNull();
    expect(outcome?.passed).toBe(true);
  });

  test("none is left out", () => {
    const found = [...classes.values()].flatMap(({ info, tests }) =>
      tests.map((method) => `${info.name}.${method.name}`),
    );
    expect(declared.map((names) => names.join(".")).sort()).toEqual(found.sort());
  });

  test("they cover every class by 90 % and every trigger", () => {
    const files = readCoverage(apex.engine.program);
    const low = files.filter((file) => file.kind === "class" && file.percent < 90);
    const dead = files.filter((file) => file.kind === "trigger" && file.covered === 0);
    expect(low).toEqual([]);
    expect(dead).toEqual([]);
  });
});
