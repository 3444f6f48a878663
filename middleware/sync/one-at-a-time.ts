/**
 * Keeps writes to one record apart: when a Campaign passes from one Event to another, the turns of
 * both may want to write to it at the same moment, and Salesforce promises no order.
 */
export class OneAtATime {
  readonly #underWay = new Map<string, Promise<unknown>>();

  /**
   * Runs `work` once no other holds any of the ids.
   * @returns what `work` returns; rejects as it does
   */
  async run<T>(ids: readonly string[], work: () => Promise<T>): Promise<T> {
    for (;;) {
      const others = ids.flatMap((id) => this.#underWay.get(id) ?? []);
      if (others.length === 0) break;
      await Promise.all(others);
    }
    const result = work();
    const ended = result.catch(() => undefined);
    for (const id of ids) this.#underWay.set(id, ended);
    try {
      return await result;
    } finally {
      for (const id of ids) this.#underWay.delete(id);
    }
  }
}
