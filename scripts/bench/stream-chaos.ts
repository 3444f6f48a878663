/** What goes wrong while the clients are compared: the same for all of them, drawn from a seed. */
import { seededRandom } from "../../emulators/random.ts";
import { setTimeout as wait } from "node:timers/promises";
import type { SalesforceEmulator } from "../../emulators/salesforce/index.ts";

type Fault = Readonly<Record<string, unknown> & { name: string }>;

export interface Mishap {
  readonly what: string;
  readonly strike: (setFaults: (...faults: Fault[]) => Promise<void>) => Promise<void>;
}

const clients = 3;
const outageMs = 2_500;
const unavailable = {
  name: "respond",
  status: 503,
  body: "<html>Service Unavailable</html>",
  contentType: "text/html",
  times: 100_000,
};

const mishap = (what: string, ...faults: Fault[]): Mishap => ({
  what,
  strike: (setFaults) => setFaults(...faults),
});

const sessionsForgotten = mishap("the server forgets all sessions", { name: "forgetSessions" });
const socketsCut = mishap("all sockets are cut", { name: "killSockets" });
const answersCut = mishap("answers with events are cut in the middle", {
  name: "truncateNextDelivery",
  times: clients,
});
const pollsHang = mishap("polls are never answered", { name: "hangNextPoll", times: clients });
const tooBusy = mishap("the server is too busy, and says 401", {
  name: "tooBusyDisguisedAs401",
  times: clients,
});
const tokenRevoked = mishap("the token is revoked", { name: "revokeToken" });
const purged = mishap(
  "what was sent is purged, then the sessions are forgotten",
  { name: "purgeBefore" },
  { name: "forgetSessions" },
);
const eventTwice = mishap("an event comes twice", { name: "duplicateEvent" });
const outage: Mishap = {
  what: `the server is gone for ${outageMs / 1_000} s`,
  async strike(setFaults) {
    await setFaults(unavailable, { name: "killSockets" });
    await wait(outageMs);
    await setFaults({ name: "clear" });
  },
};

/** Those of an ordinary week; each strikes all clients that are there. */
const ordinary: readonly Mishap[] = [
  sessionsForgotten,
  socketsCut,
  answersCut,
  pollsHang,
  eventTwice,
  outage,
  tooBusy,
  purged,
];

/** One list per run. */
export const mishapsOfRuns: readonly (readonly Mishap[])[] = [
  ordinary,
  [...ordinary, tokenRevoked],
];

/** The mishaps in an order of the seed's. */
export function drawOrder(mishaps: readonly Mishap[], seed: number): readonly Mishap[] {
  const random = seededRandom(seed);
  return mishaps
    .map((it) => ({ it, order: random() }))
    .sort((one, other) => one.order - other.order)
    .map(({ it }) => it);
}

/** Spreads the mishaps over `durationMs`, with quiet at both ends. */
export async function strikeInTurn(
  salesforce: SalesforceEmulator,
  mishaps: readonly Mishap[],
  durationMs: number,
): Promise<void> {
  const gapMs = durationMs / (mishaps.length + 1);
  const startedAt = Date.now();
  for (const [index, { strike }] of mishaps.entries()) {
    await wait(startedAt + gapMs * (index + 1) - Date.now());
    await strike((...faults) => setFaults(salesforce, faults));
  }
  await wait(startedAt + durationMs - Date.now());
}

async function setFaults(salesforce: SalesforceEmulator, faults: readonly Fault[]): Promise<void> {
  const clear = faults.some(({ name }) => name === "clear");
  const body = { clear, faults: faults.filter(({ name }) => name !== "clear") };
  const answer = await fetch(`${salesforce.url}/emulator/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`faults: HTTP ${answer.status}: ${await answer.text()}`);
}
