import type {
  AccessLevelContext,
  ExpressionContext,
  StatementContext,
} from "@apexdevtools/apex-parser";
import { unsupported } from "../errors.ts";
import type { DmlOperation, StatementNode } from "./ast.ts";
import { buildExpression } from "./build-expression.ts";
import { optional, positionOf } from "./tokens.ts";

interface DmlContext {
  expression(): ExpressionContext;
  accessLevel(): AccessLevelContext;
}

/** `insert x`, `update as user x`, `upsert x Field__c` and the rest. */
export function buildDml(file: string, context: StatementContext): StatementNode {
  const at = positionOf(file, context);
  const upsert = optional(context.upsertStatement());
  const candidates: readonly [DmlOperation, DmlContext | null][] = [
    ["insert", optional(context.insertStatement())],
    ["update", optional(context.updateStatement())],
    ["delete", optional(context.deleteStatement())],
    ["undelete", optional(context.undeleteStatement())],
    ["upsert", upsert],
  ];
  for (const [operation, statement] of candidates) {
    if (!statement) continue;
    const level = optional(statement.accessLevel());
    const external = upsert && optional(upsert.qualifiedName());
    return {
      kind: "dml",
      at,
      operation,
      target: buildExpression(file, statement.expression()),
      externalId: external ? external.getText() : null,
      mode: level ? (optional(level.USER()) ? "user" : "system") : null,
    };
  }
  throw unsupported(at, `statement "${context.getText()}"`);
}
