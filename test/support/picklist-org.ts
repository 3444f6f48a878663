/** The whole thing running on an org with record types, dependent and unrestricted picklists. */
import type { StoredProblem } from "../../middleware/store/history/open-problems.ts";
import { circaAdmin } from "./circa-admin.ts";
import { campaignManager, marketer } from "./people.ts";
import { startSync, type RunningSync, type SyncOptions } from "./running-sync.ts";
import { salesforceAdmin } from "./salesforce-admin.ts";

export const startPicklistOrg = (options: SyncOptions = {}): Promise<RunningSync> =>
  startSync({ ...options, sourceDirs: ["test/fixtures/picklist-org"] });

export interface NewMapping {
  readonly label: string;
  readonly type: string;
  readonly campaignField: string;
  readonly direction?: "To_Salesforce" | "From_Salesforce";
  readonly recordType?: string;
  readonly options?: string[];
}

/** Adds a custom Event Info field and maps it. @returns its key */
export async function mapNewField(sync: RunningSync, mapping: NewMapping): Promise<string> {
  const { label, type, options = [] } = mapping;
  const key = await circaAdmin(sync).addField({ label, field_type: type, options });
  await salesforceAdmin(sync).setMapping(rowOf(label), {
    Circa_Field_Key__c: key,
    Campaign_Object__c: "Campaign",
    Campaign_Field__c: mapping.campaignField,
    Direction__c: mapping.direction ?? "To_Salesforce",
    Record_Type__c: mapping.recordType ?? null,
    Is_Active__c: true,
  });
  return key;
}

/** The mapping row's name for a field's label. */
export const rowOf = (label: string): string => label.replaceAll(" ", "_");

/** A connected pair, and both sides' values of one field. */
export class Pair {
  private constructor(
    private readonly sync: RunningSync,
    readonly eventId: string,
    readonly eventName: string,
    readonly campaignId: string,
  ) {}

  static async all(sync: RunningSync): Promise<Pair[]> {
    const events = await marketer(sync).events();
    return events.map(
      ({ id, name, salesforce_campaign_id }) =>
        new Pair(sync, String(id), String(name), String(salesforce_campaign_id)),
    );
  }

  async inCirca(key: string): Promise<unknown> {
    const event = await marketer(this.sync).event(this.eventId);
    return (event["custom_fields"] as Record<string, unknown>)[key] ?? null;
  }

  async onCampaign(field: string): Promise<unknown> {
    return (await campaignManager(this.sync).campaign(this.campaignId))[field];
  }

  choose(key: string, value: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
    return marketer(this.sync).edit(this.eventId, { custom_fields: { [key]: value } });
  }

  /** Stores a value that Circa's own list would not let anybody choose. */
  async store(key: string, value: unknown): Promise<void> {
    const answer = await fetch(`${this.sync.circa.url}/emulator/force`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ event_id: this.eventId, raw: { [key]: value } }),
    });
    if (!answer.ok) throw new Error(`force: HTTP ${answer.status}: ${await answer.text()}`);
  }

  editCampaign(values: Record<string, unknown>): Promise<void> {
    return campaignManager(this.sync).edit(this.campaignId, values);
  }

  /** The sync state that the Event shows. */
  async shown(): Promise<{ state: string; problems: { field: string; message: string }[] }> {
    const event = await marketer(this.sync).event(this.eventId);
    return event["crm_sync_status"] as never;
  }
}

export const problemsOf = async (sync: RunningSync): Promise<StoredProblem[]> =>
  (await sync.admin<{ problems: StoredProblem[] }>("GET", "/api/problems")).problems;

/** Sweeps, and waits until what it found is worked on. */
export async function sweep(sync: RunningSync): Promise<void> {
  await sync.admin("POST", "/api/sweep");
  await sync.settled();
}
