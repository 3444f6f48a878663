/** What the nodes that share a store have from it beside their rows: locks of records, and hints. */
import type { RecordLocks } from "../../middleware/cluster/record-locks.ts";
import type { WakeUps, WakeUpTopic } from "../../middleware/cluster/wake-ups.ts";
import { never, type Life } from "../engine/mortal.ts";
import type { World } from "../world.ts";

interface Listener {
  readonly life: Life;
  readonly topic: WakeUpTopic;
  readonly hear: () => void;
}

export class Neighbours {
  readonly #world: World;
  readonly #random;
  readonly #holders = new Map<string, Life>();
  #listeners: Listener[] = [];

  constructor(world: World) {
    this.#world = world;
    this.#random = world.random("neighbours");
  }

  /** As PostgreSQL's advisory locks: theirs who took them until they let go or die. */
  locksFor(life: Life): RecordLocks {
    life.onEnd(() => {
      for (const [id, holder] of this.#holders) if (holder === life) this.#holders.delete(id);
    });
    return {
      tryTake: async (ids) => {
        await this.#way(life);
        const free = ids.every((id) => (this.#holders.get(id) ?? life) === life);
        if (free) for (const id of ids) this.#holders.set(id, life);
        return free;
      },
      release: async (ids) => {
        await this.#way(life);
        for (const id of ids) this.#holders.delete(id);
      },
    };
  }

  /** As LISTEN and NOTIFY; now and then one is lost. */
  wakeUpsFor(life: Life): WakeUps {
    life.onEnd(() => (this.#listeners = this.#listeners.filter((it) => it.life !== life)));
    return {
      announce: (topic) => {
        const others = this.#listeners.filter((it) => it.life !== life && it.topic === topic);
        for (const { life: other, hear } of others) {
          if (this.#random.chance(0.1)) continue;
          this.#world.timeline.after(this.#random.between(1, 20), () => {
            if (other.alive) hear();
          });
        }
      },
      listen: (topic, hear) => this.#listeners.push({ life, topic, hear }),
      listening: () => true,
      close: () => Promise.resolve(),
    };
  }

  async #way(life: Life): Promise<void> {
    const { timeline } = this.#world;
    await new Promise<void>((go) => void timeline.after(this.#random.between(0, 4), go));
    if (!life.alive) await never();
  }
}
