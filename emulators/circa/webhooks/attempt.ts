/** One POST of one delivery. */
import type { Attempt, Delivery, Endpoint } from "./delivery.ts";
import { signatureHeaders } from "./signature.ts";

interface AttemptContext {
  readonly now: () => Date;
  readonly timeoutMs: number;
  /** Aborted when the emulator closes. */
  readonly closing: AbortSignal;
}

/** Never throws: what goes wrong is in the attempt. */
export async function attemptDelivery(
  delivery: Delivery,
  endpoint: Endpoint,
  { now, timeoutMs, closing }: AttemptContext,
): Promise<Attempt> {
  const at = now();
  const startedMs = performance.now();
  const done = (httpStatus: number | null, error: string | null): Attempt => ({
    at,
    durationMs: Math.round(performance.now() - startedMs),
    httpStatus,
    error,
  });
  try {
    const response = await fetch(endpoint.url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent": "Circa-Webhooks/1.0",
        ...signatureHeaders(endpoint, delivery.messageId, at, delivery.body),
      },
      body: delivery.body,
      redirect: "manual",
      signal: AbortSignal.any([closing, AbortSignal.timeout(timeoutMs)]),
    });
    await response.arrayBuffer();
    return done(response.status, response.ok ? null : `answered ${response.status}`);
  } catch (error) {
    return done(null, describeFailure(error, timeoutMs));
  }
}

/** What fetch throws is looked at by its form: it need not be this realm's `Error`. */
function describeFailure(error: unknown, timeoutMs: number): string {
  const { name, message, cause } = error as Partial<Error> & { cause?: { message?: string } };
  if (name === "TimeoutError") return `no answer within ${timeoutMs / 1000} s`;
  return cause?.message || message || "failed";
}
