/** Counts the requests that come in at one of this process's servers, without touching it. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { waitUntil } from "../demo/wait-until.ts";

export interface RequestCount {
  /** How many came at `sinceMs` or later; the controls of the emulators do not count. */
  since(sinceMs: number): number;
  /** Waits for the first one that came at `sinceMs` or later, and returns when it did. */
  next(sinceMs: number): Promise<number>;
  stop(): void;
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
  const first = (sinceMs: number) => arrivals.find((at) => at >= sinceMs);
  return {
    since: (sinceMs) => arrivals.filter((at) => at >= sinceMs).length,
    async next(sinceMs) {
      await waitUntil({
        wanted: "the next request",
        read: () => Promise.resolve(first(sinceMs)),
        holds: (at) => at !== undefined,
        deadlineMs: 120_000,
      });
      return first(sinceMs) ?? sinceMs;
    },
    stop: () => unsubscribe("http.server.request.start", onRequest),
  };
}
