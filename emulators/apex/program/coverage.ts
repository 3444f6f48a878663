import type { SourcePosition } from "../errors.ts";

/** Which executable lines of each file ran. */
export class Coverage {
  readonly #lines = new Map<string, Map<number, number>>();

  /** Declares a line executable. */
  declare(at: SourcePosition): void {
    let lines = this.#lines.get(at.file);
    if (!lines) {
      lines = new Map();
      this.#lines.set(at.file, lines);
    }
    if (!lines.has(at.line)) lines.set(at.line, 0);
  }

  hit(at: SourcePosition): void {
    const lines = this.#lines.get(at.file);
    if (lines) lines.set(at.line, (lines.get(at.line) ?? 0) + 1);
  }

  /** Executable lines and how often each ran, by file. */
  files(): ReadonlyMap<string, ReadonlyMap<number, number>> {
    return this.#lines;
  }

  reset(): void {
    for (const lines of this.#lines.values()) for (const line of lines.keys()) lines.set(line, 0);
  }
}
