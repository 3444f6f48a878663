/** Counts the requests that come in at one of this process's servers, without touching it. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

export interface RequestCount {
  /** How many came at `sinceMs` or later; the controls of the emulators do not count. */
  since(sinceMs: number): number;
  readonly stop: () => void;
}

/** @param url address of the server */
export function countRequests(url: string): RequestCount {
  const { host } = new URL(url);
  const arrivals: number[] = [];
  const onRequest = (message: unknown) => {
    const { request } = message as { request: IncomingMessage };
    const isControl = request.url?.startsWith("/emulator/") === true;
    if (request.headers.host === host && !isControl) arrivals.push(Date.now());
  };
  subscribe("http.server.request.start", onRequest);
  return {
    since: (sinceMs) => arrivals.filter((at) => at >= sinceMs).length,
    stop: () => {
      unsubscribe("http.server.request.start", onRequest);
    },
  };
}
