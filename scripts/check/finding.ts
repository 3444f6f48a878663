/** What a check of the Salesforce package found, and how it is written down for people. */

export interface Finding {
  /** Path from the project's root, with forward slashes. */
  readonly file: string;
  /** 1-based; absent when the finding concerns the whole file. */
  readonly line?: number;
  readonly message: string;
}

export interface CheckOutcome {
  readonly findings: readonly Finding[];
  /** Why the check did not run. A check that did not run has no findings, and proves nothing. */
  readonly skipped?: string;
}

/** One finding as one line: `path:line: message`. */
export function formatFinding({ file, line, message }: Finding): string {
  return `${file}${line === undefined ? "" : `:${line}`}: ${message}`;
}
