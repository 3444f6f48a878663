/** Some milliseconds' worth: the first of a group waits for the last to be written. */
const maxAtOnce = 500;

interface Waiting<T> {
  readonly item: T;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Commits in groups: what arrives while a commit is under way shares the next one, and each
 * caller is answered after its own commit. One disk sync then serves many requests.
 */
export class GroupCommit<T> {
  readonly #commit: (items: readonly T[]) => Promise<void>;
  readonly #gather: () => Promise<void>;
  readonly #waiting: Waiting<T>[] = [];
  #busy = false;
  #committing = 0;

  /**
   * @param commit makes the items durable, all or none; may be given an item again that failed
   * @param gather resolves once all that has arrived by now has been added
   */
  constructor(commit: (items: readonly T[]) => Promise<void>, gather: () => Promise<void>) {
    this.#commit = commit;
    this.#gather = gather;
  }

  /** Items whose commit has not ended. */
  get pending(): number {
    return this.#waiting.length + this.#committing;
  }

  /** Resolves when the item is durable. */
  add(item: T): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (!this.#busy) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) {
      await this.#gather();
      const group = this.#waiting.splice(0, maxAtOnce);
      this.#committing = group.length;
      await this.#commitGroup(group);
    }
    this.#committing = 0;
    this.#busy = false;
  }

  async #commitGroup(group: readonly Waiting<T>[]): Promise<void> {
    try {
      await this.#commit(group.map(({ item }) => item));
      for (const { resolve } of group) resolve();
    } catch (error) {
      if (group.length === 1) group[0]?.reject(error);
      else await this.#commitOneByOne(group);
    }
  }

  /**
   * One of a group that can't be stored must not take the others along. Two failures in a row are
   * the store's: the rest is not tried.
   */
  async #commitOneByOne(group: readonly Waiting<T>[]): Promise<void> {
    let failures = 0;
    let last: unknown;
    for (const { item, resolve, reject } of group) {
      if (failures > 1) {
        reject(last);
        continue;
      }
      try {
        await this.#commit([item]);
        failures = 0;
        resolve();
      } catch (error) {
        failures += 1;
        last = error;
        reject(error);
      }
    }
  }
}
