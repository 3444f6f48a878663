import type { CreatorContext } from "@apexdevtools/apex-parser";
import type { ExpressionNode, TypeNode } from "./ast.ts";
import { buildExpression, buildList } from "./build-expression.ts";
import { optional, positionOf, readType } from "./tokens.ts";

/** `new X(…)`, `new List<X>{…}`, `new X[n]`, `new Map<K, V>{k => v}`. */
export function buildNew(file: string, context: CreatorContext): ExpressionNode {
  const at = positionOf(file, context);
  const type: TypeNode = {
    at,
    arrayDepth: 0,
    parts: context
      .createdName()
      .idCreatedNamePair_list()
      .map((pair) => ({
        name: pair.anyId().getText(),
        args: (optional(pair.typeList())?.typeRef_list() ?? []).map((arg) => readType(file, arg)),
      })),
  };
  const call = optional(context.classCreatorRest());
  if (call)
    return {
      kind: "new",
      at,
      type,
      args: buildList(file, optional(call.arguments().expressionList())),
    };
  const array = optional(context.arrayCreatorRest());
  if (array) {
    const size = optional(array.expression());
    const items = optional(array.arrayInitializer())?.expression_list() ?? [];
    return {
      kind: "newList",
      at,
      type: { ...type, arrayDepth: 1 },
      size: size ? buildExpression(file, size) : null,
      items: items.map((item) => buildExpression(file, item)),
    };
  }
  const map = optional(context.mapCreatorRest());
  if (map) {
    const pairs = map.mapCreatorRestPair_list().map((pair) => ({
      key: buildExpression(file, pair.expression(0)),
      value: buildExpression(file, pair.expression(1)),
    }));
    return { kind: "newMap", at, type, pairs };
  }
  const items = optional(context.setCreatorRest())?.expression_list() ?? [];
  const built = items.map((item) => buildExpression(file, item));
  return { kind: "newList", at, type, size: null, items: built };
}
