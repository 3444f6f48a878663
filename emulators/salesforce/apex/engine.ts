/**
 * The Apex engine on a local org: its triggers fire on every save, `@AuraEnabled` methods and
 * anonymous Apex can be called. One engine per org.
 */
import type { Org, Transaction, Trigger, TriggerInvocation } from "../data/org.ts";
import { compileAnonymous, loadProgram } from "../../apex/load.ts";
import type { Program } from "../../apex/program/program.ts";
import { OrgPlatform } from "./org-platform.ts";
import { readApexSources, readLabels, readTranslations } from "./sources.ts";
import { type AuraAnswer, callAura } from "../../apex/aura.ts";
import { Runtime, runtimeOf } from "../../apex/run/runtime.ts";
import { runTransaction } from "../../apex/run/transaction.ts";
import { fireTrigger } from "../../apex/run/triggers.ts";
import { readSyntax, type SyntaxFile } from "../../apex/syntax/syntax-files.ts";

export interface ApexOptions {
  /** SFDX source folders; those without Apex add nothing. */
  readonly sourceDirs: readonly string[];
  /** What errors and coverage write paths from. @default the working directory */
  readonly root?: string;
}

/** An org's Apex and labels, parsed: what an engine is made of. */
export interface ApexSources {
  readonly files: readonly SyntaxFile[];
  /** By lower-case name. */
  readonly labels: ReadonlyMap<string, string>;
  /** The labels' translations, by language. @default none */
  readonly translations?: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export class ApexEngine {
  readonly #org: Org;
  #sources: ApexSources;
  #triggers: readonly Trigger[] = [];
  #schema: Org["schema"] | null = null;
  #platform: OrgPlatform;
  #program: Program;

  /** @throws ApexCompileError when the files cannot be loaded into this org */
  constructor(org: Org, sources: ApexSources) {
    this.#org = org;
    this.#sources = sources;
    this.#platform = new OrgPlatform(org, sources);
    this.#program = loadProgram(sources.files, this.#platform);
    this.#schema = org.schema;
  }

  /**
   * Takes other sources, as a deployment brings them: the org's triggers are those of the new ones.
   * @throws ApexCompileError when they cannot be loaded into the org as it is now
   */
  replaceSources(sources: ApexSources): void {
    const platform = new OrgPlatform(this.#org, sources);
    this.#program = loadProgram(sources.files, platform);
    this.#platform = platform;
    this.#sources = sources;
    this.#schema = this.#org.schema;
    this.installTriggers();
  }

  /** Puts the package's triggers into the org, before whatever else the org runs on a save. */
  installTriggers(): void {
    const others = this.#org.triggers.filter((trigger) => !this.#triggers.includes(trigger));
    this.#triggers = this.triggers();
    this.#org.triggers.splice(0, this.#org.triggers.length, ...this.#triggers, ...others);
  }

  /** What it is made of. */
  get sources(): ApexSources {
    return this.#sources;
  }

  /** The package as compiled against the org's present schema. */
  get program(): Program {
    // After the org started over, its schema is a new one.
    if (this.#org.schema !== this.#schema) {
      this.#platform = new OrgPlatform(this.#org, this.#sources);
      this.#program = loadProgram(this.#sources.files, this.#platform);
      this.#schema = this.#org.schema;
    }
    this.#platform.schema.refresh();
    return this.#program;
  }

  /**
   * Calls an `@AuraEnabled` method as the screens do; arguments and answer are JSON values.
   * @throws AuraMethodError when there is no such method
   */
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
   * @throws ApexCompileError or ApexThrow
   */
  async executeAnonymous(userId: string, source: string): Promise<readonly string[]> {
    const { parseAnonymous } = await import("../../apex/syntax/parse.ts");
    const { program } = this;
    const run = compileAnonymous(program, parseAnonymous("AnonymousBlock", source));
    return runTransaction(program, userId, (rt) => {
      run(rt);
      return rt.debugLog;
    });
  }

  /** The package's triggers in the form the org's save pipeline runs. */
  triggers(): Trigger[] {
    return this.program.triggers.map(({ name, object }) => ({
      name,
      objectName: object,
      run: (invocation) => this.#fire(object, name, invocation),
    }));
  }

  #fire(object: string, triggerName: string, invocation: TriggerInvocation): void {
    const { timing, operation, rows, transaction } = invocation;
    const trigger = this.program
      .triggersFor(object, timing, operation)
      .find((candidate) => candidate.name === triggerName);
    if (!trigger) return;
    const rt = this.#runtimeOf(transaction);
    const acting = rt.userId;
    rt.userId = transaction.userId;
    try {
      const port = rt.transaction;
      fireTrigger(rt, trigger, { object, timing, operation, rows, transaction: port });
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

/**
 * Loads the package's Apex and pushes its triggers into the org: every save from now on fires them.
 * @throws ApexCompileError when the package's Apex cannot be loaded
 */
export async function installApex(org: Org, options: ApexOptions): Promise<ApexEngine> {
  const engine = new ApexEngine(org, await readOrgApex(options));
  engine.installTriggers();
  return engine;
}

/**
 * Reads and parses the Apex of source folders.
 * @throws ApexCompileError for the first file that does not parse
 */
export async function readOrgApex({ sourceDirs, root }: ApexOptions): Promise<ApexSources> {
  const files = await readSyntax(readApexSources(sourceDirs, root));
  return { files, labels: readLabels(sourceDirs), translations: readTranslations(sourceDirs) };
}
