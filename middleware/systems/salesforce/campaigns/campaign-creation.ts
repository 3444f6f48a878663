/** Salesforce's REST API: the calls that creating a Campaign for an Event needs. */
import { refusalsOf, type WriteResult } from "./schemas.ts";
import type { CreationSettingRow } from "../../../model/admin-rows.ts";
import { z } from "zod";
import type { SalesforceConnection } from "../connection/connection.ts";
import type { PackageNames } from "../connection/names.ts";
import { compositeBatcher, type CompositeBatcher } from "../connection/composite-batcher.ts";
import { listedQueries } from "./listed-query.ts";
import { literal } from "../connection/soql.ts";

/** A Campaign record type as the integration user sees it. */
export interface CampaignRecordType {
  readonly id: string;
  readonly developerName: string;
  /** Active, and assigned to the integration user. */
  readonly available: boolean;
}

export interface CampaignToCreate {
  readonly eventId: string;
  /** By API name, without the Event's id. */
  readonly values: Readonly<Record<string, unknown>>;
}

export interface CampaignCreationClient {
  /** The row `Default` of the settings; null when there is none. */
  settingRow(): Promise<CreationSettingRow | null>;
  recordTypes(): Promise<CampaignRecordType[]>;
  campaignExists(campaignId: string): Promise<boolean>;
  /** Those of the Events (at most 200) whose Campaign lies in the recycle bin. */
  eventsWithBinnedCampaign(eventIds: readonly string[]): Promise<Set<string>>;
  /**
   * Creates up to 200 Campaigns in one call, each for itself. The Event's id is the key: where a
   * Campaign holds it already, that one is written instead, so the same call twice makes one.
   * @returns one result per record, in order
   */
  upsertByEvent(records: readonly CampaignToCreate[]): Promise<WriteResult[]>;
}

const recordTypesSchema = z.object({
  recordTypeInfos: z.array(
    z
      .object({
        recordTypeId: z.string(),
        developerName: z.string(),
        active: z.boolean(),
        available: z.boolean(),
      })
      .transform(({ recordTypeId, developerName, active, available }) => ({
        id: recordTypeId,
        developerName,
        available: active && available,
      })),
  ),
});

/** An unset or unexpected value reads as blank: the check of the setting says what is missing. */
function settingRowSchema(names: PackageNames) {
  return z.looseObject({}).transform((row): CreationSettingRow => {
    const textOf = (name: string): string | null => {
      const parsed = z.string().trim().min(1).safeParse(row[names.of(name)]);
      return parsed.success ? parsed.data : null;
    };
    return {
      createCampaigns: row[names.of("Create_Campaigns__c")] === true,
      createAtStatus: textOf("Create_At_Status__c"),
      recordType: textOf("Campaign_Record_Type__c"),
      parentCampaignId: textOf("Parent_Campaign_Id__c"),
      namePattern: textOf("Campaign_Name_Pattern__c"),
    };
  });
}

const settingColumns = [
  "Create_Campaigns__c",
  "Create_At_Status__c",
  "Campaign_Record_Type__c",
  "Parent_Campaign_Id__c",
  "Campaign_Name_Pattern__c",
];

export function createCreatingClient(
  connection: SalesforceConnection,
  names: PackageNames,
  together: CompositeBatcher = compositeBatcher(connection),
): CampaignCreationClient {
  const query = (action: string, soql: string, withDeleted = false) =>
    connection.run(action, async (it) => {
      const { records } = await it.query(soql, { scanAll: withDeleted });
      const rows: unknown[] = records;
      return rows;
    });

  const listed = listedQueries(query);

  return {
    async settingRow() {
      const columns = settingColumns.map(names.of).join(", ");
      const soql = `SELECT ${columns} FROM ${names.of("Circa_Sync_Setting__mdt")} WHERE DeveloperName = 'Default'`;
      const [row] = await together.query("reading the settings", soql);
      return row === undefined ? null : settingRowSchema(names).parse(row);
    },

    async recordTypes() {
      const answer = await connection.run("reading Campaign's record types", (it) =>
        it.request("/sobjects/Campaign/describe"),
      );
      return recordTypesSchema.parse(answer).recordTypeInfos;
    },

    async campaignExists(campaignId) {
      const soql = `SELECT Id FROM Campaign WHERE Id = ${literal(campaignId)}`;
      return (await query("reading the parent Campaign", soql)).length > 0;
    },

    async eventsWithBinnedCampaign(eventIds) {
      const rows = await listed.byLists({
        action: "reading deleted Campaigns",
        object: "Campaign",
        columns: [names.eventId],
        lists: [
          { values: eventIds, where: (it) => `(IsDeleted = true AND ${names.eventId} IN ${it})` },
        ],
        withDeleted: true,
      });
      const row = z.looseObject({ [names.eventId]: z.string() });
      return new Set(rows.map((it) => String(row.parse(it)[names.eventId])));
    },

    async upsertByEvent(records) {
      const bodies = records.map(({ eventId, values }) => ({
        ...values,
        [names.eventId]: eventId,
      }));
      const results = await connection.run("creating Campaigns", (it) =>
        it.sobject("Campaign").upsert(bodies, names.eventId, { allOrNone: false }),
      );
      return results.map(
        (result): WriteResult =>
          result.success ? { ok: true } : { ok: false, refusals: refusalsOf(result.errors) },
      );
    },
  };
}
