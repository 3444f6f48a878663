/** The nodes that run, and their deaths and restarts. */
import type { Step } from "../../middleware/steps.ts";
import type { Receiver } from "./circa/webhooks.ts";
import type { Life } from "./engine/mortal.ts";
import type { WallClock } from "./engine/node-clock.ts";
import { startNode, type Node } from "./node.ts";
import type { Sessions } from "./salesforce/sessions.ts";
import type { SharedStore } from "./store/shared-store.ts";
import type { World } from "./world.ts";

export interface ClusterParts {
  readonly world: World;
  readonly store: SharedStore;
  readonly sessions: Sessions;
  readonly sweepIntervalSeconds: number;
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
  readonly wall: WallClock = { skewMs: 0 };
  #node: Node | null = null;
  #starts = 0;
  #stepsLeft = Infinity;
  #statementsLeft = Infinity;
  #afterStep: Extract<Death, { kind: "after_step" }> | null = null;
  #restartAfterMs = 0;
  crashes = 0;
  /** Ordered stops with calls that did not end in time. */
  cutShort = 0;

  constructor(parts: ClusterParts) {
    this.#parts = parts;
    parts.store.hooks = {
      onStatement: (life) => {
        this.#statementsLeft -= 1;
        if (this.#statementsLeft <= 0) this.#die(life);
      },
      commitMs: createCommitTimes(parts.world),
      sleep: (delayMs) => new Promise((go) => void parts.world.timeline.after(delayMs, go)),
    };
  }

  /** The node that runs; null while none does. */
  get node(): Node | null {
    return this.#node?.life.alive === true ? this.#node : null;
  }

  get receivers(): readonly Receiver[] {
    const { node } = this;
    if (node === null) return [];
    return [(message) => node.service.accept(message)];
  }

  async start(): Promise<void> {
    const { world, store, sessions, sweepIntervalSeconds } = this.#parts;
    if (this.node !== null) return;
    this.#starts += 1;
    const name = `node-${this.#starts}`;
    world.note(`${name} starts`);
    this.#node = await startNode({
      world,
      store,
      sessions,
      wall: this.wall,
      sweepIntervalSeconds,
      name,
      onStep: (life, step) => {
        if (this.#afterStep?.step === step) {
          this.#statementsLeft = this.#afterStep.count;
          this.#afterStep = null;
        }
        this.#stepsLeft -= 1;
        if (this.#stepsLeft <= 0) this.#die(life);
      },
    });
  }

  kill(death: Death, restartAfterMs: number): void {
    const { node } = this;
    if (node === null) return;
    this.#restartAfterMs = restartAfterMs;
    if (death.kind === "now") this.#die(node.life);
    else if (death.kind === "steps") this.#stepsLeft = death.count;
    else if (death.kind === "statements") this.#statementsLeft = death.count;
    else this.#afterStep = death;
  }

  /** A death that has been ordered and has not come yet does not come any more. */
  spare(): void {
    this.#stepsLeft = Infinity;
    this.#statementsLeft = Infinity;
    this.#afterStep = null;
  }

  /** An ordered stop and a new start, as an update of the service makes them. */
  async restart(): Promise<void> {
    const { node } = this;
    if (node === null) return;
    this.#parts.world.note(`${node.life.name} is stopped`);
    await node.service.stop();
    if (!node.life.alive) return;
    // What it gave up waiting for may be taken, and nobody lives to tell.
    if (this.#parts.world.ledger.open > 0) this.cutShort += 1;
    node.life.end();
    await this.start();
  }

  #die(life: Life): void {
    if (!life.alive || this.#node?.life !== life) return;
    this.spare();
    this.crashes += 1;
    this.#parts.world.note(`${life.name} dies`);
    life.end();
    this.#parts.world.timeline.after(this.#restartAfterMs, () => void this.start());
  }
}

/** On some seeds a commit takes a moment, in which other things happen. */
function createCommitTimes(world: World): () => number {
  const random = world.random("disk");
  const slow = random.chance(0.5);
  return () => (slow && random.chance(0.3) ? random.between(1, 8) : 0);
}
