/** The service's own client of Circa for one node, over a network without sockets. */
import type { Clock } from "../../../middleware/clock.ts";
import type { Log } from "../../../middleware/log.ts";
import { createCircaClient, type CircaClient } from "../../../middleware/systems/circa/client.ts";
import type { Circuit } from "../../../middleware/systems/circuit.ts";
import type { Life } from "../engine/mortal.ts";
import type { WayFault } from "../engine/network.ts";
import type { World } from "../world.ts";
import { circaApi, readRequest, refusal, toResponse, type HttpAnswer } from "./http.ts";
import { serve } from "./server.ts";

export interface SimCircaParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly circuit: Circuit;
}

const config = {
  apiUrl: circaApi,
  apiKey: "key",
  webhookSecrets: ["whsec_simulated"],
  // Real time, which virtual time never waits for.
  requestTimeoutMs: 30_000,
};

export function createSimCirca(world: World, life: Life, parts: SimCircaParts): CircaClient {
  return createCircaClient({ ...parts, config, fetch: fetchFrom(world, life) });
}

function fetchFrom(world: World, life: Life): typeof globalThis.fetch {
  const { network, timeline } = world;
  return async (url, init) => {
    const { kind, writes, answer } = serve(world, readRequest(url as string, init));
    const call = { system: "circa", kind, writes, work: answer, failed: failure } as const;
    return toResponse(await network.call(life, call), timeline.now());
  };
}

function failure(fault: WayFault): HttpAnswer {
  if (fault === "unavailable") return refusal(503, "unavailable", "Something went wrong");
  if (fault === "no_answer") throw new DOMException("timed out", "TimeoutError");
  throw new TypeError("fetch failed");
}
