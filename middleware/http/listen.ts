/** How a server of ours begins and ends to listen. */
import type { Server, ServerOptions } from "node:http";
import { systemClock } from "../runtime/clock.ts";
import { ConfigurationError } from "../runtime/errors.ts";
import { withTimeout } from "../runtime/timeouts.ts";

/** Time limits of slow senders (OWASP API4): headers within 5 s, the whole request within 15 s. */
export const slowSenderLimits: ServerOptions = {
  headersTimeout: 5_000,
  requestTimeout: 15_000,
  // How often Node looks whether one of them is over; by itself every 30 s.
  connectionsCheckingInterval: 500,
};
/** Requests that are under way at the stop. */
const requestsEndWithinMs = 2_000;

/** @throws ConfigurationError */
export function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === "EADDRINUSE"
          ? `PORT ${port} is in use by another program. Stop it, or set PORT to another one.`
          : `HOST ${host} and PORT ${port} can't be listened on: ${error.message}`;
      reject(new ConfigurationError(reason));
    });
    server.listen(port, host, resolve);
  });
}

/** Accepts no more, and lets requests under way end; cuts off those that don't. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  if (!(await withTimeout(systemClock, closed, requestsEndWithinMs))) server.closeAllConnections();
}
