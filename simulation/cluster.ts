/** The nodes that run, and their deaths and restarts. */
import type { Step } from "../middleware/runtime/failpoints.ts";
import type { Receiver } from "./circa/webhooks.ts";
import type { Life } from "./engine/mortal.ts";
import type { WallClock } from "./engine/node-clock.ts";
import type { Random } from "./engine/random.ts";
import { startNode, type Node } from "./node.ts";
import { SecondService } from "./second-service.ts";
import type { Sessions } from "./salesforce/sessions.ts";
import { Neighbours } from "./store/neighbours.ts";
import type { Backup, SharedStore } from "./store/shared-store.ts";
import type { World } from "./world.ts";

export interface ClusterParts {
  readonly world: World;
  readonly store: SharedStore;
  readonly sessions: Sessions;
  readonly sweepIntervalSeconds: number;
  /** Processes that share the store. */
  readonly size: number;
  /** Called before nodes resume with what the store held once. */
  readonly onStoreRestored: () => void;
}

/** The place of one node, one life after the other. */
interface Place {
  readonly wall: WallClock;
  node: Node | null;
}

/** When a node is to die: at once, or after so many more steps or statements of its own. */
export type Death =
  | { readonly kind: "now" }
  | { readonly kind: "steps"; readonly count: number }
  | { readonly kind: "statements"; readonly count: number }
  /** So many statements after it has next reached the step. */
  | { readonly kind: "after_step"; readonly step: Step; readonly count: number };

export class Cluster {
  readonly #parts: ClusterParts;
  readonly #places: readonly Place[];
  readonly #neighbours: Neighbours | null;
  readonly second: SecondService;
  readonly #stopping = new Set<Node>();
  #takeOver = false;
  #starts = 0;
  #starting = 0;
  #backup: Backup | null = null;
  /** Whose steps and statements are counted. */
  #doomed: Place | null = null;
  #stepsLeft = Infinity;
  #statementsLeft = Infinity;
  #afterStep: Extract<Death, { kind: "after_step" }> | null = null;
  #restartAfterMs = 0;
  crashes = 0;
  /** The latest time that any clock has shown before it was set. */
  #latestMs = 0;
  /** Ordered stops with calls that did not end in time. */
  cutShort = 0;

  constructor(parts: ClusterParts) {
    this.#parts = parts;
    this.#places = Array.from({ length: parts.size }, () => ({ wall: { skewMs: 0 }, node: null }));
    this.#neighbours = parts.size === 1 ? null : new Neighbours(parts.world);
    this.second = new SecondService({
      ...parts,
      first: () => this.nodes.filter((node) => !this.#stopping.has(node)),
      onHandover: () => {
        this.cutShort += 1;
        parts.onStoreRestored();
      },
    });
    parts.store.hooks = {
      onStatement: (life) => {
        if (this.#doomed?.node?.life !== life) return;
        this.#statementsLeft -= 1;
        if (this.#statementsLeft <= 0) this.#die(life);
      },
      commitMs: createCommitTimes(parts.world),
      sleep: (delayMs) => new Promise((go) => void parts.world.timeline.after(delayMs, go)),
      now: () => parts.world.timeline.now(),
    };
  }

  /** Those that run. */
  get nodes(): readonly Node[] {
    return this.#places.flatMap(({ node }) => (node?.life.alive === true ? [node] : []));
  }

  get allRun(): boolean {
    return this.nodes.length === this.#places.length;
  }

  get receivers(): readonly Receiver[] {
    return this.nodes.map(({ receive }) => receive);
  }

  async start(): Promise<void> {
    for (const place of this.#places) await this.#startAt(place);
  }

  async #startAt(place: Place): Promise<void> {
    if (place.node?.life.alive === true) return;
    this.#starting += 1;
    try {
      await this.#startNode(place);
    } finally {
      this.#starting -= 1;
    }
  }

  async #startNode(place: Place): Promise<void> {
    const { world, store, sessions, sweepIntervalSeconds } = this.#parts;
    this.#starts += 1;
    const name = `node-${this.#starts}`;
    world.note(`${name} starts`);
    place.node = await startNode({
      world,
      store,
      sessions,
      wall: place.wall,
      neighbours: this.#neighbours,
      sweepIntervalSeconds,
      name,
      takeOver: this.#takeOver,
      onStep: (life, step) => {
        if (this.#doomed?.node?.life !== life) return;
        if (this.#afterStep?.step === step) {
          this.#statementsLeft = this.#afterStep.count;
          this.#afterStep = null;
        }
        this.#stepsLeft -= 1;
        if (this.#stepsLeft <= 0) this.#die(life);
      },
    });
  }

  /** Has one of those that run die; none when none runs. */
  kill(death: Death, restartAfterMs: number, random: Random): void {
    const place = this.#pick(random);
    if (place?.node == null) return;
    this.#restartAfterMs = restartAfterMs;
    this.#doomed = place;
    if (death.kind === "now") this.#die(place.node.life);
    else if (death.kind === "steps") this.#stepsLeft = death.count;
    else if (death.kind === "statements") this.#statementsLeft = death.count;
    else this.#afterStep = death;
  }

  /** Keeps what the store holds now; the first backup after each restoring counts. */
  backUpStore(): void {
    const { world, store } = this.#parts;
    if (this.#backup !== null) return;
    if (!store.isIdle) {
      world.timeline.after(1, () => this.backUpStore());
      return;
    }
    world.note("the store is backed up");
    this.#backup = store.backUp();
  }

  /**
   * All processes end, and start again with the store as it was when it was backed up.
   * @param takeOver a person says that the store of before is gone; else its claim has to expire
   */
  restoreStore(afterMs: number, takeOver: boolean): void {
    const { world } = this.#parts;
    if (this.#backup === null) return;
    this.#takeOver = takeOver;
    world.openTransactions += 1;
    this.#endAll();
    world.timeline.after(afterMs, () => this.#restoreNow());
  }

  #restoreNow(): void {
    const { world, store } = this.#parts;
    if (this.#starting > 0) {
      world.timeline.after(10, () => this.#restoreNow());
      return;
    }
    world.openTransactions -= 1;
    const backup = this.#backup;
    if (backup === null) return;
    this.#endAll();
    this.#backup = null;
    store.restore(backup);
    world.note("the store is restored");
    this.#parts.onStoreRestored();
    for (const place of this.#places) void this.#startAt(place);
    this.#takeOver = false;
  }

  #endAll(): void {
    this.spare();
    for (const { life } of this.nodes) {
      this.crashes += 1;
      life.end();
    }
  }

  /** Sets the clock of one machine. */
  setClock(byMs: number, random: Random): void {
    const { wall } = random.pick(this.#places);
    this.#latestMs = Math.max(this.#latestMs, this.#parts.world.timeline.now() + wall.skewMs);
    wall.skewMs += byMs;
    this.#parts.world.note(`a clock is off by ${wall.skewMs}`);
  }

  /** What is asked for now seems to be so before what is kept. */
  get clocksAreBehind(): boolean {
    const nowMs = this.#parts.world.timeline.now();
    return this.#places.some(({ wall }) => nowMs + wall.skewMs < this.#latestMs);
  }

  #pick(random: Random): Place | null {
    const running = this.#places.filter(({ node }) => node?.life.alive === true);
    return running.length === 0 ? null : random.pick(running);
  }

  /** A death that has been ordered and has not come yet does not come any more. */
  spare(): void {
    this.#doomed = null;
    this.#stepsLeft = Infinity;
    this.#statementsLeft = Infinity;
    this.#afterStep = null;
  }

  /** An ordered stop of one and a new start, as an update of the service makes them. */
  async restart(random: Random): Promise<void> {
    const place = this.#pick(random);
    if (place?.node == null) return;
    const { life, service, claim } = place.node;
    this.#parts.world.note(`${life.name} is stopped`);
    this.#stopping.add(place.node);
    await service.stop();
    await claim.stop(this.#neighbours === null);
    if (!life.alive) return;
    // What it gave up waiting for may be taken, and its node is dead.
    if (this.#parts.world.ledger.open > 0) this.cutShort += 1;
    life.end();
    await this.#startAt(place);
  }

  /** For good: the history is over. */
  end(): void {
    this.second.close();
    for (const { life } of this.nodes) life.end();
  }

  #die(life: Life): void {
    const place = this.#places.find(({ node }) => node?.life === life);
    if (!life.alive || place === undefined) return;
    this.spare();
    this.crashes += 1;
    this.#parts.world.note(`${life.name} dies`);
    life.end();
    this.#parts.world.timeline.after(this.#restartAfterMs, () => void this.#startAt(place));
  }
}

/** On some seeds a commit takes a moment, in which other things happen. */
function createCommitTimes(world: World): () => number {
  const random = world.random("disk");
  const slow = random.chance(0.5);
  return () => (slow && random.chance(0.3) ? random.between(1, 8) : 0);
}
