/** How long to wait before the next try: data, not scattered conditions. */
import type { Clock } from "../runtime/clock.ts";
import { isSystemWide, SystemError, type ErrorKind } from "../runtime/errors.ts";

interface Backoff {
  readonly firstMs: number;
  readonly maxMs: number;
}

const second = 1_000;
const minute = 60 * second;

/** A call that failed, by what may be done about it. */
const afterError: Readonly<Record<ErrorKind, Backoff>> = {
  retry: { firstMs: second, maxMs: 5 * minute },
  conflict: { firstMs: 50, maxMs: 10 * second },
  sign_in: { firstMs: 5 * second, maxMs: 5 * minute },
  limit: { firstMs: 5 * second, maxMs: 15 * minute },
  held: { firstMs: second, maxMs: second },
  not_found: { firstMs: second, maxMs: 15 * minute },
  rejected: { firstMs: minute, maxMs: 6 * 60 * minute },
  configuration: { firstMs: 30 * second, maxMs: 15 * minute },
};

/** What the system's circuit paces: asking it again costs no call. */
const paced: Backoff = afterError.held;

/** A link with open problems: a person has to change something, which notifies by itself. */
const afterProblem: Backoff = { firstMs: minute, maxMs: 6 * 60 * minute };

/**
 * Full-jitter exponential back-off; a `Retry-After` of the other side is never undercut. What the
 * system's circuit paces is soon asked for again, so that all continues as soon as it is up.
 * @param attempts failed attempts before this one
 */
export function delayAfterError(error: unknown, attempts: number, clock: Clock): number {
  if (isSystemWide(error)) return fullJitter(paced, 0, clock);
  const systemError = error instanceof SystemError ? error : null;
  // What may be the system's shows in the failures that follow: they are not put off.
  const kind = systemError === null || systemError.counted ? "retry" : systemError.kind;
  const delayMs = fullJitter(afterError[kind], attempts, clock);
  return Math.max(delayMs, systemError?.retryAfterMs ?? 0);
}

/** @param attempts failed attempts before this one */
export function delayAfterProblem(attempts: number, clock: Clock): number {
  return fullJitter(afterProblem, attempts, clock);
}

/** Source: "Exponential Backoff And Jitter", https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
function fullJitter({ firstMs, maxMs }: Backoff, attempts: number, clock: Clock): number {
  const ceilingMs = Math.min(maxMs, firstMs * 2 ** Math.min(attempts, 30));
  return Math.round(firstMs / 2 + clock.random() * (ceilingMs - firstMs / 2));
}
