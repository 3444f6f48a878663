/** One history from beginning to end: people, troubles, calm, and the judgement. */
import { untilCalm, type CalmParts } from "./calm.ts";
import { WebhookSender } from "./circa/webhooks.ts";
import { Cluster } from "./cluster.ts";
import type { FaultKind } from "./engine/faults.ts";
import { addPair } from "./history/link-moves.ts";
import { lull, type History } from "./history/operation.ts";
import { perform } from "./history/perform.ts";
import { findDifferences, findUntrueProblems, findWrongLists } from "./invariants/converged.ts";
import type { Finding } from "./invariants/findings.ts";
import { OrderWatch } from "./invariants/order.ts";
import { openProblems } from "./invariants/problems.ts";
import { findForgotten, HistoryReader } from "./invariants/records.ts";
import { findSweepFaults } from "./invariants/sweeps.ts";
import { LettingGoWatch } from "./invariants/letting-go.ts";
import { TypedWatch } from "./invariants/typed.ts";
import { WriteWatch } from "./invariants/writes.ts";
import { Expectations } from "./oracle/expectations.ts";
import { InitialSyncs } from "./oracle/initial-syncs.ts";
import { LinkExpectations } from "./oracle/links.ts";
import { prepareTwin } from "./second-service.ts";
import { Sessions } from "./salesforce/sessions.ts";
import type { SharedStore } from "./store/shared-store.ts";
import { createWorld, type World } from "./world.ts";

export interface Outcome {
  /** Empty when every invariant holds. */
  readonly findings: readonly Finding[];
  /** Of everything that happened, in order. */
  readonly fingerprint: string;
  /** Everything that happened; only when it was asked for. */
  readonly trace: readonly string[];
  readonly figures: Figures;
}

export interface Figures {
  readonly operations: number;
  readonly crashes: number;
  readonly virtualMs: number;
  readonly edits: number;
  readonly writes: number;
  readonly statements: number;
  readonly calls: number;
  readonly faults: ReadonlyMap<FaultKind, number>;
}

export async function simulate(
  store: SharedStore,
  history: History,
  { keepTrace = false }: { readonly keepTrace?: boolean } = {},
): Promise<Outcome> {
  store.clear();
  await prepareTwin(store);
  const run = new Run(store, history, keepTrace);
  let findings: readonly Finding[];
  try {
    findings = await run.all();
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    findings = [{ invariant: "crashed", text }];
  }
  return run.outcome(findings);
}

class Run {
  readonly #history: History;
  readonly #world: World;
  readonly #parts: CalmParts;
  readonly #cluster: Cluster;
  readonly #expectations: Expectations;
  readonly #links: LinkExpectations;
  readonly #watch: WriteWatch;
  readonly #order: OrderWatch;
  readonly #typed: TypedWatch;
  readonly #lettingGo: LettingGoWatch;
  readonly #records: HistoryReader;
  /** Crashes and failed calls until all was calm last. */
  #troubledBefore = 0;
  readonly #startMs: number;
  readonly #statementsBefore: number;

  constructor(store: SharedStore, history: History, keepTrace: boolean) {
    this.#history = history;
    this.#statementsBefore = store.statements;
    const { seed, sweepIntervalSeconds, nodes: size } = history;
    const empty = createWorld({ seed, keepTrace });
    const { timeline, faults, note, signs } = empty;
    const random = empty.random("webhooks");
    const webhooks = new WebhookSender({
      timeline,
      faults,
      random,
      note,
      signs,
      receivers: () => this.#cluster.receivers,
    });
    const world: World = Object.assign(empty, { webhooks });
    this.#world = world;
    this.#startMs = timeline.now();
    const sessions = new Sessions(world);
    const onStoreRestored = () => this.#forgetStore();
    const shape = { sweepIntervalSeconds, size };
    this.#cluster = new Cluster({ world, store, sessions, onStoreRestored, ...shape });
    this.#parts = { world, store, sessions, cluster: this.#cluster };
    const contacts = new InitialSyncs(store, world.org);
    this.#expectations = new Expectations(world, contacts);
    this.#links = new LinkExpectations(world);
    this.#watch = new WriteWatch(world, this.#expectations);
    this.#order = new OrderWatch(world, this.#expectations);
    this.#records = new HistoryReader(store);
    this.#typed = new TypedWatch(world, contacts);
    this.#lettingGo = new LettingGoWatch(world, this.#links);
    // Who lets go is judged by what was there before.
    const observers = [this.#lettingGo, this.#typed, this.#expectations, this.#links];
    for (const observer of [...observers, this.#watch, this.#order]) world.observers.add(observer);
  }

  async all(): Promise<readonly Finding[]> {
    const random = this.#world.random("pairs");
    for (let count = 0; count < this.#history.pairs; count += 1) {
      addPair(this.#world, random, random.chance(0.5) ? "circa" : "salesforce");
    }
    await this.#cluster.start();
    const atStart = await this.#judge();
    if (atStart.length > 0) return atStart;
    let offsetMs = this.#world.timeline.now();
    for (const operation of this.#history.operations) {
      await this.#world.timeline.runUntil(offsetMs + operation.at);
      if (operation.kind !== lull) {
        perform(this.#parts, operation);
        continue;
      }
      const findings = await this.#judge();
      if (findings.length > 0) return findings;
      offsetMs = this.#world.timeline.now() - operation.at;
    }
    return this.#judge();
  }

  /** Ends all trouble, lets everything come to rest, and looks at what is there then. */
  async #judge(): Promise<readonly Finding[]> {
    const { world, store } = this.#parts;
    world.note("all trouble ends");
    world.faults.endAll();
    for (const remedy of [...world.remedies]) remedy();
    this.#cluster.spare();
    const { sweep } = this.#history;
    const unrest = await untilCalm(this.#parts, { allTold: !sweep });
    if (unrest !== null) return [...this.#soFar(), { invariant: "never settles", text: unrest }];
    if (sweep) {
      const faults = await findSweepFaults(this.#parts);
      if (faults.length > 0) return [...this.#soFar(), ...faults];
    }
    const recorded = this.#records.findUnrecorded(this.#watch.written);
    const { crashes, cutShort } = this.#cluster;
    const troubled = crashes + cutShort + world.ledger.failed;
    const problems = openProblems(store);
    const judged = { world, expectations: this.#expectations, links: this.#links, problems };
    const findings = [
      ...this.#soFar(),
      ...findDifferences(judged),
      ...findUntrueProblems(judged),
      ...findWrongLists(world),
      ...findForgotten(store, world.webhooks.acknowledged),
      // A write whose node died before the answer may have been followed by another edit.
      ...(troubled === this.#troubledBefore ? recorded : []),
    ];
    if (findings.length > 0) return findings;
    this.#troubledBefore = troubled;
    world.webhooks.acknowledged.clear();
    this.#expectations.settle();
    this.#links.settle();
    this.#watch.settle();
    this.#order.settle();
    return [];
  }

  /** What was acknowledged, written down or found since its backup is lost with the store. */
  #forgetStore(): void {
    const { webhooks, workspace, org, observers } = this.#world;
    this.#records.startAnew();
    webhooks.acknowledged.clear();
    for (const id of [...workspace.events.keys(), ...org.campaigns.keys()]) {
      webhooks.dropped.add(id);
    }
    webhooks.needsFullComparison = true;
    for (const observer of observers) observer.onStoreRestored?.();
  }

  /** What was seen while it happened. */
  #soFar(): readonly Finding[] {
    const overlaps = this.#world.ledger.overlaps.map(
      (text): Finding => ({ invariant: "I6", text }),
    );
    const watches = [this.#watch, this.#order, this.#typed, this.#lettingGo, this.#cluster.second];
    return [...overlaps, ...watches.flatMap(({ findings }) => findings)];
  }

  outcome(findings: readonly Finding[]): Outcome {
    const { world, store, cluster } = this.#parts;
    const { timeline, ledger, faults, trace } = world;
    cluster.end();
    return {
      findings,
      fingerprint: trace.fingerprint(),
      trace: trace.lines,
      figures: {
        operations: this.#history.operations.length,
        crashes: cluster.crashes,
        virtualMs: timeline.now() - this.#startMs,
        edits: this.#watch.edits,
        writes: ledger.taken,
        statements: store.statements - this.#statementsBefore,
        calls: [...ledger.calls.values()].reduce((sum, count) => sum + count, 0),
        faults: faults.struck,
      },
    };
  }
}
