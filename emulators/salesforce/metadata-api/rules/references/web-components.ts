import type { Finding } from "../finding.ts";
import { type SourceFile } from "../package-source.ts";
import { type Components, fieldExists, hasComponent, objectExists } from "../components.ts";

const apexImport = /import\s+(\w+)\s+from\s+["']@salesforce\/apex\/(\w+)\.(\w+)["']/g;
const schemaImport = /["']@salesforce\/schema\/(\w+)(?:\.(\w+))?["']/g;
const permissionImport = /["']@salesforce\/customPermission\/(\w+)["']/g;
const bundleImport = /from\s+["']c\/(\w+)["']/g;
const bundleTag = /<c-([a-z0-9-]+)/g;

/** What Lightning web components import and show exists; Apex methods are fit to be called from there. */
export async function checkWebComponents(components: Components): Promise<Finding[]> {
  const findings: Finding[] = [];
  const files = components.source.files.filter(({ path }) => path.includes("/lwc/"));
  for (const file of files.filter(({ path }) => /\.(js|ts|html)$/.test(path))) {
    for (const { index, message } of await problemsOf(file, components)) {
      const line = file.text.slice(0, index).split("\n").length;
      findings.push({ file: file.path, line, message });
    }
  }
  return findings;
}

interface Problem {
  readonly index: number;
  readonly message: string;
}

async function problemsOf({ text }: SourceFile, components: Components): Promise<Problem[]> {
  const problems: Problem[] = [];
  const report = ({ index }: RegExpExecArray, message: string) => problems.push({ index, message });
  for (const match of text.matchAll(apexImport)) {
    const [, alias = "", className = "", methodName = ""] = match;
    const isWired = new RegExp(`@wire\\(\\s*${alias}\\b`).test(text);
    const message = methodProblem(className, methodName, isWired, components);
    if (message) report(match, message);
  }
  for (const match of text.matchAll(schemaImport)) {
    const [, object = "", field] = match;
    const exists = field
      ? await fieldExists(components, object, field)
      : await objectExists(components, object);
    if (!exists) report(match, `imports the unknown ${field ? `${object}.${field}` : object}`);
  }
  for (const match of text.matchAll(permissionImport)) {
    const [, name = ""] = match;
    if (!hasComponent(components, "customPermission", name)) {
      report(match, `imports the unknown custom permission ${name}`);
    }
  }
  for (const match of [...text.matchAll(bundleImport), ...text.matchAll(bundleTag)]) {
    const name = (match[1] ?? "").replace(/-([a-z0-9])/g, (_, letter: string) =>
      letter.toUpperCase(),
    );
    if (!hasComponent(components, "js", name)) report(match, `uses the unknown component ${name}`);
  }
  return problems;
}

function methodProblem(
  className: string,
  methodName: string,
  isWired: boolean,
  { source }: Components,
): string | undefined {
  const apex = source.files.find(({ path }) => path.endsWith(`/${className}.cls`));
  if (!apex) return `imports from the unknown Apex class ${className}`;
  const method = new RegExp(
    `@AuraEnabled(\\([^)]*\\))?\\s+([\\w<>,\\s.]*?)\\b${methodName}\\s*\\(`,
    "i",
  ).exec(apex.text);
  if (!method) return `${className} has no @AuraEnabled method ${methodName}`;
  const [, options = "", modifiers = ""] = method;
  if (!/\bstatic\b/i.test(modifiers)) return `${className}.${methodName} must be static`;
  if (isWired && !/cacheable\s*=\s*true/i.test(options)) {
    return `${className}.${methodName} is wired and must be cacheable`;
  }
  return undefined;
}
