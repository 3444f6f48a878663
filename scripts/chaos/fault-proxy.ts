/**
 * A TCP proxy that spoils what passes: one fault per request, drawn from a seed. It knows of HTTP
 * only that a request's bytes follow the answer to the one before.
 */
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { createRandom } from "../../simulation/engine/random.ts";
import {
  proxyFaults,
  injectFaults,
  type FaultTimes,
  type ProxyFault,
  type Spoiled,
} from "./inject-faults.ts";

export interface FaultProxyOptions {
  readonly seed: number;
  /** Where connections go; asked for each. */
  readonly target: () => number;
  readonly times: FaultTimes;
}

export interface FaultProxy {
  readonly port: number;
  readonly url: string;
  /** Chance of each fault, per request (`refuse`: per connection); what is left out is off. */
  setChances(chances: Readonly<Partial<Record<ProxyFault, number>>>): void;
  /** How often each fault has struck. */
  struck(): Readonly<Record<ProxyFault, number>>;
  close(): Promise<void>;
}

/** Listens on any free port of 127.0.0.1; passes everything on until chances are set. */
export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const { seed, target, times } = options;
  const random = createRandom(seed);
  const sockets = new Set<Socket>();
  const struck = Object.fromEntries(proxyFaults.map((fault) => [fault, 0])) as Record<
    ProxyFault,
    number
  >;
  let chances: Readonly<Partial<Record<ProxyFault, number>>> = {};

  const strikes = (fault: ProxyFault): boolean => {
    const strike = (chances[fault] ?? 0) > 0 && random.chance(chances[fault] ?? 0);
    if (strike) struck[fault] += 1;
    return strike;
  };
  const draw = (): Spoiled | null => {
    for (const fault of proxyFaults) {
      if (fault !== "refuse" && strikes(fault)) return fault;
    }
    return null;
  };
  const keep = (socket: Socket) => {
    sockets.add(socket);
    // Broken connections are this proxy's trade.
    socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
  };

  const server = createServer((client) => {
    keep(client);
    if (strikes("refuse")) {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect({ port: target(), host: "127.0.0.1" });
    keep(upstream);
    client.setNoDelay(true);
    upstream.setNoDelay(true);
    injectFaults({ client, upstream, draw, times });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    setChances(wanted) {
      chances = wanted;
    },
    struck: () => ({ ...struck }),
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
