/**
 * A second service that runs by mistake on the same pair of systems: the same configuration on a
 * store of its own, empty or copied a while ago. Circa's webhooks go to the first one alone.
 */
import type { Random } from "./engine/random.ts";
import type { Call } from "./engine/ledger.ts";
import type { Finding } from "./invariants/findings.ts";
import { defaultTenant } from "../middleware/runtime/config.ts";
import { startNode, type Node } from "./node.ts";
import type { Sessions } from "./salesforce/sessions.ts";
import { createStore } from "./store/node-database.ts";
import type { SharedStore } from "./store/shared-store.ts";
import type { World } from "./world.ts";

/** Both may take a free claim at the same moment; they find out by reading it again. */
const raceMs = 150_000;

export interface SecondServiceParts {
  readonly world: World;
  readonly store: SharedStore;
  readonly sessions: Sessions;
  readonly sweepIntervalSeconds: number;
  /** The first service's processes that run and are not being stopped. */
  readonly first: () => readonly Node[];
  /** It begins to write in the first one's place, or has written until now. */
  readonly onHandover: () => void;
}

const twins = new WeakMap<SharedStore, SharedStore>();

/** To be called before a history that may need a second store. */
export async function prepareTwin(store: SharedStore): Promise<void> {
  if (!twins.has(store)) twins.set(store, await createStore());
}

export class SecondService {
  readonly #parts: SecondServiceParts;
  #starts = 0;
  #node: Node | null = null;
  /** Fulfils when it has started; null: none is starting. */
  #starting: Promise<Node> | null = null;
  #ended: Node | null = null;
  #hasWritten = false;
  /** The claim was the first one's when this one started, and given up so often before. */
  #forbidden: { readonly releases: number } | null = null;
  #bothSince: number | null = null;
  readonly findings: Finding[] = [];

  constructor(parts: SecondServiceParts) {
    this.#parts = parts;
    parts.world.ledger.onWriting = (call) => this.#judge(call);
  }

  /** One runs, starts or is being stopped. */
  get isThere(): boolean {
    return this.#node !== null || this.#starting !== null;
  }

  /** Until `end`; nothing while one runs. */
  async start(random: Random): Promise<void> {
    const { world, store, sessions, sweepIntervalSeconds } = this.#parts;
    const twin = twins.get(store);
    if (this.isThere || this.#parts.first().length === 0 || twin === undefined) return;
    if (!store.isIdle) {
      world.timeline.after(1, () => void this.start(random));
      return;
    }
    this.#starts += 1;
    const name = `second-${this.#starts}`;
    twin.clear();
    const isCopy = random.chance(0.5);
    if (isCopy) copyOldStore(store, twin);
    twin.hooks = {
      onStatement: () => undefined,
      commitMs: () => 0,
      sleep: (delayMs) => new Promise((go) => void world.timeline.after(delayMs, go)),
      now: () => world.timeline.now(),
    };
    world.note(`${name} starts beside the first service, with ${isCopy ? "a copy" : "nothing"}`);
    const { claim, claimReleases } = world.org;
    this.#forbidden = claim === null ? null : { releases: claimReleases };
    this.#hasWritten = false;
    // Time that the first one and an earlier second spent so is none of this one's.
    this.#bothSince = null;
    const remedy = () => this.end(random);
    world.remedies.add(remedy);
    world.timeline.after(random.pick([3_000, 20_000, 120_000]), remedy);
    this.#starting = startNode({
      world,
      store: twin,
      sessions,
      wall: { skewMs: random.pick([0, 0, -600_000, 600_000]) },
      neighbours: null,
      sweepIntervalSeconds,
      name,
      takeOver: false,
      onStep: () => undefined,
    });
    this.#node = await this.#starting;
    this.#starting = null;
  }

  /** A person notices: it is stopped, or its machine is switched off. */
  end(random: Random): void {
    const { world } = this.#parts;
    const node = this.#node;
    if (this.#starting !== null) void this.#starting.then(() => this.end(random));
    if (node === null || this.#ended === node) return;
    this.#ended = node;
    world.note(`${node.life.name} ends`);
    if (random.chance(0.5)) {
      this.#over(node);
      return;
    }
    world.openTransactions += 1;
    void node.service
      .stop()
      .then(() => node.claim.stop(true))
      .finally(() => {
        world.openTransactions -= 1;
        this.#over(node);
      });
  }

  #over(node: Node): void {
    node.life.end();
    this.#node = null;
    if (this.#hasWritten) this.#parts.onHandover();
  }

  /** For good. */
  close(): void {
    this.#node?.life.end();
  }

  #judge({ life, kind }: Call): void {
    const { world, first, onHandover } = this.#parts;
    const second = this.#node;
    if (second === null) return;
    const isSecond = life === second.life;
    if (isSecond && this.#forbidden?.releases === world.org.claimReleases) {
      const text = `${life.name} sends ${kind}, though the other service has the claim`;
      this.findings.push({ invariant: "I14", text });
    }
    if (isSecond && !this.#hasWritten) {
      this.#hasWritten = true;
      onHandover();
    }
    const others = isSecond ? first() : [second];
    if (!others.some(({ claim }) => claim.status().state === "ours")) {
      this.#bothSince = null;
      return;
    }
    const nowMs = world.timeline.now();
    this.#bothSince ??= nowMs;
    if (nowMs - this.#bothSince <= raceMs) return;
    const text = `two services write, each of which has the claim: ${life.name} sends ${kind}`;
    this.findings.push({ invariant: "I14", text });
  }
}

/**
 * As an old backup has it: of fewer renewals than either system was told, whichever of the latest
 * did not get there. A copy of the store made this very moment can't be known before the next one.
 */
const renewalsBehind = 12;

function copyOldStore(from: SharedStore, to: SharedStore): void {
  to.restore(from.backUp());
  const place = ["claim", defaultTenant];
  const read = "select value from checkpoints where name = ? and tenant = ?";
  const [row] = to.read<{ value: string }>(read, ...place);
  if (row === undefined) return;
  const claim = JSON.parse(row.value) as { renewals: number };
  const older = JSON.stringify({ ...claim, renewals: claim.renewals - renewalsBehind });
  to.raw
    .prepare("update checkpoints set value = ? where name = ? and tenant = ?")
    .run([older, ...place]);
}
