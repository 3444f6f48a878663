import { readFileSync } from "node:fs";
import ts from "typescript";

/** What one element of a metadata type may hold. */
export interface PropertyModel {
  readonly isList: boolean;
  /** A scalar without which Salesforce refuses the component. Lists may always be empty. */
  readonly isRequired: boolean;
  /** `string`, `number`, `boolean`, `Date`, `any`, or the name of another type of the model. */
  readonly type: string;
}

export interface TypeModel {
  /** Element types by name, with the properties that they inherit. */
  readonly structures: ReadonlyMap<string, ReadonlyMap<string, PropertyModel>>;
  /** Enumerations by name. */
  readonly enumerations: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * The Metadata API's types, read from the declarations of `@salesforce/types`, which Salesforce
 * generates from its metadata WSDL.
 */
export function loadTypeModel(
  declarations = "node_modules/@salesforce/types/lib/metadata.d.ts",
): TypeModel {
  const text = readFileSync(declarations, "utf8");
  const source = ts.createSourceFile(declarations, text, ts.ScriptTarget.Latest, true);
  const aliases = new Map(
    source.statements.filter(ts.isTypeAliasDeclaration).map((alias) => [alias.name.text, alias]),
  );
  const structures = new Map<string, ReadonlyMap<string, PropertyModel>>();
  const enumerations = new Map<string, ReadonlySet<string>>();
  for (const [name, alias] of aliases) {
    const values = literals(alias.type);
    if (values) enumerations.set(name, values);
    else structures.set(name, properties(alias.type, aliases));
  }
  return { structures, enumerations };
}

function literals(type: ts.TypeNode): ReadonlySet<string> | undefined {
  const members = ts.isUnionTypeNode(type) ? [...type.types] : [type];
  const values = members.map((member) =>
    ts.isLiteralTypeNode(member) && ts.isStringLiteral(member.literal)
      ? member.literal.text
      : undefined,
  );
  return values.every((value) => value !== undefined) ? new Set(values) : undefined;
}

function properties(
  type: ts.TypeNode,
  aliases: ReadonlyMap<string, ts.TypeAliasDeclaration>,
): ReadonlyMap<string, PropertyModel> {
  if (ts.isIntersectionTypeNode(type)) {
    return new Map(type.types.flatMap((part) => [...properties(part, aliases)]));
  }
  if (ts.isTypeReferenceNode(type)) {
    const target = aliases.get(type.typeName.getText());
    return target ? properties(target.type, aliases) : new Map();
  }
  if (!ts.isTypeLiteralNode(type)) return new Map();
  return new Map(
    type.members.filter(ts.isPropertySignature).map((member) => {
      const memberType = member.type;
      const isList = memberType !== undefined && ts.isArrayTypeNode(memberType);
      const itemType = isList ? memberType.elementType : memberType;
      return [
        member.name.getText(),
        {
          isList,
          isRequired: !isList && member.questionToken === undefined,
          type: itemType?.getText() ?? "any",
        },
      ];
    }),
  );
}
