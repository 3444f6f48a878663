/** Counts the requests that come in at one of this process's servers, without touching it. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

export interface RequestCount {
  /** How many came at `sinceMs` or later; the controls of the emulators do not count. */
  since(sinceMs: number): number;
  readonly stop: () => void;
}

/**
 * @param url address of the server
 * @param leftOut access tokens whose requests do not count: people's are no cost
 */
export function countRequests(url: string, leftOut: readonly string[] = []): RequestCount {
  const { host } = new URL(url);
  const arrivals: number[] = [];
  const onRequest = (message: unknown) => {
    const { request } = message as { request: IncomingMessage };
    const { headers } = request;
    const isControl = request.url?.startsWith("/emulator/") === true;
    const isLeftOut = leftOut.some((token) => headers.authorization?.includes(token) === true);
    if (headers.host === host && !isControl && !isLeftOut) arrivals.push(Date.now());
  };
  subscribe("http.server.request.start", onRequest);
  return {
    since: (sinceMs) => arrivals.filter((at) => at >= sinceMs).length,
    stop: () => {
      unsubscribe("http.server.request.start", onRequest);
    },
  };
}
