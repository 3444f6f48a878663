/** Everything loaded: the package's types and triggers, and the schema's sObject types. */
import { ApexCompileError, type SourcePosition } from "../errors.ts";
import { findLibraryType, inLibraryNamespace, isLibraryNamespace } from "../types/registry.ts";
import type { ApexPlatform, TriggerOperation, TriggerTiming } from "../ports.ts";
import { Coverage } from "./coverage.ts";
import type { TypeNode } from "../syntax/ast.ts";
import { listOf, sobjectType } from "../types/builtin.ts";
import {
  type ApexRuntime,
  type ApexType,
  type FieldInfo,
  type MethodInfo,
  TypeInfo,
} from "../types/type.ts";

export interface CompiledTrigger {
  readonly name: string;
  readonly file: string;
  readonly object: string;
  readonly events: ReadonlySet<string>;
  run(rt: ApexRuntime): void;
}

export class Program {
  readonly platform: ApexPlatform;
  readonly coverage = new Coverage();
  /** Top-level types of the package, by lower-case name. */
  readonly types = new Map<string, TypeInfo>();
  /** Every type of the package, inner ones too; `TypeInfo.index` is the place here. */
  readonly classes: TypeInfo[] = [];
  readonly files = new Map<TypeInfo, string>();
  readonly triggers: CompiledTrigger[] = [];
  /** Members that its code names: what of the library has a user (scripts/check/apex/library.ts). */
  readonly named = new Set<MethodInfo | FieldInfo>();
  readonly #extend: (info: TypeInfo) => void;
  readonly #sobjects = new Map<string, TypeInfo>();

  /** @param extend gives an sObject type the members that its kind has beside its fields */
  constructor(platform: ApexPlatform, extend: (info: TypeInfo) => void) {
    this.platform = platform;
    this.#extend = extend;
  }

  triggersFor(
    object: string,
    timing: TriggerTiming,
    operation: TriggerOperation,
  ): CompiledTrigger[] {
    const event = `${timing} ${operation}`;
    const key = object.toLowerCase();
    return this.triggers.filter(
      (trigger) => trigger.object.toLowerCase() === key && trigger.events.has(event),
    );
  }

  /** The sObject type of the schema; null when there is no such object. */
  sobject(name: string): TypeInfo | null {
    const key = name.toLowerCase();
    const known = this.#sobjects.get(key);
    if (known) return known;
    const object = this.platform.schema.describe(name);
    if (!object) return null;
    const info = new TypeInfo(object.name, "sobject");
    info.object = object;
    info.superType = sobjectType;
    this.#sobjects.set(key, info);
    this.#extend(info);
    return info;
  }

  /** The object whose Ids start so. */
  sobjectByPrefix(prefix: string): TypeInfo | null {
    const { schema } = this.platform;
    const name = schema
      .objectNames()
      .find((candidate) => schema.describe(candidate)?.keyPrefix === prefix);
    return name === undefined ? null : this.sobject(name);
  }

  /**
   * The type a name stands for inside `within`: its inner types, those of what it extends, the
   * outer class's, then the package, the library and the schema.
   */
  findSimple(name: string, within: TypeInfo | null): TypeInfo | null {
    const key = name.toLowerCase();
    for (let scope = within; scope; scope = scope.outer) {
      if (scope.name.toLowerCase() === key) return scope;
      for (let owner: TypeInfo | null = scope; owner; owner = owner.superType?.info ?? null) {
        const inner = owner.inner.get(key);
        if (inner) return inner;
      }
    }
    return this.types.get(key) ?? findLibraryType(name) ?? this.sobject(name);
  }

  findType(names: readonly string[], within: TypeInfo | null): TypeInfo | null {
    const [first = "", second] = names;
    let start = this.findSimple(first, within);
    let rest = names.slice(1);
    if (second !== undefined && (!start || !findInner(start, rest))) {
      const spaced = this.inNamespace(first, second);
      if (spaced) {
        start = spaced;
        rest = names.slice(2);
      }
    }
    return start && findInner(start, rest);
  }

  inNamespace(namespace: string, name: string): TypeInfo | null {
    if (!isLibraryNamespace(namespace)) return null;
    const found = inLibraryNamespace(namespace, name);
    if (found) return found;
    return namespace.toLowerCase() === "schema" ? this.sobject(name) : null;
  }

  /** @throws ApexCompileError for a type that is neither known nor supported */
  resolve(node: TypeNode, within: TypeInfo | null): ApexType {
    const info = this.findType(
      node.parts.map((part) => part.name),
      within,
    );
    const last = node.parts[node.parts.length - 1];
    const args = (last?.args ?? []).map((arg) => this.resolve(arg, within));
    if (!info) throw unknownType(node);
    if (
      args.length !== info.parameters.length &&
      !(info.parameters.length > 0 && args.length === 0)
    )
      throw new ApexCompileError(node.at, `Wrong number of type arguments for ${info.name}`);
    if (args.length !== info.parameters.length)
      throw new ApexCompileError(node.at, `Type arguments are missing for ${info.name}`);
    let type = info.of(...args);
    for (let depth = 0; depth < node.arrayDepth; depth += 1) type = listOf(type);
    return type;
  }
}

function findInner(start: TypeInfo, names: readonly string[]): TypeInfo | null {
  let info: TypeInfo | null = start;
  for (const name of names) info = info?.inner.get(name.toLowerCase()) ?? null;
  return info;
}

export function unknownType(node: TypeNode): ApexCompileError {
  const name = node.parts.map((part) => part.name).join(".");
  if (/(__|[a-z])Share$/.test(name))
    return new ApexCompileError(
      node.at,
      `Invalid type: ${name} (the Apex engine does not support shares of records)`,
    );
  return new ApexCompileError(
    node.at,
    `Invalid type: ${name} (no such class or object here, or one the Apex engine does not have)`,
  );
}

export function typeNodeText(node: TypeNode): string {
  return node.parts.map((part) => part.name).join(".");
}

/** The position of something the compiler made itself. */
export function syntheticPosition(file: string): SourcePosition {
  return { file, line: 1, column: 1 };
}
