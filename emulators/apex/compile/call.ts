/** Method calls: which method is meant, decided at load; which body runs, decided at the call. */
import { unsupported } from "../errors.ts";
import type { Evaluate } from "../run/frame.ts";
import type { Runtime } from "../run/runtime.ts";
import type { ExpressionNode } from "../syntax/ast.ts";
import { isSObject } from "../types/relations.ts";
import type { MethodInfo, TypeInfo } from "../types/type.ts";
import { ObjectValue } from "../values/object-value.ts";
import type { Value } from "../values/value.ts";
import { typeOfValue } from "../values/value-type.ts";
import { compileAddError } from "./add-error.ts";
import { type Arguments, compileArguments } from "./arguments.ts";
import { constructorCall } from "./constructor-call.ts";
import { onlyRow } from "./convert.ts";
import { dynamicBinds } from "./dynamic-binds.ts";
import { checkAccess, findMethods, type FoundMethod } from "./members.ts";
import { resolveQualifier, thisTyped } from "./names.ts";
import { chooseOverload } from "./overloads.ts";
import { guardNull } from "./read-member.ts";
import type { Scope } from "./scope.ts";
import { compileError, skipped, type Typed } from "./typed.ts";

type CallNode = ExpressionNode & { kind: "call" };

export function compileCall(scope: Scope, node: CallNode): Typed {
  if (!node.target) {
    if (node.name === "this" || node.name === "super") return constructorCall(scope, node);
    return compileOwnCall(scope, node);
  }
  if (node.target.kind === "super") return compileSuperCall(scope, node);
  const special = compileAddError(scope, node);
  if (special) return special;
  const qualifier = resolveQualifier(scope, node.target);
  switch (qualifier.kind) {
    case "namespace":
      throw unsupported(node.at, `${qualifier.name}.${node.name}()`);
    case "type":
      return compileStaticCall(scope, node, qualifier.info);
    case "value":
      return compileInstanceCall(scope, node, qualifier.typed);
  }
}

/** `method()` without a target: of this class, inherited, or static in a class around it. */
function compileOwnCall(scope: Scope, node: CallNode): Typed {
  const args = compileArguments(scope, node.args);
  for (let info: TypeInfo | null = scope.body.info; info; info = info.outer) {
    const own = info === scope.body.info;
    const candidates = findMethods(info.of(), node.name).filter(
      (found) => own || found.method.static,
    );
    if (candidates.length === 0) continue;
    const chosen = chooseOverload(node.at, node.name, candidates, args, info.of());
    checkAccess(scope, node.at, chosen.found.method, chosen.found.method.access);
    if (chosen.found.method.static) return invokeStatic(scope, chosen.found, chosen.args);
    if (scope.body.static)
      throw compileError(
        node.at,
        `Non static method cannot be referenced from a static context: ${node.name}`,
      );
    return invokeVirtual(scope, thisTyped(scope, node.at), chosen.found, chosen.args);
  }
  throw compileError(
    node.at,
    `Method does not exist or incorrect signature: ${signature(node.name, args)}`,
  );
}

function compileSuperCall(scope: Scope, node: CallNode): Typed {
  const parent = scope.body.info?.superType;
  if (!parent) throw compileError(node.at, "super needs a class to extend");
  const args = compileArguments(scope, node.args);
  const candidates = findMethods(parent, node.name);
  const chosen = chooseOverload(node.at, node.name, candidates, args, parent);
  const { method } = chosen.found;
  if (method.abstract) throw compileError(node.at, `Cannot call an abstract method: ${node.name}`);
  const evaluate = chosen.args;
  return {
    type: chosen.found.returns,
    run: (frame) =>
      method.invoke(
        frame.rt,
        frame.self,
        evaluate.map((arg) => arg(frame)),
      ),
  };
}

function compileStaticCall(scope: Scope, node: CallNode, info: TypeInfo): Typed {
  const args = compileArguments(scope, node.args);
  const candidates = findMethods(info.of(), node.name).filter((found) => found.method.static);
  const chosen = chooseOverload(node.at, node.name, candidates, args, info.of());
  checkAccess(scope, node.at, chosen.found.method, chosen.found.method.access);
  const binds = dynamicBinds(scope, chosen.found.method);
  return invokeStatic(scope, chosen.found, binds ? [...chosen.args, binds] : chosen.args);
}

function compileInstanceCall(scope: Scope, node: CallNode, left: Typed): Typed {
  const single = left.query && isSObject(left.type.arg(0)) ? queryTarget(left, node.name) : left;
  const target = node.nullSafe ? guardNull(single) : single;
  const args = compileArguments(scope, node.args);
  const candidates = findMethods(target.type, node.name).filter((found) => !found.method.static);
  const chosen = chooseOverload(node.at, node.name, candidates, args, target.type);
  checkAccess(scope, node.at, chosen.found.method, chosen.found.method.access);
  return invokeVirtual(scope, target, chosen.found, chosen.args);
}

/** `[SELECT …].size()` is about the list, `[SELECT …].get('Name')` about its only row. */
function queryTarget(left: Typed, name: string): Typed {
  return findMethods(left.type, name).length > 0 ? left : onlyRow(left);
}

function invokeStatic(scope: Scope, found: FoundMethod, args: readonly Evaluate[]): Typed {
  const { method } = found;
  const { owner } = method;
  const isPackage = owner.index >= 0 && owner !== scope.body.info;
  return {
    type: found.returns,
    run: (frame) => {
      if (isPackage) frame.rt.staticsOf(owner);
      return method.invoke(frame.rt, null, evaluateAll(args, frame));
    },
  };
}

function evaluateAll(args: readonly Evaluate[], frame: Parameters<Evaluate>[0]): Value[] {
  const values: Value[] = new Array<Value>(args.length);
  for (let index = 0; index < args.length; index += 1)
    values[index] = (args[index] as Evaluate)(frame);
  return values;
}

function invokeVirtual(
  _scope: Scope,
  target: Typed,
  found: FoundMethod,
  args: readonly Evaluate[],
): Typed {
  const { method, returns } = found;
  const { run } = target;
  return {
    type: returns,
    ...(target.chained ? { chained: true } : {}),
    run: (frame) => {
      const self = run(frame);
      if (self === skipped) return skipped;
      if (self === null) throw frame.rt.nullPointer();
      const values = evaluateAll(args, frame);
      return bodyOf(method, self).invoke(frame.rt, self, values);
    },
  };
}

/** The body that runs for this object: its class's override, or the library's own. */
export function bodyOf(method: MethodInfo, self: Exclude<Value, null>): MethodInfo {
  if (!method.virtual) return method;
  if (self instanceof ObjectValue) return self.info.dispatch.get(method.root) ?? method;
  const key = method.name.toLowerCase();
  const own = typeOfValue(self).info.methods.get(key);
  return (
    own?.find((candidate) => candidate.parameters.length === method.parameters.length) ?? method
  );
}

/** Calls a method by name from the engine: interfaces the library runs (Queueable, Comparable). */
export function callMethod(rt: Runtime, self: ObjectValue, name: string, args: Value[]): Value {
  const found = findMethods(self.type, name).find(
    (candidate) => !candidate.method.static && candidate.parameters.length === args.length,
  );
  if (!found) throw rt.error("TypeException", `${self.info.qualifiedName} has no method ${name}`);
  return bodyOf(found.method, self).invoke(rt, self, args);
}

function signature(name: string, args: Arguments): string {
  return `void ${name}(${args.typed.map((arg) => arg.type.name).join(", ")})`;
}
