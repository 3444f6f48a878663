/** Passes bytes between two sockets, and spoils each exchange of request and answer as drawn. */
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export const proxyFaults = [
  /** The connection is refused as soon as it is made. */
  "refuse",
  /** The connection is reset before the request is passed on. */
  "reset",
  /** The request is swallowed, and nothing ever comes. */
  "half_open",
  /** The request waits a while on its way. */
  "delay",
  /** The answer stops in the middle of its way for long. */
  "stall",
  /** The answer comes one byte at a time. */
  "drip",
  /** Half of the answer comes, then the connection ends. */
  "truncate",
  /** The other side has done its work; its answer is lost with the connection. */
  "cut_after_request",
] as const;
export type ProxyFault = (typeof proxyFaults)[number];

/** A fault of one exchange; `refuse` strikes before there is one. */
export type Spoiled = Exclude<ProxyFault, "refuse">;

/** All in milliseconds. */
export interface FaultTimes {
  readonly delayMs: number;
  readonly stallMs: number;
  /** Between two bytes. */
  readonly dripMs: number;
}

export interface Exchanges {
  readonly client: Socket;
  readonly upstream: Socket;
  /** The fault of the exchange that begins. */
  readonly draw: () => Spoiled | null;
  readonly times: FaultTimes;
}

export function injectFaults({ client, upstream, draw, times }: Exchanges): void {
  let fault: Spoiled | null = null;
  let answered = true;
  let toUpstream = Promise.resolve();
  let toClient = Promise.resolve();

  const cut = () => {
    client.resetAndDestroy();
    upstream.destroy();
  };
  client.on("data", (chunk) => {
    if (answered) {
      answered = false;
      fault = draw();
      if (fault === "delay") toUpstream = toUpstream.then(() => sleep(times.delayMs));
    }
    if (fault === "reset") cut();
    else if (fault !== "half_open") {
      toUpstream = toUpstream.then(() => {
        if (upstream.writable) upstream.write(chunk);
      });
    }
  });
  upstream.on("data", (chunk) => {
    const first = !answered;
    answered = true;
    if (fault === "cut_after_request") cut();
    else if (fault === "truncate") {
      client.end(chunk.subarray(0, Math.floor(chunk.length / 2)));
      upstream.destroy();
    } else {
      if (fault === "stall" && first) toClient = toClient.then(() => sleep(times.stallMs));
      const slow = fault === "drip";
      toClient = toClient.then(() => (slow ? drip(client, chunk, times.dripMs) : send(chunk)));
    }
  });
  const send = (chunk: Buffer): void => {
    if (client.writable) client.write(chunk);
  };

  // What one side ends, the other hears of, after what is still on its way.
  upstream.once("end", () => void toClient.then(() => client.end()));
  upstream.once("error", () => client.resetAndDestroy());
  client.once("end", () => void toUpstream.then(() => upstream.end()));
  client.once("close", () => upstream.destroy());
}

async function drip(client: Socket, chunk: Buffer, dripMs: number): Promise<void> {
  for (const byte of chunk) {
    if (!client.writable) return;
    client.write(Uint8Array.of(byte));
    await sleep(dripMs);
  }
}
