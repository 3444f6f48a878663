/**
 * What `npm run typecheck` and `npm run lint` find, in one process: the linter asks the compiler that
 * has just checked every type, so nothing is parsed and checked twice.
 * @module
 */
import { ESLint, type Linter } from "eslint";
import ts from "typescript";
import { createProgram, formatTypeErrors } from "./type-errors.ts";

const program = createProgram();
const typeErrors = ts.getPreEmitDiagnostics(program);
if (typeErrors.length > 0) console.error(formatTypeErrors(typeErrors));

const knownProgram: Linter.Config = {
  files: ["**/*.ts"],
  languageOptions: { parserOptions: { projectService: false, programs: [program] } },
};
const eslint = new ESLint({ overrideConfig: [knownProgram] });
const results = await eslint.lintFiles(["."]);
const findings = results.flatMap(({ messages }) => messages);
if (findings.length > 0) {
  const formatter = await eslint.loadFormatter("stylish");
  console.error(await formatter.format(results));
}

process.exitCode = typeErrors.length + findings.length > 0 ? 1 : 0;
