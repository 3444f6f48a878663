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

/** Several files that cannot be loaded; it says itself what the first one says. */
export class ApexCompileErrors extends ApexCompileError {
  constructor(
    first: ApexCompileError,
    readonly others: readonly ApexCompileError[],
  ) {
    super(first.position, first.problem);
  }
}

/**
 * Does something with each item, and looks at them all before it gives up.
 * @throws ApexCompileError, or ApexCompileErrors when more than one item has one
 */
export function withEach<Item>(items: Iterable<Item>, work: (item: Item) => void): void {
  const errors: ApexCompileError[] = [];
  for (const item of items) {
    try {
      work(item);
    } catch (error) {
      if (!(error instanceof ApexCompileError)) throw error;
      errors.push(error);
    }
  }
  throwAll(errors);
}

/** @throws ApexCompileError for one error, ApexCompileErrors for several */
export function throwAll([first, ...others]: readonly ApexCompileError[]): void {
  if (first) throw others.length === 0 ? first : new ApexCompileErrors(first, others);
}

/** A compile error for a construct that real Apex has and this engine does not. */
export function unsupported(position: SourcePosition, what: string): ApexCompileError {
  return new ApexCompileError(position, `Not supported by the Apex engine: ${what}`);
}
