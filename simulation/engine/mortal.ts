/** One life of a node: its work never continues once it has ended. */

export class Life {
  readonly name: string;
  #alive = true;
  readonly #onEnd: (() => void)[] = [];

  constructor(name: string) {
    this.name = name;
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Ends at once; called again, it does nothing. */
  end(): void {
    if (!this.#alive) return;
    this.#alive = false;
    for (const act of this.#onEnd) act();
  }

  onEnd(act: () => void): void {
    this.#onEnd.push(act);
  }
}

/** Where the promises of the dead wait. */
export function never<T>(): Promise<T> {
  return new Promise<T>(() => undefined);
}
