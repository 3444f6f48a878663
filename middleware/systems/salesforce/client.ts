/** Salesforce's REST API: the calls that the sync makes, in the sync's own words. */
import { z } from "zod";
import type { Clock } from "../../clock.ts";
import type { FieldRefusal } from "../../errors.ts";
import type { CampaignField } from "../../sync/fields.ts";
import type { MappingRow } from "../../sync/mapping.ts";
import type { Campaign } from "../../sync/records.ts";
import { createCampaignDescribe, type DescribeOptions } from "./campaign-describe.ts";
import type { SalesforceConnection } from "./connection.ts";
import type { PackageNames } from "./names.ts";
import { recordTypeCalls, type RecordTypeCalls } from "./record-types.ts";
import { mappingRowSchema, toCampaign } from "./schemas.ts";
import { literal, literals } from "./soql.ts";

/** Records in one composite collection (REST API Developer Guide, "sObject Collections"). */
export const collectionSize = 200;

export type WriteResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly refusals: readonly FieldRefusal[] };

export interface User {
  readonly id: string;
  readonly email: string;
  readonly active: boolean;
}

export interface SalesforceClient extends RecordTypeCalls {
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
   * Connected Campaigns whose SystemModstamp is at or after `since`, oldest first, in pages.
   * Keyset paging: rows that change meanwhile come again rather than being missed.
   */
  changedCampaigns(sinceMs: number, fields: readonly string[]): AsyncGenerator<readonly Campaign[]>;
  /** Ids of Campaigns without an Event whose SystemModstamp is at or after `since`. */
  disconnectedCampaignIds(sinceMs: number): Promise<string[]>;
  /** Ids of connected Campaigns that were deleted at or after `since`. */
  deletedCampaignIds(sinceMs: number): Promise<string[]>;
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
}

const keysetPageSize = 2_000;

export function createSalesforceClient(
  connection: SalesforceConnection,
  names: PackageNames,
  clock: Clock,
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

  const selectCampaigns = (fields: readonly string[], where: string, rest = "") => {
    const columns = ["Id", "Name", "SystemModstamp", names.eventId, ...fields];
    return `SELECT ${[...new Set(columns)].join(", ")} FROM Campaign WHERE ${where}${rest}`;
  };
  const toIds = (records: readonly unknown[]) =>
    records.map((record) => z.object({ Id: z.string() }).parse(record).Id);
  const toCampaigns = (records: readonly unknown[]) =>
    records.map((record) => toCampaign(record, names));

  return {
    ...recordTypeCalls(connection, queryAll),
    describeCampaign: createCampaignDescribe(connection, clock),

    async mappingRows() {
      const columns = ["Circa_Field_Key__c", "Direction__c", "Blank_Rule__c", "Record_Type__c"];
      const soql = `SELECT DeveloperName, MasterLabel, NamespacePrefix, ${names.of("Campaign_Field__r")}.QualifiedApiName, ${names.of("Is_Active__c")}, ${columns.map(names.of).join(", ")} FROM ${names.of("Circa_Field_Mapping__mdt")}`;
      const rows = await queryAll("reading the mappings", soql);
      return rows.map((row) => mappingRowSchema(names).parse(row));
    },

    async campaigns({ ids = [], eventIds = [], fields }) {
      const conditions = [
        ...(ids.length > 0 ? [`Id IN ${literals(ids)}`] : []),
        ...(eventIds.length > 0 ? [`${names.eventId} IN ${literals(eventIds)}`] : []),
      ];
      if (conditions.length === 0) return [];
      const soql = selectCampaigns(fields, conditions.join(" OR "));
      return toCampaigns(await queryAll("reading Campaigns", soql));
    },

    async *changedCampaigns(sinceMs, fields) {
      let after = `SystemModstamp >= ${new Date(sinceMs).toISOString()}`;
      for (;;) {
        const where = `${names.eventId} != null AND (${after})`;
        const order = ` ORDER BY SystemModstamp, Id LIMIT ${keysetPageSize}`;
        const soql = selectCampaigns(fields, where, order);
        const page = toCampaigns(await queryAll("reading changed Campaigns", soql));
        if (page.length > 0) yield page;
        const last = page.at(-1);
        if (last === undefined || page.length < keysetPageSize) return;
        const stamp = new Date(last.modifiedAt).toISOString();
        after = `SystemModstamp > ${stamp} OR (SystemModstamp = ${stamp} AND Id > ${literal(last.id)})`;
      }
    },

    async disconnectedCampaignIds(sinceMs) {
      const where = `${names.eventId} = null AND SystemModstamp >= ${new Date(sinceMs).toISOString()}`;
      const soql = `SELECT Id FROM Campaign WHERE ${where}`;
      return toIds(await queryAll("reading disconnected Campaigns", soql));
    },

    async deletedCampaignIds(sinceMs) {
      const where = `IsDeleted = true AND ${names.eventId} != null AND SystemModstamp >= ${new Date(sinceMs).toISOString()}`;
      const soql = `SELECT Id FROM Campaign WHERE ${where}`;
      return toIds(await queryAll("reading deleted Campaigns", soql, true));
    },

    async updateCampaigns(records) {
      const bodies = records.map(({ id, values }) => ({ ...values, Id: id }));
      const results = await connection.run("writing Campaigns", (it) =>
        it.sobject("Campaign").update(bodies, { allOrNone: false }),
      );
      return results.map(
        (result): WriteResult =>
          result.success ? { ok: true } : { ok: false, refusals: refusalsOf(result.errors) },
      );
    },

    async users({ emails, ids }) {
      const conditions = [
        ...(emails.length > 0 ? [`(IsActive = true AND Email IN ${literals(emails)})`] : []),
        ...(ids.length > 0 ? [`Id IN ${literals(ids)}`] : []),
      ];
      if (conditions.length === 0) return [];
      const soql = `SELECT Id, Email, IsActive FROM User WHERE ${conditions.join(" OR ")}`;
      const rows = await queryAll("reading Users", soql);
      const user = z
        .object({ Id: z.string(), Email: z.string(), IsActive: z.boolean() })
        .transform((row): User => ({ id: row.Id, email: row.Email, active: row.IsActive }));
      return rows.map((row) => user.parse(row));
    },
  };
}

const saveErrors = z.array(
  z.object({
    statusCode: z.string(),
    message: z.string(),
    fields: z.array(z.string()).nullish(),
  }),
);

/**
 * The errors of one result of a composite collection. The wire says `statusCode`, whatever
 * jsforce's types say (REST API Developer Guide, "sObject Collections").
 */
export function refusalsOf(errors: unknown): FieldRefusal[] {
  return saveErrors.parse(errors).map(({ statusCode, message, fields }) => ({
    code: statusCode,
    message,
    fields: fields ?? [],
  }));
}
