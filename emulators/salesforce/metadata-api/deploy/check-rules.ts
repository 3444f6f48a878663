import type { SourceFile } from "../format/component.ts";
import { checkApexSyntax } from "../rules/apex-syntax.ts";
import { checkComponentSyntax } from "../rules/component-syntax.ts";
import { checkCrossReferences } from "../rules/cross-references.ts";
import { checkCustomNames } from "../rules/custom-names.ts";
import type { Finding } from "../rules/finding.ts";
import type { PackageSource } from "../rules/package-source.ts";
import { checkMetadataTypes } from "../rules/type-check.ts";
import { type DeployMessage, fileFailure } from "./deploy-message.ts";
import { inSalesforceWords } from "./salesforce-words.ts";

/** The rules know files by their place in a project. */
const folder = "org/";

/**
 * Holds the org as it would be to Salesforce's rules.
 * @param brought files of the deployment
 * @param after all files of the org with the deployment
 * @param before those without it: what was wrong already is not this deployment's fault
 */
export async function checkRules(
  brought: readonly SourceFile[],
  after: readonly SourceFile[],
  before: () => readonly SourceFile[],
): Promise<DeployMessage[]> {
  const own = new Map(brought.map((file) => [`${folder}${file.path}`, file]));
  const all = new Map(after.map((file) => [`${folder}${file.path}`, file]));
  const isOwn = ({ file }: Finding): boolean => own.has(file);
  const findings = [
    ...checkMetadataTypes(sourceOf(brought)),
    ...(await checkApexSyntax(sourceOf(brought))),
    ...(await checkComponentSyntax(sourceOf(brought))),
    ...(await relations(sourceOf(after))),
  ];
  const others = findings.filter((finding) => !isOwn(finding));
  const known = new Set(
    others.length === 0 ? [] : (await relations(sourceOf(before()))).map(textOf),
  );
  return findings
    .filter((finding) => isOwn(finding) || !known.has(textOf(finding)))
    .flatMap(({ file, line, message }) => {
      const found = own.get(file) ?? all.get(file);
      return found ? [fileFailure(found, inSalesforceWords(message), { line })] : [];
    });
}

async function relations(source: PackageSource): Promise<Finding[]> {
  return [...(await checkCrossReferences(source)), ...(await checkCustomNames(source))];
}

function sourceOf(files: readonly SourceFile[]): PackageSource {
  return {
    root: ".",
    directories: [],
    files: files.map(({ path, content }) => ({
      path: `${folder}${path}`,
      text: content.toString("utf8"),
    })),
  };
}

function textOf({ file, message }: Finding): string {
  return `${file}: ${message}`;
}
