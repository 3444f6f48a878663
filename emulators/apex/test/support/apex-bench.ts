import { Org } from "../../../salesforce/data/org.ts";
import { createIdentity, seedOrg } from "../../../salesforce/setup/identity.ts";
import { ApexEngine } from "../../../salesforce/apex/engine.ts";
import { ApexCompileError, ApexThrow } from "../../index.ts";
import { compileSource } from "../../load.ts";
import { Runtime } from "../../run/runtime.ts";
import { withRuntime } from "../../run/transaction.ts";
import { parseClassFile, parseExpression, parseTriggerFile } from "../../syntax/parse.ts";
import { textOf } from "../../values/text.ts";
import { runTests, type TestOutcome } from "../../testing/run-tests.ts";

/** A fixed moment: 2026-03-10 12:00 UTC, a Tuesday; 05:00 in Los Angeles. */
export const benchNow = new Date("2026-03-10T12:00:00.000Z");

/** Classes and triggers by file name, with or without the ending `.cls`. */
export type Sources = Readonly<Record<string, string>>;

/** One org with given Apex in it, for trying out what code does. */
export class ApexBench {
  readonly org: Org;
  readonly engine: ApexEngine;
  readonly userId: string;
  readonly integrationId: string;

  /**
   * @param sourceDirs metadata on top of the package's
   * @throws ApexCompileError when the sources cannot be loaded
   */
  constructor(sources: Sources = {}, sourceDirs: readonly string[] = []) {
    this.org = new Org({
      sourceDirs: ["force-app/main/default", ...sourceDirs],
      now: () => benchNow,
    });
    const identity = createIdentity("00DDm0000001APX");
    seedOrg(this.org, identity);
    this.userId = identity.person.userId;
    this.integrationId = identity.integration.userId;
    const files = Object.entries(sources).map(([name, text]) => {
      const path = name.includes(".") ? name : `${name}.cls`;
      const node = path.endsWith(".trigger")
        ? parseTriggerFile(path, text)
        : parseClassFile(path, text);
      return { path, node };
    });
    this.engine = new ApexEngine(this.org, { files, labels: new Map([["greeting", "Hello"]]) });
    this.engine.installTriggers();
  }

  /** The expression's value as text, or the exception or compile error it ends in. */
  evaluate(source: string): string {
    const { program } = this.engine;
    try {
      const expression = compileSource(program, parseExpression("AnonymousBlock", source));
      return program.platform.transact(this.userId, (transaction) => {
        const rt = new Runtime(program, transaction);
        return withRuntime(rt, () => textOf(expression.run(rt)));
      });
    } catch (error) {
      return describeError(error);
    }
  }

  /** The debug log of statements, one entry a line, or the error they end in. */
  async run(source: string, userId = this.userId): Promise<string> {
    try {
      return (await this.engine.executeAnonymous(userId, source)).join("\n");
    } catch (error) {
      return describeError(error);
    }
  }

  runTests(): TestOutcome[] {
    return runTests(this.engine.program, this.userId);
  }
}

/** `System.X: message` for Apex exceptions, `compile: …` with the position for load errors. */
export function describeError(error: unknown): string {
  if (error instanceof ApexThrow) return error.describe().split("\n")[0] ?? "";
  if (error instanceof ApexCompileError) {
    const { line, column } = error.position;
    return `compile ${line}:${column}: ${error.problem}`;
  }
  throw error;
}

/** What loading these sources ends in; empty when they load. */
export function loadError(sources: Sources): string {
  try {
    new ApexBench(sources);
    return "";
  } catch (error) {
    return describeError(error);
  }
}

/** A row of a conformance table: the expression and the documented outcome. */
export type ConformanceCase = readonly [expression: string, outcome: string];
