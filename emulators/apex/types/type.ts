/**
 * Types as the compiler and the running program see them. A `TypeInfo` is one declaration (of the
 * language, the library, the schema or the package); an `ApexType` is a use of it with its type
 * arguments. Uses are interned, so two equal types are the same object. Types and values name each other,
 * so both roots stand here; `values/` has the kinds of values.
 */
import type { ObjectDescribe } from "../ports.ts";

export type TypeForm =
  | "void"
  | "null"
  | "primitive"
  | "class"
  | "interface"
  | "enum"
  | "sobject"
  | "parameter";

export type Access = "private" | "protected" | "public" | "global";

export interface Parameter {
  readonly name: string;
  readonly type: ApexType;
  /** The library takes null here; elsewhere in the library null is a NullPointerException. */
  readonly nullable: boolean;
}

/**
 * null, Boolean, Integer (number), Long (bigint), String and Id (string); every other Apex type
 * is an object that knows its type.
 */
export type Value = null | boolean | number | bigint | string | ApexValue;

/** Objects with their own `equals`, by hash code: the first of each kind stands for all. */
export interface KeyContext {
  readonly buckets: Map<number, ApexValue[]>;
}

export abstract class ApexValue {
  abstract readonly type: ApexType;

  /** The key under which Sets and Maps file it; null where only the object itself is equal to it. */
  keyIn(_context: KeyContext): string | null {
    return null;
  }
}

export class EnumValue extends ApexValue {
  readonly info: TypeInfo;
  readonly name: string;
  readonly ordinal: number;

  constructor(info: TypeInfo, name: string, ordinal: number) {
    super();
    this.info = info;
    this.name = name;
    this.ordinal = ordinal;
  }

  get type(): ApexType {
    return this.info.of();
  }
}

/** What runs Apex, as far as types have to know: `run/runtime.ts` is the one that there is. */
export interface ApexRuntime {
  readonly userId: string;
}

/** Methods, whose parameters are compared both ways: a body takes the `Runtime` itself. */
interface Bodies {
  invoke(rt: ApexRuntime, self: Value, args: Value[]): Value;
  initialize(rt: ApexRuntime, self: Value): void;
  initializeStatics(rt: ApexRuntime): void;
}
export type Invoke = Bodies["invoke"];

export interface MethodInfo {
  readonly name: string;
  readonly owner: TypeInfo;
  readonly static: boolean;
  readonly access: Access;
  readonly testVisible: boolean;
  readonly parameters: readonly Parameter[];
  readonly returns: ApexType;
  readonly abstract: boolean;
  /** May be overridden, so calls look the method up in the object's class. */
  readonly virtual: boolean;
  readonly annotations: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** The first declaration this one overrides; itself when it overrides none. */
  root: MethodInfo;
  invoke: Invoke;
}

export interface FieldInfo {
  readonly name: string;
  readonly owner: TypeInfo;
  readonly static: boolean;
  readonly access: Access;
  /** Access to write, where a property's `set` is narrower. */
  readonly writeAccess: Access;
  readonly testVisible: boolean;
  readonly type: ApexType;
  readonly final: boolean;
  readonly transient: boolean;
  readonly annotations: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Place in the object's (or the class's static) field array; -1 when only accessors exist. */
  readonly slot: number;
  readonly readable: boolean;
  readonly writable: boolean;
  getter: Invoke | null;
  setter: Invoke | null;
}

export type Sharing = "with" | "without" | "inherited";

export class TypeInfo {
  readonly name: string;
  readonly form: TypeForm;
  readonly outer: TypeInfo | null;
  readonly parameters: readonly string[];
  readonly methods = new Map<string, MethodInfo[]>();
  readonly fields = new Map<string, FieldInfo>();
  readonly constructors: MethodInfo[] = [];
  readonly inner = new Map<string, TypeInfo>();
  readonly enumValues: EnumValue[] = [];
  /** Implementation by first declaration, for calls that may be overridden. */
  readonly dispatch = new Map<MethodInfo, MethodInfo>();
  readonly #uses = new Map<string, ApexType>();
  superType: ApexType | null = null;
  interfaces: readonly ApexType[] = [];
  access: Access = "public";
  abstract = false;
  virtual = false;
  testClass = false;
  /** As declared on this class; see `sharingOf`. */
  sharing: Sharing | null = null;
  /** Set on sObject types. */
  object: ObjectDescribe | null = null;
  /** Instance slots, inherited ones included. */
  slotCount = 0;
  staticSlotCount = 0;
  /** Number among the program's classes; -1 for the library. */
  index = -1;
  /** Runs field initialisers and instance blocks of this class on a new object. */
  initializeInstance: Bodies["initialize"] | null = null;
  initializeStatics: Bodies["initializeStatics"] | null = null;

  constructor(
    name: string,
    form: TypeForm,
    options: { readonly outer?: TypeInfo; readonly parameters?: readonly string[] } = {},
  ) {
    this.name = name;
    this.form = form;
    this.outer = options.outer ?? null;
    this.parameters = options.parameters ?? [];
  }

  get qualifiedName(): string {
    return this.outer ? `${this.outer.qualifiedName}.${this.name}` : this.name;
  }

  /** The type with these arguments (none for a plain type). */
  of(...args: ApexType[]): ApexType {
    const key = args.map((arg) => arg.id).join(",");
    let use = this.#uses.get(key);
    if (!use) {
      use = new ApexType(this, args);
      this.#uses.set(key, use);
    }
    return use;
  }
}

/** What a class says about sharing, itself or through what it extends; never through an outer class. */
export function sharingOf(info: TypeInfo): Sharing | null {
  for (let at: TypeInfo | null = info; at; at = at.superType?.info ?? null)
    if (at.sharing) return at.sharing;
  return null;
}

let nextTypeId = 1;

export class ApexType {
  readonly id = nextTypeId++;
  readonly info: TypeInfo;
  readonly args: readonly ApexType[];

  constructor(info: TypeInfo, args: readonly ApexType[]) {
    this.info = info;
    this.args = args;
  }

  get name(): string {
    const args = this.args.length > 0 ? `<${this.args.map((arg) => arg.name).join(",")}>` : "";
    return this.info.qualifiedName + args;
  }

  /** The n-th type argument. */
  arg(index: number): ApexType {
    const arg = this.args[index];
    if (!arg) throw new Error(`${this.name} has no type argument ${index}`);
    return arg;
  }
}

/** Replaces the parameters (`T`, `K`, `V`) of `owner` in `type` by its arguments. */
export function substitute(type: ApexType, owner: ApexType): ApexType {
  if (owner.args.length === 0) return type;
  if (type.info.form === "parameter") {
    const index = owner.info.parameters.indexOf(type.info.name);
    return owner.args[index] ?? type;
  }
  if (type.args.length === 0) return type;
  return type.info.of(...type.args.map((arg) => substitute(arg, owner)));
}
