/** Events without a Campaign, and the setting that gives them one. */
import type { Change } from "../../middleware/store/history/history.ts";
import type { StoredProblem } from "../../middleware/store/history/open-problems.ts";
import { eventually, eventuallyHolds } from "./eventually.ts";
import { campaignManager, marketer } from "./people.ts";
import type { RunningSync } from "./running-sync.ts";
import { salesforceAdmin } from "./salesforce-admin.ts";

type Json = Record<string, unknown>;

/** The path of the call that makes Campaigns, for faults. */
export const upsertPath = "/composite/sobjects/Campaign/Circa_Event_Id__c";

export interface Creating {
  /** Saves the setting as an admin does, and waits until it is taken over. */
  set(values: Json): Promise<void>;
  /** The same for a setting that its validation rules would refuse. */
  force(values: Json): Promise<void>;
  switchOn(values?: Json): Promise<void>;
  /** A committed Event with all that the seed's mappings need. @returns its id */
  newEvent(values?: Json): Promise<string>;
  campaignsOf(eventId: string): Promise<Json[]>;
  countCampaigns(): Promise<number>;
  connectedTo(eventId: string): Promise<unknown>;
  changesOf(eventId: string): Promise<Change[]>;
  problemsOf(eventId: string): Promise<StoredProblem[]>;
  /** Waits until exactly one Campaign is there, connected on both sides. */
  expectCreated(eventId: string): Promise<Json>;
  /** Waits until what has been sent so far is worked on: then there is no Campaign. */
  expectNone(eventId: string): Promise<void>;
}

export function creatingIn(sync: RunningSync): Creating {
  const people = marketer(sync);
  const campaigns = campaignManager(sync);
  const columns =
    "Id, Name, IsActive, StartDate, ParentId, RecordTypeId, Circa_Location__c, Circa_Sync_Status__c";

  const takeOver = async (): Promise<void> => {
    const before = (await sync.status()).mappings.readAt ?? 0;
    await salesforceAdmin(sync).tellMappingsChanged();
    await eventually("the setting is taken over", async () => {
      return ((await sync.status()).mappings.readAt ?? 0) > before;
    });
    await sync.settled();
  };
  const creating: Creating = {
    async set(values) {
      await salesforceAdmin(sync).setSetting(values);
      await takeOver();
    },
    async force(values) {
      await salesforceAdmin(sync).forceSetting(values);
      await takeOver();
    },
    switchOn: (values = {}) => creating.set({ Create_Campaigns__c: true, ...values }),
    async newEvent(values = {}) {
      const [seeded] = await people.events();
      return people.create({
        name: "Autumn Roadshow",
        status: "COMMITTED",
        leader: seeded?.["leader"],
        start_date: "2027-10-05",
        end_date: "2027-10-06",
        location: "Graz",
        time_zone: "Europe/Vienna",
        ...values,
      });
    },
    campaignsOf: (eventId) =>
      campaigns.query(`SELECT ${columns} FROM Campaign WHERE Circa_Event_Id__c = '${eventId}'`),
    countCampaigns: async () => (await campaigns.query("SELECT Id FROM Campaign")).length,
    connectedTo: async (eventId) => (await people.event(eventId))["salesforce_campaign_id"],
    async changesOf(eventId) {
      const path = "/api/changes?limit=1000";
      const { changes } = await sync.admin<{ changes: Change[] }>("GET", path);
      return changes.filter((change) => change.eventId === eventId);
    },
    async problemsOf(eventId) {
      const { problems } = await sync.admin<{ problems: StoredProblem[] }>("GET", "/api/problems");
      return problems.filter((problem) => problem.eventId === eventId);
    },
    expectCreated: (eventId) =>
      eventually(`the Event ${eventId} has its Campaign`, async () => {
        const found = await creating.campaignsOf(eventId);
        const [campaign] = found;
        if (campaign === undefined || found.length > 1) return false;
        return (await creating.connectedTo(eventId)) === campaign["Id"] && campaign;
      }),
    async expectNone(eventId) {
      const [seeded] = await people.events();
      const location = `later ${Date.now()}`;
      await people.edit(String(seeded!["id"]), { location });
      await eventuallyHolds("a later edit has arrived", async () => {
        const campaign = await campaigns.campaign(String(seeded!["salesforce_campaign_id"]));
        expect(campaign["Circa_Location__c"]).toBe(location);
      });
      await sync.settled();
      expect(await creating.campaignsOf(eventId)).toEqual([]);
      expect(await creating.connectedTo(eventId)).toBeNull();
    },
  };
  return creating;
}
