/** What happened, in order: a fingerprint of all of it, and the last lines for a person to read. */
import { createHash, type Hash } from "node:crypto";

export class Trace {
  readonly #hash: Hash = createHash("sha256");
  readonly #keep: boolean;
  readonly lines: string[] = [];
  #pending = "";

  /** @param keep all lines, not only their fingerprint */
  constructor(keep: boolean) {
    this.#keep = keep;
  }

  add(atMs: number, line: string): void {
    const entry = `${atMs} ${line}\n`;
    this.#pending += entry;
    if (this.#pending.length > 65_536) this.#flush();
    if (this.#keep) this.lines.push(entry);
  }

  /** Of everything so far; to be asked once, at the end. */
  fingerprint(): string {
    this.#flush();
    return this.#hash.digest("hex");
  }

  #flush(): void {
    this.#hash.update(this.#pending);
    this.#pending = "";
  }
}
