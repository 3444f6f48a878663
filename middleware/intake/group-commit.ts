/** A transaction holds locks that other processes wait for, so it has to end soon. */
const mostAtOnce = 100;

/**
 * Commits in groups: what arrives while a commit is under way shares the next one, and each
 * caller is answered after its own commit. One disk sync then serves many requests.
 */
export class GroupCommit<T> {
  readonly #commit: (items: readonly T[]) => Promise<void>;
  readonly #gather: () => Promise<void>;
  readonly #waiting: { item: T; resolve: () => void; reject: (error: unknown) => void }[] = [];
  #busy = false;

  /**
   * @param commit makes the items durable, all or none
   * @param gather resolves once all that has arrived by now has been added. The embedded database
   * commits without a pause in which anything could be read: each item would have a commit of its own
   */
  constructor(commit: (items: readonly T[]) => Promise<void>, gather: () => Promise<void>) {
    this.#commit = commit;
    this.#gather = gather;
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
      const group = this.#waiting.splice(0, mostAtOnce);
      try {
        await this.#commit(group.map(({ item }) => item));
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#busy = false;
  }
}
