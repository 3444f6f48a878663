/** Tells Salesforce how the service is: now and then, when asked, and when it stops. */
import type { Clock } from "../runtime/clock.ts";
import type { ScreenClient } from "../systems/salesforce/screens.ts";
import { version } from "../runtime/version.ts";
import type { Status } from "../http/status.ts";
import { reportState } from "./state-row.ts";

/** Heartbeats report more often; without them, still before the package calls the service silent. */
const intervalMs = 40 * 60_000;
/** Saying goodbye is worth so much of the time for stopping. */
const goodbyeMs = 1_000;

export interface StateReporterParts {
  readonly screens: ScreenClient;
  readonly clock: Clock;
  readonly status: () => Promise<Status>;
}

export class StateReporter {
  readonly #parts: StateReporterParts;
  #reportedAt: number | null = null;

  constructor(parts: StateReporterParts) {
    this.#parts = parts;
  }

  /**
   * @param heartbeatId comes back through the package's trigger as a heartbeat; null: none is wanted
   * @throws SystemError
   */
  async report(heartbeatId: string | null = null): Promise<void> {
    const { screens, clock, status } = this.#parts;
    const state = { status: await status(), version, heartbeatId };
    await reportState(screens, state, clock.now());
    this.#reportedAt = clock.now();
  }

  /** Whether it is time to report again. */
  isDue(): boolean {
    const { clock } = this.#parts;
    return this.#reportedAt === null || clock.now() - this.#reportedAt >= intervalMs;
  }

  /** The last word, if it can be said quickly. */
  async goodbye(): Promise<void> {
    if (this.#reportedAt === null) return;
    await Promise.race([this.report().catch(() => undefined), this.#parts.clock.sleep(goodbyeMs)]);
  }
}
