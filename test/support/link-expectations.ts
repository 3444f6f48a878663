/** What a test waits for at one link, on either side. */
import { eventuallyHolds } from "./eventually.ts";
import type { OneLink } from "./one-link.ts";

type Stored = Readonly<Record<string, unknown>>;

export interface LinkExpectations {
  /** The Campaign holds these values, by API name. */
  campaign(stored: Stored): Promise<void>;
  /** The Event holds these values, by field key or label. */
  event(stored: Stored): Promise<void>;
  /** Both sides agree, and say so. */
  inLine(): Promise<void>;
}

export function expectationsOf(link: OneLink): LinkExpectations {
  return {
    campaign: (stored) =>
      eventuallyHolds("the Campaign has it", async () => {
        expect(await link.campaign()).toMatchObject(stored);
      }),
    async event(stored) {
      for (const [field, value] of Object.entries(stored)) {
        await eventuallyHolds(`the Event has ${field}`, async () => {
          expect(await link.eventValue(field)).toEqual(value);
        });
      }
    },
    inLine: () =>
      eventuallyHolds("all is in line", async () => {
        expect(await link.problems()).toEqual([]);
        expect(await link.shownState()).toMatchObject({ state: "in_sync", problems: [] });
        expect(await link.campaign()).toMatchObject({
          Circa_Sync_Status__c: "In Sync",
          Circa_Sync_Message__c: null,
        });
      }),
  };
}
