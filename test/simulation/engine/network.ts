/** The way to the two systems and back: it takes time, and everything on it can fail. */
import { SystemError, type SystemName } from "../../../middleware/errors.ts";
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

export interface CallRequest<T> {
  readonly system: SystemName;
  readonly kind: string;
  readonly writes?: readonly string[];
  /** What the system does on arrival; throws SystemError to refuse. */
  readonly work: () => T;
  /** How long the system takes beyond the way there and back. */
  readonly workMs?: number;
}

/** How long a client waits for an answer that does not come. */
const patienceMs: Readonly<Record<SystemName, number>> = { salesforce: 60_000, circa: 30_000 };

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

  #arrive<T>({ system, kind, work, workMs = 0 }: CallRequest<T>): {
    answer: Answer<T>;
    afterMs: number;
  } {
    const { faults, random, ledger } = this.#parts;
    const fail = (error: SystemError, afterMs: number) => {
      ledger.failed += 1;
      return { answer: { ok: false as const, error }, afterMs };
    };
    const lost = (text: string) =>
      new SystemError(system, "retry", `${kind}: ${text}`, { systemWide: true });
    const backMs = this.#wayMs(system);
    if (faults.strikes(`${system}_down`, random.next())) {
      return fail(lost("could not be reached"), backMs);
    }
    if (faults.strikes(`${system}_503`, random.next())) {
      const error = new SystemError(system, "retry", `${kind}: HTTP 503`, {
        status: 503,
        systemWide: true,
      });
      return fail(error, backMs);
    }
    if (system === "salesforce" && faults.strikes("limit", random.next())) {
      const text = `${kind}: TotalRequests Limit exceeded (REQUEST_LIMIT_EXCEEDED)`;
      const details = { status: 403, systemWide: true };
      return fail(new SystemError(system, "limit", text, details), backMs);
    }
    if (system === "salesforce" && faults.strikes("sign_in", random.next())) {
      const text = `${kind}: Session expired or invalid (INVALID_SESSION_ID)`;
      return fail(new SystemError(system, "sign_in", text, { status: 401 }), backMs);
    }
    if (faults.strikes("cut_before", random.next())) {
      return fail(lost("no answer in time"), patienceMs[system]);
    }
    const answer = attempt(work);
    if (faults.strikes("lost_answer", random.next())) {
      return fail(lost("no answer in time"), patienceMs[system]);
    }
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
