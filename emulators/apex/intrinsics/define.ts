/**
 * How library classes are written: one entry per member, keyed by its Apex signature as the Apex
 * Reference prints it, with the function that does it.
 *
 * - `"Boolean contains(String part)"`: instance method, called with (rt, self, part)
 * - `"static String join(List<Object> parts, String? separator)"`: (rt, parts, separator)
 * - `"new(Integer size)"`: constructor, called with (rt, the type to make, size)
 * - `"static Boolean isInsert"`, `"String name"`: read-only properties
 *
 * A `?` behind a parameter's type lets null through; other nulls raise a NullPointerException, as
 * the platform does. The function may trust the types its signature names.
 */
import type { Runtime } from "../run/runtime.ts";
import { objectType, typeParameter, voidType } from "../types/builtin.ts";
import {
  type ApexType,
  type FieldInfo,
  type Invoke,
  type MethodInfo,
  type Parameter,
  TypeInfo,
} from "../types/type.ts";
import type { Value } from "../values/value.ts";
import { findLibraryType, registerLibraryType } from "../types/registry.ts";

/** `never` parameters let each entry name the exact classes its signature promises. */
export type LibraryFunction = (rt: Runtime, ...args: never[]) => unknown;
export type Members = Readonly<Record<string, LibraryFunction>>;

interface LooseFunction {
  (rt: Runtime, ...args: unknown[]): Value | undefined;
}

const pending: (() => void)[] = [];

/** Resolves all signatures; needs every library class to be known. */
export function linkLibrary(): void {
  for (const link of pending.splice(0)) link();
}

export interface ClassOptions {
  readonly form?: "class" | "interface" | "enum";
  readonly parameters?: readonly string[];
  /** Name of the class this one is an inner type of, for example `Database`. */
  readonly outer?: TypeInfo;
  readonly namespace?: string;
  readonly superType?: TypeInfo;
  readonly abstract?: boolean;
}

/** A library class by itself; `members` are added by signature. */
export function libraryClass(name: string, members: Members, options: ClassOptions = {}): TypeInfo {
  const info = new TypeInfo(name, options.form ?? "class", {
    ...(options.outer ? { outer: options.outer } : {}),
    ...(options.parameters ? { parameters: options.parameters } : {}),
  });
  info.abstract = options.abstract ?? options.form === "interface";
  info.superType = options.superType?.of() ?? null;
  if (options.outer) options.outer.inner.set(name.toLowerCase(), info);
  else registerLibraryType(info, options.namespace ?? "System");
  return addMembers(info, members);
}

export function addMembers(info: TypeInfo, members: Members): TypeInfo {
  pending.push(() => {
    for (const [signature, fn] of Object.entries(members))
      addMember(info, signature, fn as LooseFunction);
  });
  return info;
}

const signaturePattern = /^(static )?(?:(new)|(?:([\w.<>, ]+?) )?(\w+))(?:\((.*)\))?$/;

function addMember(info: TypeInfo, signature: string, fn: LooseFunction): void {
  const match = signaturePattern.exec(signature);
  if (!match) throw new Error(`${info.name}: bad library signature "${signature}"`);
  const [, isStatic, isNew, returnName, name = "new", parameterText] = match;
  const returns = returnName ? parseType(info, returnName) : voidType;
  if (parameterText === undefined) {
    info.fields.set(name.toLowerCase(), property(info, name, isStatic !== undefined, returns, fn));
    return;
  }
  const parameters = splitTopLevel(parameterText).map((text) => parseParameter(info, text));
  const method = libraryMethod(info, name, isStatic !== undefined, parameters, returns);
  method.invoke = wrap(fn, parameters, isStatic !== undefined && isNew === undefined);
  if (isNew) {
    info.constructors.push(method);
    return;
  }
  const overloads = info.methods.get(name.toLowerCase()) ?? [];
  overloads.push(method);
  info.methods.set(name.toLowerCase(), overloads);
}

function libraryMethod(
  owner: TypeInfo,
  name: string,
  isStatic: boolean,
  parameters: readonly Parameter[],
  returns: ApexType,
): MethodInfo {
  const method = {
    name,
    owner,
    static: isStatic,
    access: "global" as const,
    testVisible: false,
    parameters,
    returns,
    abstract: owner.form === "interface",
    virtual: owner.form === "interface" && !isStatic,
    annotations: new Map<string, ReadonlyMap<string, string>>(),
    invoke: (() => null) as Invoke,
  };
  const linked = method as typeof method & { root: MethodInfo };
  linked.root = linked;
  return linked;
}

function property(
  owner: TypeInfo,
  name: string,
  isStatic: boolean,
  type: ApexType,
  fn: LooseFunction,
): FieldInfo {
  return {
    name,
    owner,
    static: isStatic,
    access: "global",
    writeAccess: "private",
    testVisible: false,
    type,
    final: true,
    transient: false,
    annotations: new Map(),
    slot: -1,
    readable: true,
    writable: false,
    getter: (rt: Runtime, self) => (isStatic ? fn(rt) : fn(rt, self)) ?? null,
    setter: null,
  };
}

function wrap(fn: LooseFunction, parameters: readonly Parameter[], isStatic: boolean): Invoke {
  const strict = parameters.flatMap((parameter, index) => (parameter.nullable ? [] : [index]));
  return (rt: Runtime, self: Value, args: Value[]) => {
    for (const index of strict) {
      if (args[index] === null)
        throw rt.error("NullPointerException", `Argument ${index + 1} cannot be null`);
    }
    return (isStatic ? fn(rt, ...args) : fn(rt, self, ...args)) ?? null;
  };
}

function parseParameter(info: TypeInfo, text: string): Parameter {
  const split = text.lastIndexOf(" ");
  const typeText = text.slice(0, split);
  const nullable = typeText.endsWith("?");
  const type = parseType(info, nullable ? typeText.slice(0, -1) : typeText);
  return { name: text.slice(split + 1), type, nullable };
}

/** `Map<K, List<V>>` with the owner's type parameters. */
function parseType(info: TypeInfo, text: string): ApexType {
  const trimmed = text.trim();
  if (trimmed === "void") return voidType;
  if (trimmed === "Object") return objectType;
  // The sObject type that the members are added to.
  if (trimmed === "Self") return info.of();
  if (info.parameters.includes(trimmed)) return typeParameter(trimmed);
  const generic = /^([\w.]+)<(.*)>$/.exec(trimmed);
  const name = generic?.[1] ?? trimmed;
  const found = findLibraryType(name) ?? info.inner.get(name.toLowerCase());
  if (!found) throw new Error(`${info.name}: unknown library type "${name}"`);
  const args = generic ? splitTopLevel(generic[2] ?? "").map((arg) => parseType(info, arg)) : [];
  return found.of(...args);
}

function splitTopLevel(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index];
    if (char === "<") depth += 1;
    else if (char === ">") depth -= 1;
    else if (char === "," && depth === 0) {
      parts.push(text.slice(start, index).trim());
      start = index + 1;
    }
  }
  const last = text.slice(start).trim();
  return last === "" ? parts : [...parts, last];
}
