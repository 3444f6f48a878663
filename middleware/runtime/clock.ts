/** Time and chance come in from outside, so that the same code runs under virtual time. */
import { randomUUID } from "node:crypto";

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds that have passed since some moment: never set, and never goes back. */
  elapsedMs(): number;
  /** Resolves after `delayMs`, or at once when `signal` is aborted; never rejects. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
  /** A number from 0 (included) to 1 (excluded). */
  random(): number;
  /** An identifier that no other process has. */
  uuid(): string;
}

/** Above 2^31 - 1 ms a timer of Node's fires at once. */
const maxTimerMs = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsedMs: () => performance.now(),
  random: () => Math.random(),
  uuid: () => randomUUID(),
  sleep: (delayMs, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        resolve();
      };
      let leftMs = delayMs;
      const wait = () => {
        const partMs = Math.min(leftMs, maxTimerMs);
        leftMs -= partMs;
        return setTimeout(() => (leftMs > 0 ? (timer = wait()) : done()), partMs);
      };
      let timer = wait();
      signal?.addEventListener("abort", done, { once: true });
    }),
};
