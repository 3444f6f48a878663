/** The service's own client of Circa for one node, over a network without sockets. */
import type { Clock } from "../../middleware/runtime/clock.ts";
import type { Log } from "../../middleware/runtime/log.ts";
import { createCircaClient, type CircaClient } from "../../middleware/systems/circa/client.ts";
import type { Circuit } from "../../middleware/systems/circuit/circuit.ts";
import type { Life } from "../engine/mortal.ts";
import type { WayFault } from "../engine/network.ts";
import type { World } from "../world.ts";
import { circaApi, readRequest, refusal, toResponse, type HttpAnswer } from "./http.ts";
import { serve } from "./server.ts";
import { untrueAnswer } from "./untrue-answers.ts";

export interface SimCircaParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly circuit: Circuit;
}

export const config = {
  apiUrl: circaApi,
  apiKey: "key",
  webhookSecrets: ["whsec_simulated"],
  // Real time, which virtual time never waits for.
  requestTimeoutMs: 30_000,
};

export function createSimCirca(world: World, life: Life, parts: SimCircaParts): CircaClient {
  return createCircaClient({ ...parts, config, fetch: fetchFrom(world, life, "the sync") });
}

/** @param caller whose stream of chance decides on untrue answers */
export function fetchFrom(world: World, life: Life, caller: string): typeof globalThis.fetch {
  const { network, timeline, faults, ledger } = world;
  const random = world.random(`untrue answers to ${caller} of ${life.name}`);
  return async (url, init) => {
    const request = readRequest(url as string, init);
    const { kind, writes, answer } = serve(world, request);
    const work = (): HttpAnswer => {
      const untrue = untrueAnswer({ faults, random }, request);
      if (untrue === null) return answer();
      world.note(`${kind} ${request.path.join("/")} is told ${untrue.answer.status}`);
      ledger.failed += 1;
      if (untrue.of !== null) world.signs.tell(untrue.of, "its own 404");
      if (untrue.done) answer();
      return untrue.answer;
    };
    const call = { system: "circa", kind, writes, work, failed: failure } as const;
    const { status, ...rest } = await network.call(life, call);
    // As the global one: it throws without saying why.
    if (status >= 300 && status < 400 && init?.redirect === "error") throw failedFetch();
    return toResponse({ status, ...rest }, timeline.now());
  };
}

const failedFetch = () => new TypeError("fetch failed");

function failure(fault: WayFault): HttpAnswer {
  if (fault === "unavailable") return refusal(503, "unavailable", "Something went wrong");
  if (fault === "no_answer") throw new DOMException("timed out", "TimeoutError");
  throw failedFetch();
}
