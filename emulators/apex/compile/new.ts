/** `new`: objects of the package and the library, records, lists, sets, maps. */
import type { Evaluate } from "../run/frame.ts";
import type { ExpressionNode } from "../syntax/ast.ts";
import { integerType, listInfo, mapInfo, setInfo } from "../types/builtin.ts";
import type { ApexType } from "../types/type.ts";
import { ListValue, MapValue, SetValue } from "../values/collections.ts";
import { ExceptionValue, ObjectValue } from "../values/object-value.ts";
import { SObjectValue } from "../values/sobject-value.ts";
import { TypeValue } from "../values/type-value.ts";
import type { Value } from "../values/value.ts";
import { compileArguments } from "./arguments.ts";
import { constructorsOf, isExceptionClass } from "./constructors.ts";
import { coerce } from "./convert.ts";
import { checkAccess } from "./members.ts";
import { chooseOverload } from "./overloads.ts";
import { writeRecordField } from "./record-field.ts";
import { recordMember } from "../program/record-member.ts";
import type { Scope } from "./scope.ts";
import { compileError, type Typed } from "./typed.ts";

export function compileNew(scope: Scope, node: ExpressionNode & { kind: "new" }): Typed {
  const type = scope.program.resolve(node.type, scope.body.info);
  if (type.info.object) return compileNewRecord(scope, node, type);
  if (type.info.abstract || type.info.form === "interface" || type.info.form === "enum")
    throw compileError(node.at, `Type cannot be constructed: ${type.name}`);
  const args = compileArguments(scope, node.args);
  const chosen = chooseOverload(node.at, `new ${type.name}`, constructorsOf(type), args, type);
  const { method } = chosen.found;
  checkAccess(scope, node.at, method, method.access);
  const make = allocator(type);
  const evaluate = chosen.args;
  const isPackage = type.info.index >= 0;
  return {
    type,
    run: (frame) => {
      if (isPackage) frame.rt.staticsOf(type.info);
      const values = evaluate.map((arg) => arg(frame));
      const self = make();
      if (self instanceof ExceptionValue) frame.rt.stamp(self);
      const made = method.invoke(frame.rt, self, values);
      return self instanceof ObjectValue ? self : made;
    },
  };
}

/** Objects are made first and filled by their constructor; the library makes its own. */
export function allocator(type: ApexType): () => Value {
  if (isExceptionClass(type)) return () => new ExceptionValue(type.info);
  if (type.info.index >= 0) return () => new ObjectValue(type.info);
  const token = new TypeValue(type);
  return () => token;
}

function compileNewRecord(
  scope: Scope,
  node: ExpressionNode & { kind: "new" },
  type: ApexType,
): Typed {
  const settings = node.args.map((arg) => {
    if (arg.kind !== "assign" || arg.target.kind !== "name" || arg.operator !== "=")
      throw compileError(
        arg.at,
        `Invalid constructor argument for ${type.name}: use Field = value`,
      );
    const member = recordMember(scope.program, arg.target.at, type, arg.target.name);
    const value = coerce(scope.expression(arg.value), member.type, arg.value.at);
    return { value, write: writeRecordField(member, arg.at) };
  });
  return {
    type,
    run: (frame) => {
      const record = new SObjectValue(type.info);
      for (const { value, write } of settings) write(frame.rt, record, value(frame));
      return record;
    },
  };
}

/** `new List<T>{…}`, `new Set<T>{…}`, `new T[]{…}`, `new T[n]`. */
export function compileNewList(scope: Scope, node: ExpressionNode & { kind: "newList" }): Typed {
  const type = scope.program.resolve(node.type, scope.body.info);
  if (type.info === mapInfo && node.items.length === 0)
    return { type, run: () => new MapValue(type.arg(0), type.arg(1)) };
  if (type.info !== listInfo && type.info !== setInfo)
    throw compileError(node.at, `${type.name} cannot be made with {…}`);
  const element = type.arg(0);
  const items = node.items.map((item) => coerce(scope.expression(item), element, item.at));
  if (type.info === setInfo)
    return {
      type,
      run: (frame) =>
        new SetValue(
          element,
          items.map((item) => item(frame)),
        ),
    };
  const size = node.size ? coerce(scope.expression(node.size), integerType, node.size.at) : null;
  return { type, run: (frame) => new ListValue(element, initialItems(frame, size, items)) };
}

function initialItems(
  frame: Parameters<Evaluate>[0],
  size: Evaluate | null,
  items: readonly Evaluate[],
): Value[] {
  if (!size) return items.map((item) => item(frame));
  const count = size(frame);
  if (typeof count !== "number") throw frame.rt.nullPointer();
  return new Array<Value>(count).fill(null);
}

export function compileNewMap(scope: Scope, node: ExpressionNode & { kind: "newMap" }): Typed {
  const type = scope.program.resolve(node.type, scope.body.info);
  if (type.info !== mapInfo) throw compileError(node.at, `${type.name} cannot be made with =>`);
  const [keyType, valueType] = [type.arg(0), type.arg(1)];
  const pairs = node.pairs.map((pair) => ({
    key: coerce(scope.expression(pair.key), keyType, pair.key.at),
    value: coerce(scope.expression(pair.value), valueType, pair.value.at),
  }));
  return {
    type,
    run: (frame) =>
      new MapValue(
        keyType,
        valueType,
        pairs.map((pair) => [pair.key(frame), pair.value(frame)] as const),
      ),
  };
}
