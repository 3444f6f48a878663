/** A place in an Apex source file. Lines count from 1, columns from 1, as Salesforce shows them. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Apex that cannot be loaded: it does not parse, names what is not there, or uses what this
 * engine does not support. The message starts with `file:line:column`.
 */
export class ApexCompileError extends Error {
  override readonly name = "ApexCompileError";
  readonly position: SourcePosition;
  readonly problem: string;

  constructor(position: SourcePosition, problem: string) {
    super(`${position.file}:${position.line}:${position.column}: ${problem}`);
    this.position = position;
    this.problem = problem;
  }
}

/** A compile error for a construct that real Apex has and this engine does not. */
export function unsupported(position: SourcePosition, what: string): ApexCompileError {
  return new ApexCompileError(position, `Not supported by the Apex engine: ${what}`);
}
