/** Salesforce's REST API: the calls that the sync makes, in the sync's own words. */
import type { MappingRow } from "../../model/admin-rows.ts";
import { z } from "zod";
import type { Clock } from "../../runtime/clock.ts";
import type { CampaignField } from "../../model/fields.ts";
import type { Campaign } from "../../model/records.ts";
import { compositeBatcher, type CompositeBatcher } from "./connection/composite-batcher.ts";
import { createCampaignDescribe, type DescribeOptions } from "./campaigns/campaign-describe.ts";
import type { SalesforceConnection } from "./connection/connection.ts";
import type { PackageNames } from "./connection/names.ts";
import { goneCampaigns, type GoneCampaigns } from "./campaigns/gone-campaigns.ts";
import { bulkQueries, type BulkQueries } from "./campaigns/bulk-query.ts";
import { campaignColumns, campaignPages, type CampaignPages } from "./campaigns/campaign-pages.ts";
import { listedQueries } from "./campaigns/listed-query.ts";
import { recordTypeCalls, type RecordTypeCalls } from "./campaigns/record-types.ts";
import { mappingRowSchema, refusalsOf, toCampaign, type WriteResult } from "./campaigns/schemas.ts";

/** Records in one composite collection (REST API Developer Guide, "sObject Collections"). */
export const collectionSize = 200;

export interface User {
  readonly id: string;
  readonly email: string;
  readonly active: boolean;
}

export interface SalesforceClient
  extends RecordTypeCalls,
    CampaignPages,
    BulkQueries,
    GoneCampaigns {
  /** While Salesforce says that nothing has changed, the very same list as before. */
  describeCampaign(how?: DescribeOptions): Promise<readonly CampaignField[]>;
  mappingRows(): Promise<MappingRow[]>;
  /** Campaigns that have one of the Ids or are connected to one of the Events; at most 200 each. */
  campaigns(wanted: {
    readonly ids?: readonly string[];
    readonly eventIds?: readonly string[];
    readonly fields: readonly string[];
  }): Promise<Campaign[]>;
  /**
   * Writes up to 200 Campaigns in one call, each for itself.
   * @returns one result per record, in order
   */
  updateCampaigns(
    records: readonly { readonly id: string; readonly values: Readonly<Record<string, unknown>> }[],
  ): Promise<WriteResult[]>;
  users(wanted: {
    readonly emails: readonly string[];
    readonly ids: readonly string[];
  }): Promise<User[]>;
  /** Salesforce's own time, in milliseconds since the epoch. */
  now(): number;
}

export function createSalesforceClient(
  connection: SalesforceConnection,
  names: PackageNames,
  clock: Clock,
  together: CompositeBatcher = compositeBatcher(connection),
): SalesforceClient {
  const queryAll = (action: string, soql: string, withDeleted = false) =>
    connection.run(action, async (it) => {
      // Pages are followed by hand: jsforce's autoFetch ends silently at 10,000 rows (3.10.16).
      let page = await it.query(soql, { scanAll: withDeleted });
      const records: unknown[] = [...page.records];
      while (!page.done && page.nextRecordsUrl !== undefined) {
        page = await it.queryMore(page.nextRecordsUrl);
        records.push(...page.records);
      }
      return records;
    });

  const listed = listedQueries(queryAll);
  const toCampaigns = (records: readonly unknown[]) =>
    records.map((record) => toCampaign(record, names));

  return {
    ...recordTypeCalls(connection, queryAll),
    ...campaignPages(listed, names),
    ...bulkQueries(connection, clock),
    ...goneCampaigns(queryAll, together),
    describeCampaign: createCampaignDescribe(connection, clock, together),
    now: () => connection.now(),

    async mappingRows() {
      const columns = ["Circa_Field_Key__c", "Direction__c", "Blank_Rule__c", "Record_Type__c"];
      const soql = `SELECT DeveloperName, MasterLabel, NamespacePrefix, ${names.of("Campaign_Field__r")}.QualifiedApiName, ${names.of("Is_Active__c")}, ${columns.map(names.of).join(", ")} FROM ${names.of("Circa_Field_Mapping__mdt")}`;
      const rows = await together.query("reading the mappings", soql);
      return rows.map((row) => mappingRowSchema(names).parse(row));
    },

    async campaigns({ ids = [], eventIds = [], fields }) {
      const rows = await listed.byLists({
        action: "reading Campaigns",
        object: "Campaign",
        columns: campaignColumns(names, fields),
        lists: [
          { values: ids, where: (list) => `Id IN ${list}` },
          { values: eventIds, where: (list) => `${names.eventId} IN ${list}` },
        ],
      });
      return toCampaigns(rows);
    },

    async updateCampaigns(records) {
      const bodies = records.map(({ id, values }) => ({ ...values, Id: id }));
      // Reads go on while one of the records makes each write fail.
      const about = "writing Campaigns";
      const results = await connection.run(
        about,
        (it) => it.sobject("Campaign").update(bodies, { allOrNone: false }),
        about,
      );
      return results.map(
        (result): WriteResult =>
          result.success ? { ok: true } : { ok: false, refusals: refusalsOf(result.errors) },
      );
    },

    async users({ emails, ids }) {
      const rows = await listed.byLists({
        action: "reading Users",
        object: "User",
        columns: ["Email", "IsActive"],
        lists: [
          { values: emails, where: (list) => `(IsActive = true AND Email IN ${list})` },
          { values: ids, where: (list) => `Id IN ${list}` },
        ],
      });
      const user = z
        .object({ Id: z.string(), Email: z.string(), IsActive: z.boolean() })
        .transform((row): User => ({ id: row.Id, email: row.Email, active: row.IsActive }));
      return rows.map((row) => user.parse(row));
    },
  };
}
