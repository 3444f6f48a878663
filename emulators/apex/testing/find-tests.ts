import type { Program } from "../program/program.ts";
import type { MethodInfo, TypeInfo } from "../types/type.ts";

/** One `@IsTest` class with its methods in order of declaration. */
export interface TestClass {
  readonly info: TypeInfo;
  readonly file: string;
  readonly setups: readonly MethodInfo[];
  readonly tests: readonly MethodInfo[];
}

export function findTests(program: Program): TestClass[] {
  const classes: TestClass[] = [];
  for (const info of program.types.values()) {
    if (!info.testClass) continue;
    const methods = [...info.methods.values()].flat().filter((method) => method.static);
    const tests = methods.filter((method) => method.annotations.has("istest"));
    if (tests.length === 0) continue;
    classes.push({
      info,
      file: program.files.get(info) ?? "",
      setups: methods.filter((method) => method.annotations.has("testsetup")),
      tests,
    });
  }
  return classes.sort((left, right) => (left.info.name < right.info.name ? -1 : 1));
}
