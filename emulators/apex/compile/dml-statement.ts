import { unsupported } from "../errors.ts";
import { completion, type Execute } from "../run/frame.ts";
import { dmlAll } from "../run/dml.ts";
import type { StatementNode } from "../syntax/ast.ts";
import { listInfo } from "../types/builtin.ts";
import { isSObject } from "../types/relations.ts";
import { onlyRow } from "./convert.ts";
import type { Scope } from "./scope.ts";
import { compileError } from "./typed.ts";

/** `insert x;` and its kin: all rows or a DmlException. */
export function compileDml(scope: Scope, node: StatementNode & { kind: "dml" }): Execute {
  const { operation, externalId, mode } = node;
  if (operation === "merge") throw unsupported(node.at, "merge");
  const typed = scope.expression(node.target);
  const isList = typed.type.info === listInfo;
  const element = isList ? typed.type.arg(0) : typed.type;
  if (!isSObject(element))
    throw compileError(node.at, `DML requires SObject or SObject list type: ${typed.type.name}`);
  if (element.info.object?.name.endsWith("__e"))
    throw compileError(node.at, `DML not allowed on ${element.name}: publish events with EventBus`);
  if (externalId !== null && element.info.object) {
    const field = element.info.object.fields.get(externalId.toLowerCase().split(".").pop() ?? "");
    if (!field) throw compileError(node.at, `Field does not exist: ${externalId}`);
    if (!field.externalId && field.type !== "id" && !field.unique)
      throw compileError(
        node.at,
        `Invalid field for upsert, must be an External Id: ${externalId}`,
      );
  }
  const run = typed.query && !isList ? onlyRow(typed).run : typed.run;
  return (frame) => {
    const target = run(frame);
    dmlAll(frame.rt, operation, target, externalId?.split(".").pop() ?? null, mode);
    return completion.normal;
  };
}
