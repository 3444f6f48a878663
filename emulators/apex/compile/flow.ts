import type { BlockNode, StatementNode } from "../syntax/ast.ts";

/** Whether a body never runs off its end: what a method with a result must be. */
export function endsAlways(node: BlockNode): boolean {
  return node.statements.some(leaves);
}

function leaves(node: StatementNode): boolean {
  switch (node.kind) {
    case "return":
    case "throw":
      return true;
    case "block":
      return endsAlways(node);
    case "if":
      return node.otherwise !== null && leaves(node.then) && leaves(node.otherwise);
    case "try": {
      if (node.finally && endsAlways(node.finally)) return true;
      return endsAlways(node.body) && node.catches.every((clause) => endsAlways(clause.body));
    }
    case "switch":
      return (
        node.whens.some((when) => !when.labels && !when.binding) &&
        node.whens.every((when) => endsAlways(when.body))
      );
    case "while":
      return (
        node.condition.kind === "literal" &&
        node.condition.literal.type === "Boolean" &&
        node.condition.literal.value
      );
    case "runAs":
      return endsAlways(node.body);
    default:
      return false;
  }
}
