import {
  IdPrimaryContext,
  LiteralPrimaryContext,
  type PrimaryContext,
  SoqlPrimaryContext,
  SuperPrimaryContext,
  ThisPrimaryContext,
  TypeRefPrimaryContext,
} from "@apexdevtools/apex-parser";
import { unsupported } from "../errors.ts";
import type { ExpressionNode } from "./ast.ts";
import { buildQuery } from "./build-query.ts";
import { readLiteral } from "./literals.ts";
import { positionOf, readType } from "./tokens.ts";

export function buildPrimary(file: string, context: PrimaryContext): ExpressionNode {
  const at = positionOf(file, context);
  if (context instanceof IdPrimaryContext)
    return { kind: "name", at, name: context.id().getText() };
  if (context instanceof LiteralPrimaryContext)
    return { kind: "literal", at, literal: readLiteral(at, context.literal()) };
  if (context instanceof ThisPrimaryContext) return { kind: "this", at };
  if (context instanceof SuperPrimaryContext) return { kind: "super", at };
  if (context instanceof SoqlPrimaryContext) return buildQuery(file, context.soqlLiteral().query());
  if (context instanceof TypeRefPrimaryContext)
    return { kind: "classLiteral", at, type: readType(file, context.typeRef()) };
  throw unsupported(at, `expression "${context.getText()}" (SOSL and void.class)`);
}
