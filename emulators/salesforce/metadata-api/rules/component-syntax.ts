import path from "node:path";
import { z } from "zod";
import type { Finding } from "./finding.ts";
import { keptFindings } from "./kept-findings.ts";
import type { PackageSource, SourceFile } from "./package-source.ts";

const componentFile = /(?:^|\/)lwc\/(\w+)\/(?!__)[^/]+\.(js|html|css)$/;
const compilerError = z.looseObject({
  message: z.string(),
  location: z.looseObject({ line: z.number() }).optional(),
});

/** Checks that every part of a Lightning web component compiles, with Salesforce's own compiler. */
export async function checkComponentSyntax(source: PackageSource): Promise<Finding[]> {
  const findings = source.files.flatMap((file) => {
    const name = componentFile.exec(file.path)?.[1];
    if (name === undefined) return [];
    return [keptFindings("lwc syntax 2", file, () => compile(file, name))];
  });
  return (await Promise.all(findings)).flat();
}

async function compile({ path: file, text }: SourceFile, name: string): Promise<Finding[]> {
  const { transformSync } = await import("@lwc/compiler");
  try {
    transformSync(text, path.basename(file), { namespace: "c", name, enableLwcOn: true });
    return [];
  } catch (error) {
    const parsed = compilerError.safeParse(error);
    if (!parsed.success) throw error;
    // The first line says what is wrong; the others show the place.
    const [words = ""] = parsed.data.message.split("\n");
    const message = words.replace(/^\w*Error: /, "").replace(/: \/\S+: /, ": ");
    const line = parsed.data.location?.line;
    return [line === undefined ? { file, message } : { file, line, message }];
  }
}
