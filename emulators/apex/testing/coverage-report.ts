import type { Program } from "../program/program.ts";

export interface FileCoverage {
  readonly name: string;
  readonly kind: "class" | "trigger";
  readonly lines: number;
  readonly covered: number;
  readonly coveredLines: readonly number[];
  readonly uncoveredLines: readonly number[];
  /** 0 to 100; 100 for a file without executable lines. */
  readonly percent: number;
}

/** Coverage of every class and trigger that is no test, by name. */
export function readCoverage(program: Program): FileCoverage[] {
  const files = program.coverage.files();
  const classes = [...program.types.values()]
    .filter((info) => !info.testClass)
    .map((info) => ({ name: info.name, kind: "class" as const, file: program.files.get(info) }));
  const triggers = program.triggers.map(({ name, file }) => ({
    name,
    kind: "trigger" as const,
    file,
  }));
  return [...classes, ...triggers].map(({ name, kind, file }) => {
    const lines = [...(files.get(file ?? "") ?? [])];
    const uncoveredLines = lines.filter(([, hits]) => hits === 0).map(([line]) => line);
    const coveredLines = lines.filter(([, hits]) => hits > 0).map(([line]) => line);
    const covered = lines.length - uncoveredLines.length;
    return {
      name,
      kind,
      lines: lines.length,
      covered,
      coveredLines: coveredLines.sort((left, right) => left - right),
      uncoveredLines: uncoveredLines.sort((left, right) => left - right),
      percent: lines.length === 0 ? 100 : (covered / lines.length) * 100,
    };
  });
}
