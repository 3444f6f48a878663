import { ApexParser } from "@apexdevtools/apex-parser";
import type { Finding } from "./finding.ts";

/**
 * Words that Apex keeps for itself (Apex Developer Guide, "Reserved Keywords"), without those that
 * compile in real orgs all the same: `cast`, `search` and the words of SOQL's dates. Apex ignores case.
 */
const reservedWords: ReadonlySet<string> = new Set(
  (
    "abstract activate and any array as asc autonomous begin bigdecimal blob boolean break bulk by " +
    "byte case catch char class collect commit const continue currency decimal default delete desc " +
    "do double else end enum exception exit export extends false final finally float for from " +
    "global goto group having hint if implements import in inner insert instanceof int integer " +
    "interface into join like limit list long loop map merge new not null nulls number object of " +
    "on or outer override package parallel pragma private protected public retrieve return rollback " +
    "select set short sobject sort static string super switch synchronized testmethod then this " +
    "throw transaction trigger true try undelete update upsert using virtual void webservice when " +
    "where while"
  ).split(" "),
);

/** Everything that gives a name; a method may have a reserved one (`of` deploys). */
const declarations: ReadonlySet<number> = new Set([
  ApexParser.RULE_variableDeclarator,
  ApexParser.RULE_formalParameter,
  ApexParser.RULE_propertyDeclaration,
  ApexParser.RULE_enhancedForControl,
  ApexParser.RULE_catchClause,
  ApexParser.RULE_classDeclaration,
  ApexParser.RULE_interfaceDeclaration,
  ApexParser.RULE_enumDeclaration,
]);

/** The parts of a parse tree that are looked at here. */
interface TreeNode {
  readonly ruleIndex?: number;
  readonly children?: readonly TreeNode[] | null;
  readonly start?: { readonly line: number };
  getText(): string;
}

/** Names that Salesforce refuses with "Identifier name is reserved", which the grammar lets pass. */
export function reservedNames(file: string, root: TreeNode): Finding[] {
  const findings: Finding[] = [];
  const visit = (node: TreeNode): void => {
    for (const child of node.children ?? []) {
      const isName =
        child.ruleIndex === ApexParser.RULE_id && declarations.has(node.ruleIndex ?? -1);
      if (isName && reservedWords.has(child.getText().toLowerCase())) {
        const message = `Identifier name is reserved: ${child.getText()}`;
        findings.push({ file, message, line: child.start?.line ?? 1 });
      }
      visit(child);
    }
  };
  visit(root);
  return findings;
}
