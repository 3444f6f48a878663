/** Counts the requests that come in at this process's servers, without touching them. */
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

export interface RequestCount {
  /** By the server's address, since the last `forget`; controls and people's own are left out. */
  read(): ReadonlyMap<string, number>;
  forget(): void;
}

/** @param tokens those of people, whose requests are nobody's cost */
export function countRequests(urls: readonly string[], tokens: readonly string[]): RequestCount {
  const urlByHost = new Map(urls.map((url) => [new URL(url).host, url]));
  const counts = new Map<string, number>();
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    const { host = "", authorization = "" } = request.headers;
    const url = urlByHost.get(host);
    const isOthers = request.url?.startsWith("/emulator/") === true;
    if (url === undefined || isOthers || tokens.some((token) => authorization.includes(token))) {
      return;
    }
    counts.set(url, (counts.get(url) ?? 0) + 1);
  });
  return { read: () => new Map(counts), forget: () => counts.clear() };
}
