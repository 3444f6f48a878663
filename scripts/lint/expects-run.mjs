/**
 * A test whose every `expect` stands in a loop passes when the list is empty. It has to say
 * `expect.hasAssertions()`, check the list, or go through a list that is written out.
 */

const testNames = new Set(["test", "it"]);
const callbackNames = new Set(["forEach", "map", "flatMap", "filter", "every", "some", "then"]);

/** @returns {string | null} the first name of `a.b.c()` */
function rootName(node) {
  if (node.type === "Identifier") return node.name;
  if (node.type === "MemberExpression") return rootName(node.object);
  if (node.type === "CallExpression") return rootName(node.callee);
  if (node.type === "TaggedTemplateExpression") return rootName(node.tag);
  return null;
}

function isWrittenOut(node, scope) {
  if (node.type === "TSAsExpression" || node.type === "TSSatisfiesExpression") {
    return isWrittenOut(node.expression, scope);
  }
  if (node.type === "ArrayExpression") {
    return node.elements.some((element) => element !== null && element.type !== "SpreadElement");
  }
  if (node.type === "ObjectExpression") return node.properties.length > 0;
  if (node.type === "CallExpression") {
    // `Object.entries(list)`, `list.entries()`
    const own = node.callee.type === "MemberExpression" ? node.callee : null;
    if (own?.property.type !== "Identifier") return false;
    if (!["entries", "keys", "values"].includes(own.property.name)) return false;
    const isObject = own.object.type === "Identifier" && own.object.name === "Object";
    return isWrittenOut(isObject ? node.arguments[0] : own.object, scope);
  }
  if (node.type !== "Identifier") return false;
  for (let at = scope; at !== null; at = at.upper) {
    const definition = at.set.get(node.name)?.defs[0];
    if (definition === undefined) continue;
    const isConstant = definition.type === "Variable" && definition.parent.kind === "const";
    const init =
      isConstant && definition.node.id.type === "Identifier" ? definition.node.init : null;
    return init !== null && isWrittenOut(init, at);
  }
  return false;
}

/** Whether the call is reached however short the lists around it are. */
function surelyRuns(call, body, sourceCode) {
  for (let node = call; node !== body; node = node.parent) {
    const { parent } = node;
    const scope = sourceCode.getScope(parent);
    if (parent.type === "ForOfStatement" && parent.body === node) {
      if (!isWrittenOut(parent.right, scope)) return false;
    } else if (parent.type === "ForInStatement" || parent.type === "WhileStatement") {
      if (parent.body === node) return false;
    } else if (parent.type === "CallExpression" && parent.arguments.includes(node)) {
      const { callee } = parent;
      const isCallback =
        node.type.endsWith("FunctionExpression") && callee.type === "MemberExpression";
      if (
        isCallback &&
        callbackNames.has(callee.property.name) &&
        !isWrittenOut(callee.object, scope)
      ) {
        return false;
      }
    }
  }
  return true;
}

/** @type {import("eslint").Rule.RuleModule} */
export default {
  meta: {
    type: "problem",
    messages: {
      mayNotRun:
        "Every expect of this test stands in a loop that may run over nothing. Begin with expect.hasAssertions(), or check the list.",
    },
    schema: [],
  },
  create(context) {
    const { sourceCode } = context;
    const tests = [];
    const isTest = (node) =>
      node.type === "CallExpression" &&
      testNames.has(rootName(node.callee)) &&
      node.arguments.some((argument) => argument.type.endsWith("FunctionExpression"));
    return {
      CallExpression(node) {
        if (isTest(node)) {
          const body = node.arguments.find((argument) =>
            argument.type.endsWith("FunctionExpression"),
          );
          tests.push({ node, body, found: false, sure: false });
          return;
        }
        const test = tests.at(-1);
        if (test === undefined || !/^(?:expect|fc$)/.test(rootName(node.callee) ?? "")) return;
        const [start, end] = test.body.range;
        if (node.range[0] < start || node.range[1] > end) return;
        test.found = true;
        test.sure ||= surelyRuns(node, test.body, sourceCode);
      },
      "CallExpression:exit"(node) {
        if (tests.at(-1)?.node !== node) return;
        const { found, sure } = tests.pop();
        if (found && !sure) context.report({ node: node.callee, messageId: "mayNotRun" });
      },
    };
  },
};
