import { completion, type Execute, type Frame } from "../run/frame.ts";
import type { StatementNode, WhenLabel } from "../syntax/ast.ts";
import { idType, integerType, longType, objectType, stringType } from "../types/builtin.ts";
import { isSObject } from "../types/relations.ts";
import type { ApexType } from "../types/type.ts";
import { valuesEqual } from "../values/equality.ts";
import type { Value } from "../values/value.ts";
import { valueIs } from "../values/value-type.ts";
import { coerce } from "./convert.ts";
import type { Scope } from "./scope.ts";
import { compileError, type Typed } from "./typed.ts";

interface Branch {
  readonly matches: (frame: Frame, value: Value) => boolean;
  readonly run: Execute;
}

/** Strings are compared with case here, unlike `==` (Apex Developer Guide, "Switch Statements"). */
export function compileSwitch(scope: Scope, node: StatementNode & { kind: "switch" }): Execute {
  const subject = scope.expression(node.subject);
  checkSubject(node, subject);
  const seen = new Set<string>();
  const branches = node.whens.map((when): Branch => {
    const inner = scope.child();
    if (when.binding) {
      const type = scope.program.resolve(when.binding.type, scope.body.info);
      const { slot } = inner.declare(when.at, when.binding.name, type);
      const run = inner.block(when.body);
      return {
        matches: (frame, value) => {
          if (value === null || !valueIs(value, type)) return false;
          frame.slots[slot] = value;
          return true;
        },
        run,
      };
    }
    const run = inner.block(when.body);
    if (!when.labels) return { matches: () => true, run };
    const labels = when.labels.map((label) => {
      const value = compileLabel(scope, label, subject.type);
      const text = labelText(label);
      if (seen.has(text)) throw compileError(label.at, `Duplicate when value: ${text}`);
      seen.add(text);
      return value;
    });
    return {
      matches: (frame, value) => labels.some((label) => valuesEqual(label(frame), value)),
      run,
    };
  });
  return (frame) => {
    const value = subject.run(frame);
    for (const branch of branches) if (branch.matches(frame, value)) return branch.run(frame);
    return completion.normal;
  };
}

function checkSubject(node: StatementNode & { kind: "switch" }, subject: Typed): void {
  const { type } = subject;
  const simple = [integerType, longType, stringType, idType, objectType].includes(type);
  if (!simple && type.info.form !== "enum" && !isSObject(type))
    throw compileError(node.at, `Switch expression cannot be of type ${type.name}`);
}

function labelText(label: WhenLabel): string {
  if (label.kind === "name") return label.name.toLowerCase();
  const node = label.value;
  return node.kind === "literal" && "value" in node.literal
    ? `${node.literal.type} ${String(node.literal.value)}`
    : "null";
}

function compileLabel(scope: Scope, label: WhenLabel, type: ApexType): (frame: Frame) => Value {
  if (label.kind === "literal") return coerce(scope.expression(label.value), type, label.at);
  const constant = type.info.enumValues.find(
    (value) => value.name.toLowerCase() === label.name.toLowerCase(),
  );
  if (!constant)
    throw compileError(
      label.at,
      `Invalid when value: ${label.name} is no constant of ${type.name}`,
    );
  return () => constant;
}
