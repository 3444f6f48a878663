/** Method, constructor, accessor and initialiser bodies of one class. */
import type { SourcePosition } from "../errors.ts";
import { completion, type Execute } from "../run/frame.ts";
import type { Runtime } from "../run/runtime.ts";
import type {
  BlockNode,
  ConstructorNode,
  ParameterNode,
  TypeDeclarationNode,
} from "../syntax/ast.ts";
import { voidType } from "../types/builtin.ts";
import {
  type ApexType,
  type FieldInfo,
  type Invoke,
  type MethodInfo,
  sharingOf,
  type TypeInfo,
} from "../types/type.ts";
import { ObjectValue } from "../values/object-value.ts";
import type { Value } from "../values/value.ts";
import { coerce } from "./convert.ts";
import { constructorsOf } from "./constructors.ts";
import type { ClassUnit } from "./declare.ts";
import type { Program } from "../program/program.ts";
import { type BodyContext, Scope } from "./scope.ts";
import { compilers } from "./compilers.ts";
import { compileBlock, sequence } from "./statement.ts";
import { compileError } from "./typed.ts";
import { endsAlways } from "./flow.ts";

export function compileClassBody(program: Program, unit: ClassUnit): void {
  for (const [method, node] of unit.methods) {
    if (!node.body) continue;
    const context = bodyContext(program, unit, method.name, method.static, method.returns);
    const body = compileFunction(context, node.parameters, method, node.body);
    method.invoke = method.annotations.has("future") ? inFuture(method, node.at, body) : body;
    if (method.returns !== voidType && !endsAlways(node.body))
      throw compileError(
        node.at,
        `Missing return statement required return type: ${method.returns.name}`,
      );
  }
  for (const [field, node] of unit.properties) compileProperty(program, unit, field, node);
  compileInitializers(program, unit);
  for (const [method, node] of unit.constructors)
    method.invoke = compileConstructor(program, unit, method, node);
}

/** A call of a `@future` method only queues it, with the arguments it has now. */
function inFuture(method: MethodInfo, at: SourcePosition, body: Invoke): Invoke {
  if (!method.static || method.returns !== voidType)
    throw compileError(at, `Future methods must be static and void: ${method.name}`);
  return (rt: Runtime, _self: Value, args: Value[]) => {
    rt.count("futureCalls");
    const label = `Future ${method.owner.qualifiedName}.${method.name}`;
    rt.async.enqueue(label, (inner) => void body(inner, null, [...args]));
    return null;
  };
}

function bodyContext(
  program: Program,
  unit: ClassUnit,
  name: string,
  isStatic: boolean,
  returns: ApexType,
  initializing = false,
): BodyContext {
  return {
    program,
    compilers,
    info: unit.info,
    static: isStatic,
    returns,
    label: `Class.${unit.info.qualifiedName}.${name}`,
    sharing: sharingOf(unit.info),
    initializing,
    inTest: unit.inTest,
    triggerObject: null,
    slots: 0,
  };
}

function declareParameters(
  scope: Scope,
  nodes: readonly ParameterNode[],
  method: MethodInfo,
): void {
  nodes.forEach((node, index) => {
    const type = method.parameters[index]?.type;
    if (type) scope.declare(node.at, node.name, type);
  });
}

function compileFunction(
  context: BodyContext,
  parameters: readonly ParameterNode[],
  method: MethodInfo,
  block: BlockNode,
): Invoke {
  const scope = new Scope(context);
  declareParameters(scope, parameters, method);
  const body = compileBlock(scope, block, false);
  return invokeBody(context, body);
}

/** Runs a body in a frame of its own. */
export function invokeBody(
  { label, sharing }: Pick<BodyContext, "label" | "sharing">,
  body: Execute,
): Invoke {
  return (rt: Runtime, self: Value, args: Value[]) => {
    const frame = rt.push(self, args, label, sharing);
    try {
      body(frame);
      return frame.result;
    } finally {
      rt.frame = frame.caller;
    }
  };
}

function compileProperty(
  program: Program,
  unit: ClassUnit,
  field: FieldInfo,
  node: Extract<TypeDeclarationNode["members"][number], { kind: "property" }>,
): void {
  if (node.getter?.body) {
    const context = bodyContext(program, unit, `${field.name}.get`, field.static, field.type);
    field.getter = invokeBody(context, compileBlock(new Scope(context), node.getter.body));
  }
  if (node.setter?.body) {
    const context = bodyContext(program, unit, `${field.name}.set`, field.static, voidType);
    const scope = new Scope(context);
    scope.declare(node.setter.at, "value", field.type);
    field.setter = invokeBody(context, compileBlock(scope, node.setter.body));
  }
  guardOwnAccess(field);
}

/**
 * Inside its own accessor a property means its storage: a getter that reads itself must not call
 * itself again.
 */
function guardOwnAccess(field: FieldInfo): void {
  const { getter, setter, slot, owner } = field;
  const running = new WeakMap<Runtime, Set<Value>>();
  const inside = (rt: Runtime, self: Value, work: () => Value, storage: () => Value): Value => {
    const selves = running.get(rt) ?? new Set<Value>();
    running.set(rt, selves);
    if (selves.has(self)) return storage();
    selves.add(self);
    try {
      return work();
    } finally {
      selves.delete(self);
    }
  };
  const fieldsOf = (rt: Runtime, self: Value): Value[] =>
    self instanceof ObjectValue ? self.fields : rt.staticsOf(owner);
  if (getter)
    field.getter = (rt: Runtime, self: Value, args: Value[]) =>
      inside(
        rt,
        self,
        () => getter(rt, self, args),
        () => fieldsOf(rt, self)[slot] as Value,
      );
  if (setter)
    field.setter = (rt: Runtime, self: Value, args: Value[]) =>
      inside(
        rt,
        self,
        () => setter(rt, self, args),
        () => {
          fieldsOf(rt, self)[slot] = args[0] as Value;
          return null;
        },
      );
}

function compileInitializers(program: Program, unit: ClassUnit): void {
  const compiled = (isStatic: boolean): Execute => {
    const name = isStatic ? "<clinit>" : "<init>";
    const context = bodyContext(program, unit, name, isStatic, voidType, true);
    const steps: Execute[] = [];
    for (const item of unit.initializers) {
      if (item.static !== isStatic) continue;
      const scope = new Scope(context);
      if (item.kind === "block") steps.push(compileBlock(scope, item.body));
      else steps.push(fieldInitializer(program, scope, item));
    }
    return sequence(steps);
  };
  const instance = compiled(false);
  const statics = compiled(true);
  const label = `Class.${unit.info.qualifiedName}`;
  const sharing = sharingOf(unit.info);
  const runInstance = invokeBody({ label: `${label}.<init>`, sharing }, instance);
  const runStatics = invokeBody({ label: `${label}.<clinit>`, sharing }, statics);
  unit.info.initializeInstance = (rt, self) => void runInstance(rt, self, []);
  unit.info.initializeStatics = (rt) => void runStatics(rt, null, []);
}

function fieldInitializer(
  program: Program,
  scope: Scope,
  item: Extract<ClassUnit["initializers"][number], { kind: "field" }>,
): Execute {
  const value = coerce(scope.expression(item.initial), item.field.type, item.initial.at);
  const { slot, owner } = item.field;
  const at: SourcePosition = item.at;
  if (!scope.body.inTest) program.coverage.declare(at);
  return (frame) => {
    frame.at = at;
    frame.rt.tick();
    program.coverage.hit(at);
    const fields = item.static ? frame.rt.staticsOf(owner) : (frame.self as ObjectValue).fields;
    fields[slot] = value(frame);
    return completion.normal;
  };
}

/** Super constructor first, then this class's initialisers, then the body, as in Java. */
function compileConstructor(
  program: Program,
  unit: ClassUnit,
  method: MethodInfo,
  node: ConstructorNode | null,
): Invoke {
  const context = bodyContext(program, unit, "<init>", false, voidType, true);
  const scope = new Scope(context);
  if (node) declareParameters(scope, node.parameters, method);
  const statements = node?.body.statements ?? [];
  const first = statements[0];
  const chained =
    first?.kind === "expression" && first.expression.kind === "call" && !first.expression.target
      ? first.expression.name
      : null;
  const explicit = chained === "this" || chained === "super";
  const start = explicit && first ? scope.statement(first) : null;
  const rest = sequence(
    (explicit ? statements.slice(1) : statements).map((item) => scope.statement(item)),
  );
  const { info } = unit;
  const parent = explicit ? null : implicitSuper(info, node?.at ?? unit.node.at);
  return invokeBody(context, (frame) => {
    start?.(frame);
    parent?.invoke(frame.rt, frame.self, []);
    if (chained !== "this") info.initializeInstance?.(frame.rt, frame.self);
    return rest(frame);
  });
}

function implicitSuper(info: TypeInfo, at: SourcePosition): MethodInfo | null {
  const parent = info.superType;
  if (!parent || parent.info.index < 0) return null;
  const plain = constructorsOf(parent).find((found) => found.parameters.length === 0);
  if (!plain)
    throw compileError(at, `${parent.name} has no constructor without parameters; call super(…)`);
  return plain.method;
}
