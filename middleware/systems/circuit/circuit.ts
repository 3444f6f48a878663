/**
 * Stands between us and a system that is down or asks for a delay. After failures in a row it holds
 * calls back for growing times and lets one at a time try; from the ninth on, a few seconds lie
 * between two tries, and half a minute once the outage is a longer one. The first answer lets
 * everything through again.
 *
 *   closed ──(failures, or a limit)──▶ open ──(time is up)──▶ half_open ──▶ closed, or open
 *
 * Our own, because cockatiel's breaker (3.2.1) reads the machine's clock, and under virtual time
 * it would never let anything through again.
 */
import type { Clock } from "../../runtime/clock.ts";
import { withTimeout } from "../../runtime/timeouts.ts";
import {
  mayBeOneRecords,
  SystemError,
  type ErrorKind,
  type SystemName,
} from "../../runtime/errors.ts";
import type { Log } from "../../runtime/log.ts";

const second = 1_000;

/** The pause after the first, second, … failure in a row; a blip of a few costs nothing. */
const pausesMs: readonly number[] = [0, 0, 250, 500, second, 2_000, 4_000, 8_000];
const maxPauseMs = 30 * second;
/** Most outages are short: for a start the tries are so near to each other that one's end shows soon. */
const earlyForMs = 120 * second;
const maxEarlyPauseMs = 5 * second;

/** Where a limit comes without a time: REQUEST_LIMIT_EXCEEDED of Salesforce has none. */
const firstLimitPauseMs = 5 * second;
/** A limit is a limit, even when its `Retry-After` is 0. */
const minLimitPauseMs = second;
const maxLimitPauseMs = 15 * 60 * second;

/** A system that hangs must not hold up those whose other calls may go on. */
const probeTimeoutMs = 2 * second;

/** `half_open`: one call may try, and none does yet. */
export type CircuitState = "closed" | "open" | "half_open";

/** What an operator sees; times are milliseconds since the epoch. */
export interface CircuitStatus {
  readonly state: CircuitState;
  /** Failures in a row. */
  readonly failures: number;
  /** When the first of them came; null without one. */
  readonly failingSince: number | null;
  /** No call is made before; null while all are. */
  readonly nextCallAt: number | null;
  /** What the last of them said. */
  readonly reason: string | null;
  /** What kind it was: `configuration` passes only when an admin acts. */
  readonly kind: ErrorKind | null;
}

/** Other processes that call the same system. */
export interface Probes {
  /**
   * Never rejects.
   * @returns false when another node has tried it within that time
   */
  mayTry(system: SystemName, withinMs: number): Promise<boolean>;
  /** Tells the others that a system which was down answers. */
  answered(system: SystemName): void;
  /** Calls `listener` when a system may be answering others. */
  onAnswered(listener: () => void): void;
}

export interface CircuitParts {
  readonly system: SystemName;
  readonly clock: Clock;
  readonly log: Log;
  /** @default this is the only process */
  readonly probes?: Probes | undefined;
}

const names: Readonly<Record<SystemName, string>> = { salesforce: "Salesforce", circa: "Circa" };

export class Circuit {
  readonly #parts: CircuitParts;
  #failures = 0;
  #limits = 0;
  #failingSince: number | null = null;
  #heldUntil: number | null = null;
  #heldSince = 0;
  #reason: string | null = null;
  #kind: ErrorKind | null = null;
  /** Records whose own calls have failed since the last answer. */
  readonly #blamed = new Set<string>();
  #trial: Promise<void> | null = null;
  #toldAdmin = false;

  constructor(parts: CircuitParts) {
    this.#parts = parts;
    parts.probes?.onAnswered(() => {
      if (this.#isDown()) this.#heldUntil = this.#heldSince;
    });
  }

  /**
   * Makes the call if one may be made. Calls that come during a trial wait a moment for its outcome.
   * @param about the record that the call is about: however often it fails alone, where that may be
   * the record's doing, it counts once, so that one record never holds up the others. @default none
   * @throws SystemError of the kind `held` when none may, otherwise what the call throws
   */
  async run<T>(call: () => Promise<T>, about: string | null = null): Promise<T> {
    const { clock } = this.#parts;
    while (this.#trial !== null) {
      if (!(await withTimeout(clock, this.#trial, probeTimeoutMs))) throw this.#held();
    }
    const state = this.state();
    if (state === "open") throw this.#held();
    const attempt = state === "half_open" ? this.#try(call, about) : this.#attempt(call, about);
    if (state === "half_open") {
      this.#trial = attempt.then(
        () => void (this.#trial = null),
        () => void (this.#trial = null),
      );
    }
    return attempt;
  }

  state(): CircuitState {
    if (this.#heldUntil === null) return "closed";
    if (this.#trial !== null) return "open";
    const nowMs = this.#parts.clock.now();
    // A clock that was set back must not hold calls for longer than was meant.
    return nowMs < this.#heldUntil && nowMs >= this.#heldSince ? "open" : "half_open";
  }

  status(): CircuitStatus {
    return {
      state: this.state(),
      failures: this.#failures,
      failingSince: this.#failingSince,
      nextCallAt: this.#heldUntil,
      reason: this.#reason,
      kind: this.#kind,
    };
  }

  /** Calls are held back because the system refuses them all until an admin acts. */
  needsAdmin(): boolean {
    return this.#heldUntil !== null && this.#kind === "configuration";
  }

  /** The system answers, whatever it says. */
  answered(): void {
    const { clock, log, system } = this.#parts;
    if (this.#isDown()) this.#parts.probes?.answered(system);
    if (this.#heldUntil !== null && this.#failingSince !== null) {
      const seconds = Math.round((clock.now() - this.#failingSince) / second);
      log.info({ system, seconds }, `${names[system]} answers again`);
    }
    this.#failures = 0;
    this.#limits = 0;
    this.#blamed.clear();
    this.#failingSince = null;
    this.#heldUntil = null;
    this.#reason = null;
    this.#kind = null;
    this.#toldAdmin = false;
  }

  /** A call failed because the system is away, or asks for a delay. */
  failed(error: SystemError): void {
    const { clock, log, system } = this.#parts;
    this.#failingSince ??= clock.now();
    this.#reason = error.message;
    this.#kind = error.kind;
    const isLimit = error.kind === "limit";
    if (isLimit) this.#limits += 1;
    else this.#failures += 1;
    const pauseMs = isLimit ? this.#limitPauseMs(error) : this.#failurePauseMs(error);
    const isNews = isLimit ? this.#limits === 1 : this.#failures === pausesMs.length + 1;
    if (isNews) {
      const seconds = Math.round(pauseMs / second);
      log.warn(
        { system, seconds, reason: error.message },
        isLimit
          ? `${names[system]} asks for a delay: no calls until then`
          : `${names[system]} is down: one call tries from time to time, the rest waits`,
      );
    }
    if (pauseMs === 0) return;
    this.hold(clock.now() + pauseMs, error.message);
    if (error.kind !== "configuration" || this.#toldAdmin) return;
    this.#toldAdmin = true;
    log.warn(
      { system, reason: error.message },
      `${names[system]} refuses every call until an admin acts: one call tries from time to time`,
    );
  }

  /** No calls before `untilMs`, unless they are held for longer already. */
  hold(untilMs: number, reason: string): void {
    this.#heldUntil = Math.max(this.#heldUntil ?? 0, untilMs);
    this.#heldSince = this.#parts.clock.now();
    this.#reason = reason;
  }

  /** Several failures in a row, and not of one call only. */
  #isDown(): boolean {
    return this.#failures > pausesMs.length;
  }

  /** Of a system that is down, in turn with the other processes. */
  async #try<T>(call: () => Promise<T>, about: string | null): Promise<T> {
    const { clock, probes, system } = this.#parts;
    if (probes !== undefined && this.#isDown()) {
      const pauseMs = this.#maxPauseMs();
      if (!(await probes.mayTry(system, pauseMs))) {
        this.hold(clock.now() + pauseMs, this.#reason ?? "it is down");
        throw this.#held();
      }
    }
    return this.#attempt(call, about);
  }

  async #attempt<T>(call: () => Promise<T>, about: string | null): Promise<T> {
    // Calls that fail together are one failure: a cut connection takes all of them with it.
    const before = this.#failures + this.#limits;
    try {
      const result = await call();
      this.answered();
      return result;
    } catch (error) {
      if (!(error instanceof SystemError && error.counted)) {
        this.answered();
        throw error;
      }
      const blames = about !== null && mayBeOneRecords(error);
      const isKnown = blames && this.#blamed.has(about);
      if (blames) this.#blamed.add(about);
      if (!isKnown && this.#failures + this.#limits === before) this.failed(error);
      // Held back, it is the system's: whose call it was must not wait for longer than the others.
      throw error.systemWide || this.#heldUntil === null ? error : error.ofSystem();
    }
  }

  #held(): SystemError {
    const { system, clock } = this.#parts;
    const untilMs = this.#heldUntil ?? 0;
    const retryAfterMs = Math.max(0, untilMs - clock.now());
    const until = new Date(untilMs).toISOString();
    const message = `${names[system]} is not called before ${until} (${this.#reason ?? "it asks for a delay"})`;
    return new SystemError(system, "held", message, { retryAfterMs, systemWide: true });
  }

  #failurePauseMs({ retryAfterMs }: SystemError): number {
    const maxMs = this.#maxPauseMs();
    const pauseMs = Math.min(pausesMs[this.#failures - 1] ?? maxMs, maxMs);
    return Math.max(pauseMs, retryAfterMs ?? 0);
  }

  /** What an admin has to repair is not asked for more often. */
  #maxPauseMs(): number {
    if (this.#kind === "configuration" || this.#failingSince === null) return maxPauseMs;
    const passedMs = Math.abs(this.#parts.clock.now() - this.#failingSince);
    return passedMs < earlyForMs ? maxEarlyPauseMs : maxPauseMs;
  }

  #limitPauseMs({ retryAfterMs }: SystemError): number {
    if (retryAfterMs !== null) return Math.max(minLimitPauseMs, retryAfterMs);
    return Math.min(maxLimitPauseMs, firstLimitPauseMs * 2 ** Math.min(this.#limits - 1, 20));
  }
}
