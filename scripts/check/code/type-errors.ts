import ts from "typescript";

const CONFIG_FILE = "tsconfig.json";

/** The program that tsconfig.json describes, as `tsc` makes it. */
export function createProgram(): ts.Program {
  const parsed = ts.getParsedCommandLineOfConfigFile(
    CONFIG_FILE,
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
        throw new Error(formatTypeErrors([diagnostic]));
      },
    },
  );
  if (parsed === undefined) throw new Error(`${CONFIG_FILE} cannot be read`);
  return ts.createProgram({
    rootNames: parsed.fileNames,
    options: parsed.options,
    configFileParsingDiagnostics: parsed.errors,
  });
}

/** Diagnostics as `tsc` prints them: `path(line,column): error TS1234: …`, one a line. */
export function formatTypeErrors(diagnostics: readonly ts.Diagnostic[]): string {
  return ts.formatDiagnostics(diagnostics, {
    getCanonicalFileName: (fileName) => fileName,
    getCurrentDirectory: () => ts.sys.getCurrentDirectory(),
    getNewLine: () => "\n",
  });
}
