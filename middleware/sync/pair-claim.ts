/**
 * One service for a pair of org and workspace. Two that don't know of each other (a copy started
 * by mistake, a store restored from a backup) would write each other's old values for ever, so the
 * store that works puts its claim into both systems and a service that finds another's fresh claim
 * writes nothing. Processes on one store are one service.
 */
import type { Clock } from "../runtime/clock.ts";
import { withTimeout } from "../runtime/timeouts.ts";
import { describeError, SystemError, type SystemName } from "../runtime/errors.ts";
import { moveCheckpoint, readCheckpoint } from "../store/intake/checkpoints.ts";
import type { Database } from "../store/database/database.ts";
import type { Log } from "../runtime/log.ts";
import type { Claim, ClaimPlace, Written } from "../systems/claims.ts";
import { z } from "zod";

const minuteMs = 60_000;
const defaultRenewMs = 30 * minuteMs;
/** How often both places are looked at while this service has the claim, and while it does not. */
const lookMs = 5 * minuteMs;
const heldLookMs = minuteMs;
const retryMs = 5_000;
/** Two that start at the same moment both find no claim, and only the last to write finds its own. */
const againMs = 5_000;
const firstLookMs = 2_000;
/** Giving it up is worth so much of the time for stopping. */
const goodbyeMs = 1_000;

const keptSchema = z.object({ storeId: z.string(), renewals: z.number() });
type Kept = z.infer<typeof keptSchema>;

export interface ClaimStatus {
  readonly storeId: string | null;
  /** `unknown`: neither system has answered yet. */
  readonly state: "unknown" | "ours" | "another's";
  /** Who has it instead, and since when it was last renewed; null while no other service has it. */
  readonly other: { readonly storeId: string; readonly at: number } | null;
  /** What a person should do; null while nothing. */
  readonly attention: string | null;
}

export interface PairClaimParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly places: readonly ClaimPlace[];
  /** 0: heartbeats are off. */
  readonly heartbeatSeconds: number;
  /** Takes the claim from any holder. */
  readonly takeOver: boolean;
}

export class PairClaim {
  readonly #parts: PairClaimParts;
  readonly #renewMs: number;
  readonly #stopping = new AbortController();
  #takeOver: boolean;
  #storeId: string | null = null;
  #state: ClaimStatus["state"] = "unknown";
  #other: Claim | null = null;
  /** By the clock that is never set. */
  #renewedAt: number | null = null;
  /** It was taken at the last look: another one may have taken it at the same moment. */
  #isNew = false;
  /** Both systems have answered since it was taken. */
  #isSure = false;
  #loop: Promise<void> = Promise.resolve();
  #decide: () => void = () => undefined;
  readonly #decided = new Promise<void>((resolve) => (this.#decide = resolve));

  constructor(parts: PairClaimParts) {
    this.#parts = parts;
    this.#takeOver = parts.takeOver;
    this.#renewMs = parts.heartbeatSeconds > 0 ? parts.heartbeatSeconds * 1_000 : defaultRenewMs;
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Releases the claim, so that the next service need not wait. */
  async stop(alone: boolean): Promise<void> {
    this.#stopping.abort();
    const { clock, places } = this.#parts;
    // A hanging check is abandoned, as all other calls are.
    await withTimeout(clock, this.#loop, goodbyeMs);
    if (!alone || this.#state !== "ours") return;
    const given = Promise.allSettled(places.map((place) => this.#release(place)));
    await withTimeout(clock, given, goodbyeMs);
  }

  status(): ClaimStatus {
    const other = this.#other;
    const attention =
      other === null
        ? null
        : `Another service (store ${other.storeId}) keeps this org and this workspace in sync; its claim was renewed at ${new Date(other.at).toISOString()}. This one writes nothing. Stop one of the two; start this one with --take-over if the other is gone for good.`;
    return {
      storeId: this.#storeId,
      state: this.#state,
      other: other === null ? null : { storeId: other.storeId, at: other.at },
      attention,
    };
  }

  /**
   * To be asked before each write; waits a moment for the first look at the start. One system's
   * answer is enough to show people what is wrong with the other.
   * @throws SystemError `held` when nothing may be written
   */
  async confirm(system: SystemName, what: Written): Promise<void> {
    if (this.#state === "unknown") {
      await Promise.race([this.#decided, this.#parts.clock.sleep(firstLookMs)]);
    }
    if (this.#state === "ours" && (this.#isSure || what === "screens")) return;
    const reason = this.status().attention ?? "it is not known yet whether another service writes";
    const retryAfterMs = this.#other === null ? 1_000 : heldLookMs;
    throw new SystemError(system, "held", reason, { retryAfterMs });
  }

  async #run(): Promise<void> {
    const { clock, log } = this.#parts;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      let pauseMs = retryMs;
      try {
        const all = await this.#look();
        // While one of the systems is away, the other is not asked all the time.
        if (all || this.#isSure) pauseMs = this.#pauseMs();
      } catch (error) {
        log.warn(
          { error: describeError(error) },
          "the claim on org and workspace can't be renewed",
        );
      }
      await clock.sleep(pauseMs, signal);
    }
  }

  #pauseMs(): number {
    const { clock } = this.#parts;
    // Two that have given way to each other must not come back at the same moment.
    if (this.#state !== "ours") return heldLookMs * (0.75 + 0.5 * clock.random());
    if (this.#isNew) return againMs;
    return Math.min(lookMs, this.#renewMs);
  }

  /** @returns whether both places have answered */
  async #look(): Promise<boolean> {
    const { clock, places, log } = this.#parts;
    const found = await Promise.allSettled(places.map((place) => place.read()));
    const claims = found.flatMap((it) => (it.status === "fulfilled" ? [it.value] : []));
    if (claims.length === 0) return false;
    const kept = claims.filter((it) => it !== null && it !== "unsupported");
    const own = await this.#own(kept);
    const other = places.flatMap((place, nth) => {
      const it = found[nth];
      if (it?.status !== "fulfilled" || it.value === null || it.value === "unsupported") return [];
      return it.value.storeId !== own.storeId && this.#isFresh(place, it.value) ? [it.value] : [];
    })[0];
    if (other !== undefined && !this.#takeOver) {
      await this.#giveWay(other);
      return found.length === claims.length;
    }
    this.#isNew = this.#state !== "ours";
    if (this.#isNew && this.#other !== null) log.info({}, "the claim is this service's");
    const all = found.length === claims.length;
    [this.#state, this.#other] = ["ours", null];
    if (all) this.#isSure = true;
    const missing = kept.length < claims.filter((it) => it !== "unsupported").length;
    const renewedMs = this.#renewedAt === null ? Infinity : clock.elapsedMs() - this.#renewedAt;
    if (renewedMs >= this.#renewMs || missing || other !== undefined) await this.#renew(own, found);
    this.#decide();
    if (all) this.#takeOver = false;
    return all;
  }

  /** What is left of its own claim would keep the other from seeing that it is alone. */
  async #giveWay(other: Claim): Promise<void> {
    const { log, places } = this.#parts;
    const before = this.#state;
    const isKnown = this.#other?.storeId === other.storeId;
    [this.#state, this.#other, this.#renewedAt] = ["another's", other, null];
    this.#isSure = false;
    if (!isKnown) log.error({}, this.status().attention ?? "");
    this.#decide();
    if (before !== "ours") return;
    await Promise.allSettled(places.map((place) => this.#release(place)));
  }

  /** Two renewals that did not come, and the service is gone. A future time is as good as now. */
  #isFresh(place: ClaimPlace, { at }: Claim): boolean {
    return place.now() - at < 2 * this.#renewMs + lookMs;
  }

  /**
   * This store's id, made with the store. A claim of this id that was renewed more often than the
   * store knows was made by what the store is a copy of: the copy gets an id of its own.
   */
  async #own(claims: readonly Claim[]): Promise<Kept> {
    const { database, clock, log } = this.#parts;
    const text = await readCheckpoint(database.query, "claim");
    const kept = text === null ? null : keptSchema.parse(JSON.parse(text));
    const ahead = claims.some(
      ({ storeId, renewals }) => storeId === kept?.storeId && renewals > kept.renewals,
    );
    if (kept !== null && !ahead) {
      this.#storeId = kept.storeId;
      return kept;
    }
    const own = { storeId: clock.uuid(), renewals: 0 };
    if (ahead)
      log.warn(
        { storeId: own.storeId },
        "this store is a copy of another: it gets an id of its own",
      );
    // Of processes that start at once on one store, one gives it its id.
    if (!(await this.#keep(own, text))) return this.#own(claims);
    this.#storeId = own.storeId;
    return own;
  }

  /** The store knows of a renewal before the systems do: a crash in between makes no copy of it. */
  async #renew(
    own: Kept,
    found: readonly PromiseSettledResult<Claim | null | "unsupported">[],
  ): Promise<void> {
    const { clock, places } = this.#parts;
    const next = { ...own, renewals: own.renewals + 1 };
    // Another process on this store has just renewed it.
    if (!(await this.#keep(next, JSON.stringify(own)))) return;
    await Promise.all(
      places.map(async (place, nth) => {
        const it = found[nth];
        if (it?.status !== "fulfilled" || it.value === "unsupported") return;
        await place.write({ ...next, at: place.now() });
      }),
    );
    this.#renewedAt = clock.elapsedMs();
  }

  /** @returns false, with nothing kept, when the store no longer holds `from` */
  async #keep(kept: Kept, from: string | null): Promise<boolean> {
    const { database, clock } = this.#parts;
    const move = { from, to: JSON.stringify(kept) };
    return database.write((trx) => moveCheckpoint(trx, "claim", move, clock.now()));
  }

  async #release(place: ClaimPlace): Promise<void> {
    const claim = await place.read();
    if (claim === null || claim === "unsupported" || claim.storeId !== this.#storeId) return;
    await place.write(null);
  }
}
