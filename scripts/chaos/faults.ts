/** All the faults of a run: standing ones with a chance, and blows to the stream now and then. */
import type { Random } from "../../simulation/engine/random.ts";
import type { ProxyFault } from "./inject-faults.ts";
import { send } from "./people.ts";
import type { World } from "./world.ts";

const onTheWire: Readonly<Record<ProxyFault, number>> = {
  refuse: 0.01,
  reset: 0.01,
  half_open: 0.003,
  delay: 0.03,
  stall: 0.005,
  drip: 0.003,
  truncate: 0.01,
  cut_after_request: 0.01,
};

const often = 1_000_000;
const restFaults = [
  { name: "unavailable", chance: 0.01 },
  { name: "invalidSession", chance: 0.005 },
  { name: "requestLimit", chance: 0.001 },
  { name: "dropBefore", chance: 0.005 },
  { name: "dropAfter", chance: 0.01 },
  { name: "hangAfter", chance: 0.002 },
  { name: "truncateAfter", chance: 0.005 },
  { name: "slow", delayMs: 400, chance: 0.02 },
].map((fault) => ({ ...fault, times: often, caller: "integration" }));

const circaRequests = [
  { kind: "status", status: 429, retry_after: 1, probability: 0.005 },
  { kind: "status", status: 503, probability: 0.01 },
  { kind: "hang_before_commit", hold_ms: 5_000, probability: 0.001 },
  { kind: "timeout_after_commit", hold_ms: 5_000, probability: 0.002 },
  { kind: "slow", delay_ms: 400, probability: 0.02 },
].map((fault) => ({ ...fault, caller: "integration" }));

const circaWebhooks = [
  { kind: "duplicate", probability: 0.05 },
  { kind: "delay", delay_ms: 2_000, random: true, probability: 0.05 },
];
const lostWebhooks = { kind: "drop", probability: 0.01 };

const blows: readonly (readonly object[])[] = [
  [{ name: "revokeToken" }],
  [{ name: "forgetSessions" }],
  [{ name: "killSockets" }],
  [{ name: "truncateNextDelivery" }],
  [{ name: "hangNextPoll" }],
  [{ name: "respond", status: 503, body: "busy", contentType: "text/html" }],
  [{ name: "tooBusyDisguisedAs401" }],
  [{ name: "reconnectNoneOn403" }, { name: "forgetSessions" }],
  [{ name: "denyHandshake", reason: "503::Service Unavailable" }, { name: "forgetSessions" }],
  [{ name: "duplicateEvent" }],
  [{ name: "purgeBefore" }],
  [{ name: "connectReplyFirst" }],
  [{ name: "delay", delayMs: 300, times: 3 }],
  [{ name: "lockRow", operation: "update", times: 20 }],
];
const lostEvents = [{ name: "dropEvents" }];

export interface Faults {
  begin(): Promise<void>;
  /** One more, of the kinds that strike at moments. */
  blow(): Promise<void>;
  end(): Promise<void>;
}

export interface FaultPlan {
  readonly seed: number;
  /** Also loses notices for good, which only a sweep can find. */
  readonly lossy: boolean;
  /** Multiplies the chances on the wire. */
  readonly scale: number;
}

export function createFaults(
  { salesforce, circa, proxies }: World,
  random: Random,
  { seed, lossy, scale }: FaultPlan,
): Faults {
  const order = async (url: string, body: object) => {
    await send(`${url}/emulator/faults`, "", "POST", body);
  };
  const moments = lossy ? [...blows, lostEvents] : blows;
  return {
    async begin() {
      const chances = Object.fromEntries(
        Object.entries(onTheWire).map(([fault, chance]) => [fault, chance * scale]),
      );
      for (const proxy of Object.values(proxies)) proxy.setChances(chances);
      await order(salesforce.url, { seed, faults: restFaults });
      const webhooks = lossy ? [...circaWebhooks, lostWebhooks] : circaWebhooks;
      await order(circa.url, { seed, requests: circaRequests, webhooks });
    },
    async blow() {
      if (random.chance(0.2)) {
        const size = random.chance(0.5) ? 50 : null;
        await order(salesforce.url, { faults: [{ name: "shortPages", size }] });
        await order(circa.url, { webhooks: [{ kind: "reorder", times: 4, hold_ms: 500 }] });
      }
      await order(salesforce.url, { faults: random.pick(moments) });
    },
    async end() {
      for (const proxy of Object.values(proxies)) proxy.setChances({});
      await order(circa.url, { clear: true });
      await order(salesforce.url, {
        clear: true,
        faults: [
          { name: "reconnectNoneOn403", on: false },
          { name: "connectReplyFirst", on: false },
          { name: "shortPages", size: null },
        ],
      });
    },
  };
}
