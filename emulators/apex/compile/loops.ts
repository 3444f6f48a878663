import { completion, type Execute, type Frame } from "../run/frame.ts";
import type { ExpressionNode, StatementNode } from "../syntax/ast.ts";
import { iterableInfo, listInfo, setInfo } from "../types/builtin.ts";
import { extendsInfo, isSObject } from "../types/relations.ts";
import { ListValue, SetValue } from "../values/collections.ts";
import { ObjectValue } from "../values/object-value.ts";
import type { Value } from "../values/value.ts";
import { callMethod } from "./call.ts";
import { conversionOf } from "./convert.ts";
import { compileCondition } from "./condition.ts";
import type { Scope } from "./scope.ts";
import { compileError } from "./typed.ts";
import { isAssignable } from "../types/relations.ts";

function compileBody(scope: Scope, body: StatementNode | null): Execute {
  return body ? scope.child({ loop: true }).statement(body) : () => completion.normal;
}

export function compileFor(scope: Scope, node: StatementNode & { kind: "for" }): Execute {
  const inner = scope.child({ loop: true });
  const initial = node.initial.map((statement) => inner.statement(statement));
  const condition = node.condition ? compileCondition(inner, node.condition) : () => true;
  const update = node.update.map((step: ExpressionNode) => inner.expression(step).run);
  const body = compileBody(inner, node.body);
  return (frame) => {
    for (const statement of initial) statement(frame);
    while (condition(frame)) {
      const how = body(frame);
      if (how === completion.break) break;
      if (how === completion.return) return how;
      for (const step of update) step(frame);
      // An empty body must not loop for ever uncounted.
      frame.rt.tick();
    }
    return completion.normal;
  };
}

export function compileWhile(scope: Scope, node: StatementNode & { kind: "while" }): Execute {
  const condition = compileCondition(scope, node.condition);
  const body = compileBody(scope, node.body);
  return (frame) => {
    if (!node.bodyFirst && !condition(frame)) return completion.normal;
    do {
      const how = body(frame);
      if (how === completion.break) break;
      if (how === completion.return) return how;
      frame.rt.tick();
    } while (condition(frame));
    return completion.normal;
  };
}

export function compileForEach(scope: Scope, node: StatementNode & { kind: "forEach" }): Execute {
  const source = scope.expression(node.source);
  const inner = scope.child({ loop: true });
  const type = scope.program.resolve(node.type, scope.body.info);
  const iterable = extendsInfo(source.type, iterableInfo);
  const collection = source.type.info === listInfo || source.type.info === setInfo;
  if (!collection && !iterable)
    throw compileError(node.at, `Loop must iterate over a collection: ${source.type.name}`);
  const element = collection ? source.type.arg(0) : (iterable ?? source.type).arg(0);
  // `for (List<Campaign> chunk : [SELECT …])` takes the rows 200 at a time.
  const chunked = source.query === true && type.info === listInfo;
  const fits = chunked
    ? isAssignable(element, type.arg(0))
    : isAssignable(element, type) || (isSObject(element) && isSObject(type));
  if (!fits)
    throw compileError(node.at, `Loop variable must be of type ${element.name}, not ${type.name}`);
  const convert = chunked ? null : conversionOf(element, type);
  const { slot } = inner.declare(node.at, node.name, type);
  const body = compileBody(inner, node.body);
  return (frame) => {
    const items = chunked ? chunksOf(source.run(frame)) : iterate(frame, source.run(frame));
    for (const item of items) {
      frame.slots[slot] = convert && item !== null ? convert(frame.rt, item) : item;
      const how = body(frame);
      if (how === completion.break) break;
      if (how === completion.return) return how;
      frame.rt.tick();
    }
    return completion.normal;
  };
}

const queryChunk = 200;

function* chunksOf(value: Value): Generator<Value> {
  if (!(value instanceof ListValue)) return;
  for (let start = 0; start < value.items.length; start += queryChunk)
    yield new ListValue(value.element, value.items.slice(start, start + queryChunk));
}

/** The items of a collection; changing it meanwhile is refused, as Apex does. */
function* iterate(frame: Frame, value: Value): Generator<Value> {
  if (value instanceof ListValue) {
    const size = value.items.length;
    for (let index = 0; index < value.items.length; index += 1) {
      yield value.items[index] as Value;
      if (value.items.length !== size) throw modified(frame);
    }
    return;
  }
  if (value instanceof SetValue) {
    const size = value.size;
    for (const item of [...value.values()]) {
      yield item;
      if (value.size !== size) throw modified(frame);
    }
    return;
  }
  if (!(value instanceof ObjectValue)) throw frame.rt.nullPointer();
  const iterator = callMethod(frame.rt, value, "iterator", []);
  if (!(iterator instanceof ObjectValue)) {
    yield* nativeItems(frame, iterator);
    return;
  }
  while (callMethod(frame.rt, iterator, "hasNext", []) === true)
    yield callMethod(frame.rt, iterator, "next", []);
}

function* nativeItems(frame: Frame, iterator: Value): Generator<Value> {
  const items = (iterator as { data?: { items?: readonly Value[] } } | null)?.data?.items;
  if (!items) throw frame.rt.nullPointer();
  yield* items;
}

function modified(frame: Frame): Error {
  return frame.rt.error("FinalException", "Cannot modify a collection while it is being iterated.");
}
