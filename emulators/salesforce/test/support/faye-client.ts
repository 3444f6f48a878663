/** A faye client as jsforce builds it: no retries of our own, no rescue. */
import faye from "faye";
import type { SalesforceEmulator } from "../../index.ts";
import { fixtureChannel } from "./salesforce-org.ts";

export interface FayeSubscriber {
  readonly kinds: string[];
  readonly replayIds: number[];
  /** Says goodbye to the server, which must still be there. */
  stop(): Promise<void>;
  /** Resolves when the subscription stands. */
  readonly subscribed: Promise<void>;
}

interface FixtureEvent {
  payload: { Kind__c: string };
  event: { replayId: number };
}

/** Subscribes and, on every re-subscription, resumes from the last event received. */
export function subscribeWithFaye(
  emulator: SalesforceEmulator,
  replayId = -1,
  token = emulator.integration.accessToken,
): FayeSubscriber {
  const client = new faye.Client(`${emulator.url}/cometd/61.0`, { retry: 0.05 });
  client.disable("websocket");
  client.setHeader("Authorization", `OAuth ${token}`);
  const kinds: string[] = [];
  const replayIds: number[] = [];
  client.addExtension({
    outgoing(message: Record<string, unknown>, send: (message: unknown) => void) {
      if (message["channel"] === "/meta/subscribe") {
        message["ext"] = { replay: { [fixtureChannel]: replayIds.at(-1) ?? replayId } };
      }
      send(message);
    },
  });
  const subscription = client.subscribe(fixtureChannel, (event: FixtureEvent) => {
    kinds.push(event.payload.Kind__c);
    replayIds.push(event.event.replayId);
  });
  // faye's own then() swallows a refusal unless it is given somebody to tell.
  const subscribed = new Promise<void>((resolve, reject) => {
    void subscription.then(resolve, reject);
  });
  subscribed.catch(() => undefined);
  const stop = async () => {
    await (client as unknown as { disconnect(): PromiseLike<void> | undefined }).disconnect();
  };
  return { kinds, replayIds, stop, subscribed };
}
