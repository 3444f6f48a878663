/** One Event and its Campaign, with fields named as people know them. */
import type { StoredProblem } from "../../middleware/store/history/open-problems.ts";
import { campaignManager, marketer } from "./people.ts";
import type { RunningSync } from "./running-sync.ts";

type Json = Record<string, unknown>;

/** The Event's sync state as Circa shows it to people. */
export interface ShownState {
  readonly state: string;
  readonly problems: readonly { field: string | null; message: string; hint: string }[];
}

export interface OneLink {
  readonly eventId: string;
  readonly campaignId: string;
  /** A standard field's name stays, a custom field's label becomes its id. */
  key(field: string): string;
  /** @throws when Circa refuses */
  editEvent(values: Json): Promise<void>;
  /** Past all locks and checks: `raw` is stored as it is, `values` as an edit would be. */
  forceEvent(values: Json, raw?: Json): Promise<void>;
  eventValue(field: string): Promise<unknown>;
  shownState(): Promise<ShownState>;
  editCampaign(values: Json): Promise<void>;
  campaign(): Promise<Json>;
  problems(): Promise<StoredProblem[]>;
}

/** @param position the Event's place in the seed */
export async function oneLink(sync: RunningSync, position = 0): Promise<OneLink> {
  const people = marketer(sync);
  const [event, custom] = [(await people.events())[position], await people.customKeys()];
  if (event === undefined) throw new Error(`there is no Event at ${position}`);
  const eventId = String(event["id"]);
  const campaignId = String(event["salesforce_campaign_id"]);
  const key = (field: string) => custom.get(field) ?? field;
  const patchOf = (values: Json): Json => {
    const entries = Object.entries(values);
    return {
      ...Object.fromEntries(entries.filter(([field]) => !custom.has(field))),
      custom_fields: Object.fromEntries(
        entries.filter(([field]) => custom.has(field)).map(([field, value]) => [key(field), value]),
      ),
    };
  };
  return {
    eventId,
    campaignId,
    key,
    async editEvent(values) {
      const { status, body } = await people.edit(eventId, patchOf(values));
      if (status >= 300) throw new Error(`Circa: HTTP ${status}: ${JSON.stringify(body)}`);
    },
    forceEvent: (values, raw = {}) =>
      people.force(
        eventId,
        patchOf(values),
        Object.fromEntries(Object.entries(raw).map(([field, value]) => [key(field), value])),
      ),
    async eventValue(field) {
      const now = await people.event(eventId);
      return custom.has(field) ? (now["custom_fields"] as Json)[key(field)] : now[field];
    },
    shownState: async () => (await people.event(eventId))["crm_sync_status"] as ShownState,
    editCampaign: (values) => campaignManager(sync).edit(campaignId, values),
    campaign: () => campaignManager(sync).campaign(campaignId),
    async problems() {
      const { problems } = await sync.admin<{ problems: StoredProblem[] }>("GET", "/api/problems");
      return problems.filter((problem) => problem.eventId === eventId);
    },
  };
}
