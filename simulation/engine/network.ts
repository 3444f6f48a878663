/** The way to the two systems and back: it takes time, and everything on it can fail. */
import type { SystemName } from "../../middleware/runtime/errors.ts";
import type { Faults } from "./faults.ts";
import type { Call, Ledger } from "./ledger.ts";
import { never, type Life } from "./mortal.ts";
import type { Random } from "./random.ts";
import type { Timeline } from "./timeline.ts";

export interface NetworkParts {
  readonly timeline: Timeline;
  readonly faults: Faults;
  readonly ledger: Ledger;
  readonly random: Random;
  /** Shortest and longest way there, and the same back. */
  readonly latencyMs: Readonly<Record<SystemName, readonly [number, number]>>;
}

/** What can go wrong on the way, whatever the caller makes of it. */
export type WayFault = "unreachable" | "unavailable" | "limit" | "sign_in" | "no_answer";

export interface CallRequest<T> {
  readonly system: SystemName;
  readonly kind: string;
  readonly writes?: readonly string[];
  /** What the system does on arrival; throws to refuse. */
  readonly work: () => T;
  /** How long the system takes beyond the way there and back. */
  readonly workMs?: number;
  /** What the caller gets instead of an answer: returned, or thrown. */
  readonly failed: (fault: WayFault) => T;
}

/** How long a client waits for an answer that does not come. */
const timeoutMs: Readonly<Record<SystemName, number>> = { salesforce: 60_000, circa: 30_000 };

type Answer<T> = { ok: true; value: T } | { ok: false; error: Error };

export class Network {
  readonly #parts: NetworkParts;

  constructor(parts: NetworkParts) {
    this.#parts = parts;
  }

  /** @param life whose call it is; the answer never reaches the dead */
  call<T>(life: Life, request: CallRequest<T>): Promise<T> {
    if (!life.alive) return never();
    const { timeline, ledger } = this.#parts;
    const call: Call = { life, kind: request.kind, writes: request.writes ?? [], arrived: false };
    ledger.sent(call, timeline.now());
    return new Promise((resolve, reject) => {
      timeline.after(this.#wayMs(request.system), () => {
        const { answer, afterMs } = this.#arrive(request);
        call.arrived = true;
        if (!life.alive) {
          ledger.ended(call);
          return;
        }
        timeline.after(afterMs, () => {
          ledger.ended(call);
          if (!life.alive) return;
          if (answer.ok) resolve(answer.value);
          else reject(answer.error);
        });
      });
    });
  }

  #arrive<T>({ system, work, workMs = 0, failed }: CallRequest<T>): {
    answer: Answer<T>;
    afterMs: number;
  } {
    const { faults, random, ledger } = this.#parts;
    const fail = (fault: WayFault, afterMs: number) => {
      ledger.failed += 1;
      return { answer: attempt(() => failed(fault)), afterMs };
    };
    const backMs = this.#wayMs(system);
    if (faults.strikes(`${system}_down`, random.next())) return fail("unreachable", backMs);
    if (faults.strikes(`${system}_503`, random.next())) return fail("unavailable", backMs);
    if (system === "salesforce" && faults.strikes("limit", random.next())) {
      return fail("limit", backMs);
    }
    if (system === "salesforce" && faults.strikes("sign_in", random.next())) {
      return fail("sign_in", backMs);
    }
    if (faults.strikes("cut_before", random.next())) return fail("no_answer", timeoutMs[system]);
    const answer = attempt(work);
    if (faults.strikes("lost_answer", random.next())) return fail("no_answer", timeoutMs[system]);
    const slowMs = faults.strikes("slow", random.next()) ? random.between(1_000, 25_000) : 0;
    return { answer, afterMs: backMs + workMs + slowMs };
  }

  #wayMs(system: SystemName): number {
    const [least, most] = this.#parts.latencyMs[system];
    return this.#parts.random.between(least, most);
  }
}

function attempt<T>(work: () => T): Answer<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, error: asError(error) };
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error("something that is no error was thrown");
}
