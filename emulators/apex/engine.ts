/**
 * The Apex engine on a local org: its triggers fire on every save, `@AuraEnabled` methods and
 * anonymous Apex can be called. One engine per org.
 */
import type { Org } from "../salesforce/data/org.ts";
import type { Transaction } from "../salesforce/data/transaction.ts";
import type { TriggerInvocation as OrgInvocation } from "../salesforce/data/triggers.ts";
import { compileAnonymous, loadProgram } from "./compile/load.ts";
import type { Program } from "./compile/program.ts";
import { callAura, type AuraAnswer } from "./run/aura.ts";
import { Runtime, runtimeOf } from "./run/runtime.ts";
import { runTransaction } from "./run/transaction.ts";
import { fireTrigger } from "./run/triggers.ts";
import { OrgPlatform } from "./platform/org-platform.ts";
import { readApexSources, readLabels } from "./platform/sources.ts";

export interface ApexOptions {
  /** SFDX source folders; those without Apex add nothing. */
  readonly sourceDirs: readonly string[];
}

export class ApexEngine {
  readonly #org: Org;
  readonly #sourceDirs: readonly string[];
  #program: Program;
  #platform: OrgPlatform;
  #schema: Org["schema"];

  /** @throws ApexCompileError when the package's Apex cannot be loaded */
  constructor(org: Org, options: ApexOptions) {
    this.#org = org;
    this.#sourceDirs = options.sourceDirs;
    this.#schema = org.schema;
    this.#platform = new OrgPlatform(org, { labels: readLabels(options.sourceDirs) });
    this.#program = loadProgram(readApexSources(options.sourceDirs), this.#platform);
  }

  get program(): Program {
    this.#refresh();
    return this.#program;
  }

  get platform(): OrgPlatform {
    this.#refresh();
    return this.#platform;
  }

  /** Compiles again after the org started over: its schema is a new one. */
  #refresh(): void {
    if (this.#org.schema === this.#schema) return;
    this.#schema = this.#org.schema;
    this.#platform = new OrgPlatform(this.#org, { labels: readLabels(this.#sourceDirs) });
    this.#program = loadProgram(readApexSources(this.#sourceDirs), this.#platform);
  }

  /** Calls an `@AuraEnabled` method as the screens do; arguments and answer are JSON values. */
  invokeAura(
    userId: string,
    className: string,
    methodName: string,
    args: Readonly<Record<string, unknown>>,
  ): AuraAnswer {
    return callAura(this.program, userId, className, methodName, args);
  }

  /**
   * Runs statements as Execute Anonymous does.
   * @returns the debug log's lines
   */
  executeAnonymous(userId: string, source: string): readonly string[] {
    const { program } = this;
    const run = compileAnonymous(program, source);
    return runTransaction(program, userId, (rt) => {
      run(rt);
      return rt.debugLog;
    });
  }

  /** Runs the package's triggers over one chunk of a save; the org's save pipeline calls it. */
  fire(objectName: string, triggerName: string, invocation: OrgInvocation): void {
    const { program } = this;
    const { timing, operation, rows, transaction } = invocation;
    const trigger = program
      .triggersFor(objectName, timing, operation)
      .find((candidate) => candidate.name === triggerName);
    if (!trigger) return;
    const rt = this.#runtimeOf(transaction);
    const acting = rt.userId;
    rt.userId = transaction.userId;
    try {
      fireTrigger(rt, trigger, {
        object: objectName,
        timing,
        operation,
        rows,
        transaction: rt.transaction,
      });
    } finally {
      rt.userId = acting;
    }
  }

  /** The runtime of a transaction: that of the Apex that writes, or a new one for a REST write. */
  #runtimeOf(transaction: Transaction): Runtime {
    const port = this.#platform.portOf(transaction);
    return runtimeOf(port) ?? new Runtime(this.#program, port);
  }
}

/** Pushes the package's triggers into the org: every save from now on fires them. */
export function installApex(org: Org, options: ApexOptions): ApexEngine {
  const engine = new ApexEngine(org, options);
  for (const { name, object } of engine.program.triggers)
    org.triggers.push({
      name,
      objectName: object,
      run: (invocation) => engine.fire(object, name, invocation),
    });
  return engine;
}
