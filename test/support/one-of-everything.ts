/** One round of all that makes work: edits on both sides, new links, a new mapping, a sweep. */
import type { Change } from "../../middleware/store/history/history.ts";
import type { CrashableSync } from "./crashable-sync.ts";
import { campaignManager, marketer } from "./people.ts";
import { salesforceAdmin } from "./salesforce-admin.ts";

type Json = Record<string, unknown>;

export interface RoundOfEverything {
  /** @throws while something that was done has not arrived, naming it */
  expectArrived(): Promise<void>;
  /** How often the history tells each change of this round, by a name that all rounds share. */
  tellings(history: readonly Change[]): Record<string, number>;
}

const pairs = 2;
/** How many seeded links there must be: rounds that follow each other touch different ones. */
export const linksOfEverything = 6;

/** @param round never the same twice, from 1 */
export async function doOneOfEverything(
  sync: CrashableSync,
  round: number,
): Promise<RoundOfEverything> {
  const people = marketer(sync);
  const campaigns = campaignManager(sync);
  const admin = salesforceAdmin(sync);
  const events = (await people.events()).slice(0, linksOfEverything);
  const first = (round * pairs) % linksOfEverything;
  const chosen = events.slice(first, first + pairs);
  const feeKey = (await people.customKeys()).get("Sponsorship Fee") ?? "";
  const ids = chosen.map((event) => String(event["id"]));
  const campaignIds = chosen.map((event) => String(event["salesforce_campaign_id"]));
  const location = (pair: number) => `Hall ${round}.${pair}`;
  const fee = (pair: number) => round * 100 + pair;
  const newEvent = (status: string) =>
    people.create({
      name: `${status} ${round}`,
      status,
      leader: events[0]?.["leader"],
      start_date: "2027-10-05",
      end_date: "2027-10-06",
      location: "Graz",
      time_zone: "Europe/Vienna",
    });

  const [committed, considering] = await Promise.all([
    newEvent("COMMITTED"),
    newEvent("CONSIDERING"),
    admin.setMapping("Agenda", { Blank_Rule__c: round % 2 === 0 ? "Copy" : "Keep" }),
    ...ids.map((id, pair) => people.edit(id, { location: location(pair) })),
    ...campaignIds.map((id, pair) => campaigns.edit(id, { Sponsorship_Fee__c: fee(pair) })),
  ]);
  const [linked] = await Promise.all([
    campaigns.create({ Name: `Linked ${round}`, Circa_Event_Id__c: considering }),
    admin.tellMappingsChanged(),
    sync.admin("POST", "/api/sweep?full=true"),
  ]);

  const campaignOf = async (eventId: string): Promise<Json> => {
    const soql = `SELECT Id, Circa_Location__c, Circa_Sync_Status__c FROM Campaign WHERE Circa_Event_Id__c = '${eventId}'`;
    const found = await campaigns.query(soql);
    expect(found).toHaveLength(1);
    return found[0] ?? {};
  };
  return {
    async expectArrived() {
      for (const pair of ids.keys()) {
        const campaign = await campaigns.campaign(campaignIds[pair] ?? "");
        expect(campaign["Circa_Location__c"]).toBe(location(pair));
        const event = await people.event(ids[pair] ?? "");
        expect((event["custom_fields"] as Json)[feeKey]).toBe(fee(pair));
      }
      for (const eventId of [committed, considering]) {
        const campaign = await campaignOf(eventId);
        expect(campaign).toMatchObject({
          Circa_Location__c: "Graz",
          Circa_Sync_Status__c: "In Sync",
        });
        const event = await people.event(eventId);
        expect(event["salesforce_campaign_id"]).toBe(campaign["Id"]);
        expect(event["crm_sync_status"]).toMatchObject({ state: "in_sync" });
      }
      expect((await campaignOf(considering))["Id"]).toBe(linked);
    },
    tellings(history) {
      const names = new Map([
        [committed, "committed"],
        [considering, "considering"],
      ]);
      const counts: Record<string, number> = {};
      for (const { eventId, fieldKey, newValue } of history) {
        const pair = ids.indexOf(eventId);
        const edited = newValue === location(pair) || newValue === fee(pair);
        const who = names.get(eventId) ?? (pair >= 0 && edited ? `pair ${pair}` : null);
        if (who === null) continue;
        const name = `${who}: ${fieldKey}`;
        counts[name] = (counts[name] ?? 0) + 1;
      }
      return counts;
    },
  };
}
