/** Positions, modifiers and names read from ANTLR's contexts. */
import type {
  AnnotationContext,
  ApexParserRuleContext,
  ModifierContext,
  TypeRefContext,
} from "@apexdevtools/apex-parser";
import type { SourcePosition } from "../errors.ts";
import { unescapeString } from "./literals.ts";
import type { Annotation, Modifiers, TypeNode } from "./ast.ts";

/** ANTLR types optional children as always there; at run time they are null. */
export function optional<T>(node: T): T | null {
  return node ?? null;
}

export function positionOf(file: string, context: ApexParserRuleContext): SourcePosition {
  return { file, line: context.start.line, column: context.start.column + 1 };
}

export function readModifiers(contexts: readonly ModifierContext[]): Modifiers {
  const words = new Set<string>();
  const annotations: Annotation[] = [];
  for (const context of contexts) {
    const annotation = optional(context.annotation());
    if (annotation) annotations.push(readAnnotation(annotation));
    else words.add(context.getText().toLowerCase());
  }
  return { words, annotations };
}

function readAnnotation(context: AnnotationContext): Annotation {
  const parameters = new Map<string, string>();
  const pairs = optional(context.elementValuePairs());
  const single = optional(context.elementValue());
  if (single) parameters.set("value", plainText(single.getText()));
  for (const pair of pairs?.elementValuePair_list() ?? []) {
    parameters.set(pair.id().getText().toLowerCase(), plainText(pair.elementValue().getText()));
  }
  return { name: context.id().getText().toLowerCase(), parameters };
}

function plainText(text: string): string {
  return text.startsWith("'") ? unescapeString(text.slice(1, -1)) : text.toLowerCase();
}

export function readType(file: string, context: TypeRefContext): TypeNode {
  const parts = context.typeName_list().map((part) => {
    const id = optional(part.id());
    const name = id
      ? id.getText()
      : optional(part.LIST())
        ? "List"
        : optional(part.SET())
          ? "Set"
          : "Map";
    const args = optional(part.typeArguments())?.typeList().typeRef_list() ?? [];
    return { name, args: args.map((arg) => readType(file, arg)) };
  });
  const subscripts = optional(context.arraySubscripts());
  return {
    at: positionOf(file, context),
    parts,
    arrayDepth: subscripts ? subscripts.LBRACK_list().length : 0,
  };
}
