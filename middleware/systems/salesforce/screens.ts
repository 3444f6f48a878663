/** Salesforce's REST API: what the service writes for the package's own screens. */
import { refusalsOf, type WriteResult } from "./campaigns/schemas.ts";
import type { SalesforceConnection } from "./connection/connection.ts";
import type { PackageNames } from "./connection/names.ts";

/** Objects of the package that hold what its screens show, with the external id of each. */
export const screenKeys = {
  Circa_Event_Field__c: "Field_Key__c",
  Circa_Event__c: "Event_Id__c",
  Circa_Sync_Issue__c: "Issue_Key__c",
  Circa_Sync_Link__c: "Campaign_Key__c",
  Circa_Sync_State__c: "Connection__c",
} as const;
export type ScreenObjectName = keyof typeof screenKeys;

/** Values by API name without a namespace. */
export type ScreenValues = Readonly<Record<string, unknown>>;

export interface ScreenClient {
  /**
   * Writes up to 200 rows in one call, each for itself, by its external id.
   * @returns one result per row, in order
   * @throws SystemError
   */
  upsert(object: ScreenObjectName, rows: readonly ScreenValues[]): Promise<WriteResult[]>;
  /** Publishes `Circa_Sync_Answer__e`. @throws SystemError */
  answer(kind: string, requestId: string, body: unknown): Promise<void>;
}

export function createScreenClient(
  connection: SalesforceConnection,
  names: PackageNames,
): ScreenClient {
  const prefixed = (values: ScreenValues) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name.endsWith("__c") ? names.of(name) : name,
        value,
      ]),
    );
  return {
    async upsert(object, rows) {
      const results = await connection.run(`writing ${object}`, (it) =>
        it
          .sobject(names.of(object))
          .upsert(rows.map(prefixed), names.of(screenKeys[object]), { allOrNone: false }),
      );
      return results.map(
        (result): WriteResult =>
          result.success ? { ok: true } : { ok: false, refusals: refusalsOf(result.errors) },
      );
    },
    async answer(kind, requestId, body) {
      const event = {
        Kind__c: kind,
        Request_Id__c: requestId,
        Body__c: JSON.stringify(body),
      };
      await connection.run("answering a screen", (it) =>
        it.sobject(names.of("Circa_Sync_Answer__e")).create(prefixed(event)),
      );
    },
  };
}
