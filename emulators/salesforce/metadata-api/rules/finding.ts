/** What a rule found wrong, and how it is written down for people. */
export interface Finding {
  /** Path from the project's root, with forward slashes. */
  readonly file: string;
  /** 1-based; absent when the finding concerns the whole file. */
  readonly line?: number;
  readonly message: string;
}

/** One finding as one line: `path:line: message`. */
export function formatFinding({ file, line, message }: Finding): string {
  return `${file}${line === undefined ? "" : `:${line}`}: ${message}`;
}
