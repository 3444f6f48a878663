/** Apex source text to the syntax tree. */
import {
  ApexErrorListener,
  type ApexParser,
  ApexParserFactory,
  type ApexParserRuleContext,
  type ModifierContext,
  type StatementContext,
} from "@apexdevtools/apex-parser";
import { ApexCompileError, unsupported } from "../errors.ts";
import type {
  BlockNode,
  ExpressionNode,
  StatementNode,
  TriggerNode,
  TypeDeclarationNode,
} from "./ast.ts";
import { type AnyMember, buildTypeDeclaration } from "./build-declaration.ts";
import { buildExpression } from "./build-expression.ts";
import { buildLocalFrom, buildStatement } from "./build-statement.ts";
import { optional, positionOf, readModifiers } from "./tokens.ts";

class FirstError extends ApexErrorListener {
  readonly #file: string;

  constructor(file: string) {
    super();
    this.#file = file;
  }

  apexSyntaxError(line: number, column: number, message: string): void {
    throw new ApexCompileError({ file: this.#file, line, column: column + 1 }, message);
  }
}

function parserOf(file: string, source: string): ApexParser {
  return ApexParserFactory.createLexerAndParser(source, new FirstError(file)).parser;
}

/**
 * One class, interface or enum file.
 * @throws ApexCompileError with the position of the first syntax error.
 */
export function parseClassFile(file: string, source: string): TypeDeclarationNode {
  return buildTypeDeclaration(file, parserOf(file, source).compilationUnit().typeDeclaration());
}

/** @throws ApexCompileError with the position of the first syntax error. */
export function parseTriggerFile(file: string, source: string): TriggerNode {
  const unit = parserOf(file, source).triggerUnit();
  const at = positionOf(file, unit);
  const statements = unit
    .triggerBlock()
    .triggerBlockMember_list()
    .map((item) => blockItem(file, item, optional(item.triggerMemberDeclaration())));
  return {
    kind: "trigger",
    at,
    name: unit.id(0).getText(),
    object: unit.id(1).getText(),
    events: unit
      .triggerCase_list()
      .map((event) => (event.children ?? []).map((word) => word.getText().toLowerCase()).join(" ")),
    body: { kind: "block", at, statements },
  };
}

/** Statements as Execute Anonymous takes them, without declarations of types and methods. */
export function parseAnonymous(file: string, source: string): BlockNode {
  const unit = parserOf(file, source).anonymousUnit();
  const statements = unit
    .anonymousBlock()
    .anonymousBlockMember_list()
    .map((item) => blockItem(file, item, optional(item.anonymousMemberDeclaration())));
  return { kind: "block", at: positionOf(file, unit), statements };
}

/** The grammar reads `Integer x = 1;` at the top of a trigger as a field; it is a local. */
function blockItem(
  file: string,
  item: { statement(): StatementContext; modifier_list(): ModifierContext[] },
  member: (AnyMember & ApexParserRuleContext) | null,
): StatementNode {
  if (!member) return buildStatement(file, item.statement());
  const at = positionOf(file, member);
  const field = optional(member.fieldDeclaration());
  if (!field) throw unsupported(at, "methods and types inside a trigger or anonymous Apex");
  const final = readModifiers(item.modifier_list()).words.has("final");
  return buildLocalFrom(file, field, final);
}

/** ANTLR's token type for the end of the text. */
const endOfFile = -1;

/** One expression, for the dynamic queries' binds and the conformance tables. */
export function parseExpression(file: string, source: string): ExpressionNode {
  const parser = parserOf(file, source);
  const tree = parser.expression();
  const next = parser.getCurrentToken();
  if (next.type !== endOfFile) {
    const at = { file, line: next.line, column: next.column + 1 };
    throw new ApexCompileError(at, `Unexpected token: ${next.text}`);
  }
  return buildExpression(file, tree);
}
