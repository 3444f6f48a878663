/** Campaign's record types and the picklist values that each of them offers. */
import { z } from "zod";
import type { RecordType, RecordTypeList } from "../../../model/picklists.ts";
import type { SalesforceConnection } from "../connection/connection.ts";

const recordTypeSchema = z
  .object({ Id: z.string(), DeveloperName: z.string(), Name: z.string().nullish() })
  .transform(
    (row): RecordType => ({
      id: row.Id,
      developerName: row.DeveloperName,
      label: row.Name ?? row.DeveloperName,
    }),
  );

const picklistValuesSchema = z.object({
  picklistFieldValues: z.record(
    z.string(),
    z.object({
      values: z.array(
        z
          .object({ value: z.string(), label: z.string().nullish() })
          .transform(({ value, label }) => ({ value, label: label ?? value })),
      ),
    }),
  ),
});

export interface RecordTypeCalls {
  /** Active record types of Campaign; none where the org does not use them. */
  recordTypes(): Promise<RecordType[]>;
  /**
   * The active values that a record type offers, by field, in Salesforce's order.
   * Source: User Interface API Developer Guide, "Get Values for All Picklist Fields of a Record Type"
   */
  recordTypeList(recordTypeId: string): Promise<RecordTypeList>;
}

export function recordTypeCalls(
  connection: SalesforceConnection,
  queryAll: (action: string, soql: string) => Promise<unknown[]>,
): RecordTypeCalls {
  return {
    async recordTypes() {
      const soql =
        "SELECT Id, DeveloperName, Name FROM RecordType WHERE SobjectType = 'Campaign' AND IsActive = true";
      const rows = await queryAll("reading record types", soql);
      return rows.map((row) => recordTypeSchema.parse(row));
    },

    async recordTypeList(recordTypeId) {
      const path = `/ui-api/object-info/Campaign/picklist-values/${recordTypeId}`;
      const answer = await connection.run("reading a record type's picklist values", (it) =>
        it.request(path),
      );
      const { picklistFieldValues } = picklistValuesSchema.parse(answer);
      const fields = Object.entries(picklistFieldValues);
      return new Map(fields.map(([name, { values }]) => [name, values]));
    },
  };
}
