/**
 * Virtual time. Nothing waits: when all promises that can go on have gone on, time leaps to the
 * next timer. Timers of the same instant go off in the order in which they were set.
 */

export interface Timer {
  cancel(): void;
}

interface Entry {
  readonly at: number;
  readonly order: number;
  act: (() => void) | null;
}

export class Timeline {
  #now: number;
  #order = 0;
  readonly #heap: Entry[] = [];

  /** @param startMs milliseconds since the epoch */
  constructor(startMs: number) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, act: () => void): Timer {
    this.#order += 1;
    const entry: Entry = { at: this.#now + Math.max(0, delayMs), order: this.#order, act };
    this.#push(entry);
    return { cancel: () => (entry.act = null) };
  }

  /** Moves to the next instant that has a timer, and lets everything happen that it starts. */
  async step(): Promise<boolean> {
    const first = this.#pop();
    if (first === null) return false;
    this.#now = first.at;
    for (let entry: Entry | null = first; entry !== null; entry = this.#popAt(first.at)) {
      entry.act?.();
    }
    await settle();
    return true;
  }

  /** Up to and including `untilMs`. */
  async runUntil(untilMs: number): Promise<void> {
    for (let next = this.#peek(); next !== null && next.at <= untilMs; next = this.#peek()) {
      await this.step();
    }
    this.#now = Math.max(this.#now, untilMs);
  }

  #peek(): Entry | null {
    for (let top = this.#heap[0]; top !== undefined; top = this.#heap[0]) {
      if (top.act !== null) return top;
      this.#removeTop();
    }
    return null;
  }

  #pop(): Entry | null {
    const top = this.#peek();
    if (top !== null) this.#removeTop();
    return top;
  }

  #popAt(at: number): Entry | null {
    const top = this.#peek();
    if (top === null || top.at !== at) return null;
    this.#removeTop();
    return top;
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(entry, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = entry;
  }

  #removeTop(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1;
      if (!isBefore(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

/** Resolves when every promise that can go on without a timer has gone on. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
