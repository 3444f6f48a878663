/** ANTLR statement contexts to the tree of `ast.ts`. */
import type {
  BlockContext,
  FieldDeclarationContext,
  ForStatementContext,
  LocalVariableDeclarationContext,
  StatementContext,
  SwitchStatementContext,
  TryStatementContext,
  WhenLiteralContext,
} from "@apexdevtools/apex-parser";
import { type SourcePosition, unsupported } from "../errors.ts";
import type {
  BlockNode,
  LiteralValue,
  LocalNode,
  StatementNode,
  TypeNode,
  WhenLabel,
  WhenNode,
} from "./ast.ts";
import { buildDml } from "./build-dml.ts";
import { buildExpression, buildList } from "./build-expression.ts";
import { optional, positionOf, readModifiers, readType } from "./tokens.ts";
import { integerLiteral, unescapeString } from "./literals.ts";

export function buildBlock(file: string, context: BlockContext): BlockNode {
  return {
    kind: "block",
    at: positionOf(file, context),
    statements: context.statement_list().map((item) => buildStatement(file, item)),
  };
}

export function buildStatement(file: string, context: StatementContext): StatementNode {
  const at = positionOf(file, context);
  const block = optional(context.block());
  if (block) return buildBlock(file, block);
  const local = optional(context.localVariableDeclarationStatement());
  if (local) return buildLocal(file, local.localVariableDeclaration());
  const expression = optional(context.expressionStatement());
  if (expression)
    return { kind: "expression", at, expression: buildExpression(file, expression.expression()) };
  const branch = optional(context.ifStatement());
  if (branch) {
    const [then, otherwise] = branch.statement_list().map((item) => buildStatement(file, item));
    const condition = buildExpression(file, branch.parExpression().expression());
    if (!then) throw unsupported(at, "if without a statement");
    return { kind: "if", at, condition, then, otherwise: otherwise ?? null };
  }
  const loop = optional(context.forStatement());
  if (loop) return buildFor(file, loop);
  const whileLoop = optional(context.whileStatement());
  if (whileLoop) {
    const body = optional(whileLoop.statement());
    const condition = buildExpression(file, whileLoop.parExpression().expression());
    return {
      kind: "while",
      at,
      condition,
      body: body && buildStatement(file, body),
      bodyFirst: false,
    };
  }
  const doLoop = optional(context.doWhileStatement());
  if (doLoop) {
    const condition = buildExpression(file, doLoop.parExpression().expression());
    return {
      kind: "while",
      at,
      condition,
      body: buildBlock(file, doLoop.block()),
      bodyFirst: true,
    };
  }
  const attempt = optional(context.tryStatement());
  if (attempt) return buildTry(file, attempt);
  const choice = optional(context.switchStatement());
  if (choice) return buildSwitch(file, choice);
  const result = optional(context.returnStatement());
  if (result) {
    const value = optional(result.expression());
    return { kind: "return", at, value: value && buildExpression(file, value) };
  }
  const thrown = optional(context.throwStatement());
  if (thrown) return { kind: "throw", at, value: buildExpression(file, thrown.expression()) };
  if (optional(context.breakStatement())) return { kind: "break", at };
  if (optional(context.continueStatement())) return { kind: "continue", at };
  const runAs = optional(context.runAsStatement());
  if (runAs) {
    const [user] = buildList(file, optional(runAs.expressionList()));
    if (!user) throw unsupported(at, "System.runAs without a user");
    return { kind: "runAs", at, user, body: buildBlock(file, runAs.block()) };
  }
  return buildDml(file, context);
}

function buildLocal(file: string, context: LocalVariableDeclarationContext): LocalNode {
  const final = readModifiers(context.modifier_list()).words.has("final");
  return buildLocalFrom(file, context, final);
}

export function buildLocalFrom(
  file: string,
  context: LocalVariableDeclarationContext | FieldDeclarationContext,
  final: boolean,
): LocalNode {
  return {
    kind: "local",
    at: positionOf(file, context),
    type: readType(file, context.typeRef()),
    final,
    variables: context
      .variableDeclarators()
      .variableDeclarator_list()
      .map((variable) => {
        const initial = optional(variable.expression());
        return {
          at: positionOf(file, variable),
          name: variable.id().getText(),
          initial: initial && buildExpression(file, initial),
        };
      }),
  };
}

function buildFor(file: string, context: ForStatementContext): StatementNode {
  const at = positionOf(file, context);
  const control = context.forControl();
  const statement = optional(context.statement());
  const body = statement && buildStatement(file, statement);
  const each = optional(control.enhancedForControl());
  if (each) {
    const type = readType(file, each.typeRef());
    const source = buildExpression(file, each.expression());
    return { kind: "forEach", at, type, name: each.id().getText(), source, body };
  }
  const start = optional(control.forInit());
  const local = start && optional(start.localVariableDeclaration());
  const initial: StatementNode[] = local
    ? [buildLocal(file, local)]
    : buildList(file, start && optional(start.expressionList())).map((expression) => ({
        kind: "expression",
        at: expression.at,
        expression,
      }));
  const condition = optional(control.expression());
  const update = optional(control.forUpdate());
  return {
    kind: "for",
    at,
    initial,
    condition: condition && buildExpression(file, condition),
    update: buildList(file, update && update.expressionList()),
    body,
  };
}

function buildTry(file: string, context: TryStatementContext): StatementNode {
  const last = optional(context.finallyBlock());
  return {
    kind: "try",
    at: positionOf(file, context),
    body: buildBlock(file, context.block()),
    finally: last && buildBlock(file, last.block()),
    catches: context.catchClause_list().map((clause) => {
      const at = positionOf(file, clause);
      const parts = clause
        .qualifiedName()
        .id_list()
        .map((id) => ({ name: id.getText(), args: [] as TypeNode[] }));
      return {
        at,
        type: { at, parts, arrayDepth: 0 },
        name: clause.id().getText(),
        body: buildBlock(file, clause.block()),
      };
    }),
  };
}

function buildSwitch(file: string, context: SwitchStatementContext): StatementNode {
  const whens = context.whenControl_list().map((control): WhenNode => {
    const value = control.whenValue();
    const at = positionOf(file, control);
    const body = buildBlock(file, control.block());
    if (optional(value.ELSE())) return { at, labels: null, binding: null, body };
    const type = optional(value.typeRef());
    if (type) {
      const binding = { type: readType(file, type), name: value.id().getText() };
      return { at, labels: [], binding, body };
    }
    const labels = value.whenLiteral_list().map((literal) => readLabel(file, literal));
    return { at, labels, binding: null, body };
  });
  const subject = buildExpression(file, context.expression());
  return { kind: "switch", at: positionOf(file, context), subject, whens };
}

function readLabel(file: string, context: WhenLiteralContext): WhenLabel {
  const at = positionOf(file, context);
  const nested = optional(context.whenLiteral());
  if (nested) return readLabel(file, nested);
  const name = optional(context.qualifiedName());
  if (name) return { kind: "name", at, name: name.getText() };
  return {
    kind: "literal",
    at,
    value: { kind: "literal", at, literal: labelLiteral(at, context) },
  };
}

function labelLiteral(at: SourcePosition, context: WhenLiteralContext): LiteralValue {
  const text = context.getText();
  if (optional(context.NULL())) return { type: "null" };
  if (optional(context.StringLiteral()))
    return { type: "String", value: unescapeString(text.slice(1, -1)) };
  const minus = context.SUB_list().length % 2 === 1;
  const digits = text.replace(/^[-+]+/, "");
  if (optional(context.LongLiteral())) {
    const value = BigInt(digits.slice(0, -1));
    return { type: "Long", value: minus ? -value : value };
  }
  const literal = integerLiteral(at, digits);
  return literal.type === "Integer" && minus ? { type: "Integer", value: -literal.value } : literal;
}
