import { functions } from "./functions/index.ts";
import { compileName } from "./names.ts";
import { commonType, compileBinary } from "./operators.ts";
import { type Node, parseFormula } from "./parse.ts";
import { type Expression, FormulaError, type FormulaScope, type FormulaType } from "./types.ts";

/**
 * Reads a formula and checks every name and type in it, so that evaluating it meets nothing unknown.
 * @param wanted what the formula must yield; any of them
 * @throws FormulaError naming what is wrong or not supported
 */
export function compileFormula(
  text: string,
  scope: FormulaScope,
  wanted: readonly FormulaType[],
): Expression {
  const root = parseFormula(text);
  const expression = compileNode(scope, root);
  if (!wanted.some((type) => commonType(expression.type, type) === type)) {
    throw new FormulaError(
      `the formula yields ${expression.type}, not ${wanted.join(" or ")}`,
      root.offset,
    );
  }
  return expression;
}

function compileNode(scope: FormulaScope, node: Node): Expression {
  switch (node.kind) {
    case "literal":
      return compileLiteral(node.value);
    case "name":
      return compileName(scope, node.path, node.offset);
    case "unary":
      return compileUnary(node.operator, compileNode(scope, node.part), node.offset);
    case "binary":
      return compileBinary(
        node.operator,
        compileNode(scope, node.left),
        compileNode(scope, node.right),
        node.offset,
      );
    case "call": {
      const compile = functions.get(node.name);
      if (!compile)
        throw new FormulaError(`the function ${node.name} is not supported`, node.offset);
      return compile({
        name: node.name,
        scope,
        offset: node.offset,
        parts: node.parts.map((part) => ({ ...compileNode(scope, part), offset: part.offset })),
      });
    }
  }
}

function compileLiteral(value: string | number | boolean | null): Expression {
  const run = (): typeof value => value;
  if (value === null) return { type: "blank", run };
  if (typeof value === "string") return { type: "text", literal: value, run };
  return { type: typeof value === "number" ? "number" : "boolean", run };
}

function compileUnary(operator: "-" | "!", part: Expression, offset: number): Expression {
  const wanted = operator === "-" ? "number" : "boolean";
  if (commonType(part.type, wanted) !== wanted) {
    throw new FormulaError(`"${operator}" needs ${wanted}, not ${part.type}`, offset);
  }
  if (operator === "!") return { type: "boolean", run: (input) => part.run(input) !== true };
  return {
    type: "number",
    run: (input) => {
      const value = part.run(input);
      return typeof value === "number" ? -value : null;
    },
  };
}
