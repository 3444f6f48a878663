/** Sessions with the emulated Streaming API for the real supervisor, signed in as the integration. */
import type { SalesforceEmulator } from "../../emulators/salesforce/index.ts";
import { systemClock } from "../../middleware/runtime/clock.ts";
import { cometdSessions } from "../../middleware/intake/stream/cometd/cometd-session.ts";
import type { OpenSession } from "../../middleware/intake/stream/session-port.ts";
import { campaignOf } from "./scripted-sessions.ts";

/** What `publishSignals` sends, for a subscriber's channel. */
const eventName = "Circa_Sync_Signal__e";

export function emulatedSessions(salesforce: SalesforceEmulator): OpenSession {
  return cometdSessions({
    salesforce: {
      session: () =>
        Promise.resolve({
          accessToken: salesforce.integration.accessToken,
          instanceUrl: salesforce.url,
        }),
      forget: () => undefined,
      noAnswer: () => undefined,
    },
    apiVersion: salesforce.apiVersion,
    channel: `/event/${eventName}`,
    clock: systemClock,
  });
}

/** Publishes one signal for each Campaign of these numbers. */
export function publishSignals(salesforce: SalesforceEmulator, numbers: readonly number[]): void {
  const { org, person } = salesforce;
  for (const number of numbers) {
    org.transact(person.userId, (transaction) =>
      transaction.publish(eventName, {
        Kind__c: "campaigns_changed",
        Campaign_Ids__c: JSON.stringify([campaignOf(number)]),
      }),
    );
  }
}
