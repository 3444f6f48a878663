/**
 * One Apex transaction: static variables, limits, the call stack, the running user and the
 * platform's transaction underneath.
 */
import type { Program } from "../program/program.ts";
import type { SourcePosition } from "../errors.ts";
import type { ApexPlatform, TransactionPort, UserInfoPort } from "../ports.ts";
import { stringType } from "../types/builtin.ts";
import type { Sharing, TypeInfo } from "../types/type.ts";
import { ExceptionValue, type ObjectValue } from "../values/object-value.ts";
import type { SObjectValue } from "../values/sobject-value.ts";
import type { Value } from "../values/value.ts";
import { whileActive } from "../values/active.ts";
import { ApexFatal, ApexThrow } from "./apex-throw.ts";
import { type AsyncJob, AsyncQueue } from "./async-queue.ts";
import { type GovernorLimit, Limits, maximumDepth } from "./limits.ts";
import type { DmlKinds } from "./mixed-dml.ts";
import { objectMethods } from "./object-methods.ts";
import { type SystemExceptionName, systemException } from "./system-exceptions.ts";
import type { TestState } from "./test-state.ts";
import type { TriggerContext } from "./trigger-context.ts";

/** One call on the Apex stack: its variables and the statement it is at. */
export class Frame {
  readonly rt: Runtime;
  readonly self: Value;
  /** Parameters first, then locals, by the number the compiler gave them. */
  readonly slots: Value[];
  /** `Class.Outer.method` or `Trigger.Name`, as stack traces print it. */
  readonly label: string;
  readonly caller: Frame | null;
  readonly depth: number;
  /** Whether the running user's sharing is minded here. */
  sharing: boolean;
  at: SourcePosition | null = null;
  result: Value = null;

  constructor(
    rt: Runtime,
    self: Value,
    slots: Value[],
    label: string,
    caller: Frame | null,
    sharing: boolean,
  ) {
    this.rt = rt;
    this.self = self;
    this.slots = slots;
    this.label = label;
    this.caller = caller;
    this.sharing = sharing;
    this.depth = caller ? caller.depth + 1 : 1;
  }
}

const runtimes = new WeakMap<TransactionPort, Runtime>();

/** The runtime that works in this transaction; the latest, where tests share one. */
export function runtimeOf(transaction: TransactionPort): Runtime | null {
  return runtimes.get(transaction) ?? null;
}

export interface RuntimeOptions {
  readonly kind?: "sync" | "async";
  readonly test?: TestState;
  /** Whether code that says nothing about sharing minds it when the platform calls it first. */
  readonly sharing?: boolean;
}

export class Runtime {
  readonly program: Program;
  readonly platform: ApexPlatform;
  readonly transaction: TransactionPort;
  readonly statics: (Value[] | undefined)[] = [];
  readonly test: TestState | null;
  readonly #entrySharing: boolean;
  readonly async: AsyncQueue<Runtime>;
  limits: Limits;
  frame: Frame | null = null;
  userId: string;
  triggers: readonly TriggerContext[] = [];
  /** The limit or assertion that ends this transaction, seen again after the platform caught it. */
  fatal: ApexFatal | null = null;
  dmlKinds: DmlKinds = { setup: null, data: null };
  readonly debugLog: string[] = [];
  /** Events published so far that no trigger of the package has seen. */
  events: SObjectValue[] = [];

  constructor(program: Program, transaction: TransactionPort, options: RuntimeOptions = {}) {
    this.program = program;
    this.platform = program.platform;
    this.transaction = transaction;
    this.userId = transaction.userId;
    this.limits = new Limits(options.kind ?? "sync");
    this.test = options.test ?? null;
    this.#entrySharing = options.sharing ?? false;
    this.async = new AsyncQueue({
      waits: this.test !== null,
      now: (job) => {
        this.#runInside(job);
      },
      later: (job) => {
        const { userId } = this;
        transaction.afterCommit(() => {
          program.platform.transact(userId, (own) => {
            const rt = new Runtime(program, own, { kind: "async" });
            whileActive(rt, () => job.run(rt));
          });
        });
      },
    });
    runtimes.set(transaction, this);
  }

  /** Runs a job in this transaction, with limits of its own. */
  #runInside(job: AsyncJob<Runtime>): void {
    const { limits, frame } = this;
    this.limits = new Limits("async");
    // The platform calls a job, not the test: it inherits nothing.
    this.frame = null;
    try {
      whileActive(this, () => job.run(this));
    } finally {
      this.limits = limits;
      this.frame = frame;
    }
  }

  get user(): UserInfoPort {
    return this.platform.access.user(this.userId);
  }

  get trigger(): TriggerContext | null {
    return this.triggers[this.triggers.length - 1] ?? null;
  }

  /** Static fields of a class, initialised on first use in this transaction. */
  staticsOf(info: TypeInfo): Value[] {
    const known = this.statics[info.index];
    if (known) return known;
    const fields = new Array<Value>(info.staticSlotCount).fill(null);
    this.statics[info.index] = fields;
    if (info.outer) this.staticsOf(info.outer);
    info.initializeStatics?.(this);
    return fields;
  }

  /** Whether the running user's sharing is minded where the code is now. */
  get sharing(): boolean {
    return this.frame ? this.frame.sharing : this.#entrySharing;
  }

  push(self: Value, slots: Value[], label: string, declared: Sharing | null): Frame {
    const frame = new Frame(this, self, slots, label, this.frame, this.#sharingFor(declared));
    if (frame.depth > maximumDepth) this.exceed(`Maximum stack depth reached: ${frame.depth}`);
    this.frame = frame;
    return frame;
  }

  #sharingFor(declared: Sharing | null): boolean {
    if (declared === null) return this.sharing;
    if (declared === "inherited") return this.frame?.sharing ?? true;
    return declared === "with";
  }

  /** Counts one statement of CPU time. */
  tick(): void {
    this.limits.statements += 1;
    if (this.limits.statements > this.limits.statementsAllowed)
      this.exceed("Apex CPU time limit exceeded");
  }

  count(limit: GovernorLimit, amount = 1): void {
    const problem = this.limits.count(limit, amount);
    if (problem !== null) this.exceed(problem);
  }

  exceed(problem: string): never {
    this.fatal = new ApexFatal(this.exceptionOf(systemException("LimitException"), problem));
    throw this.fatal;
  }

  failAssertion(message: string): never {
    this.fatal = new ApexFatal(this.exceptionOf(systemException("AssertException"), message));
    throw this.fatal;
  }

  /** An Apex exception of the System namespace, ready to be thrown. */
  error(name: SystemExceptionName, message: string): ApexThrow {
    return new ApexThrow(this.exceptionOf(systemException(name), message));
  }

  nullPointer(): ApexThrow {
    return this.error("NullPointerException", "Attempt to de-reference a null object");
  }

  exceptionOf(info: TypeInfo, message: string | null): ExceptionValue {
    const exception = new ExceptionValue(info);
    exception.message = message;
    this.stamp(exception);
    return exception;
  }

  /** Notes where the exception was made: Apex fixes line and stack at construction. */
  stamp(exception: ExceptionValue): void {
    const stack: string[] = [];
    for (let frame = this.frame; frame; frame = frame.caller) {
      // Salesforce prints column 1 whatever the place.
      if (frame.at) stack.push(`${frame.label}: line ${frame.at.line}, column 1`);
    }
    exception.stack = stack;
    exception.line = this.frame?.at?.line ?? 0;
  }

  hashOf(value: ObjectValue): number | null {
    const { hashCode, equals } = objectMethods(value.info);
    if (!hashCode || !equals) return null;
    return hashCode.invoke(this, value, []) as number;
  }

  callEquals(left: ObjectValue, right: ObjectValue): boolean {
    const { equals } = objectMethods(left.info);
    return equals ? equals.invoke(this, left, [right]) === true : left === right;
  }

  /** The text of an object whose class has its own `toString`; null when it has none. */
  callToString(value: ObjectValue): string | null {
    const { toString } = objectMethods(value.info);
    if (toString?.returns !== stringType) return null;
    return toString.invoke(this, value, []) as string | null;
  }
}
