import type { SalesforceEmulator } from "../salesforce/index.ts";

const mappingType = "Circa_Field_Mapping__mdt";

/** Switches every mapping row of the org on, for this start and for each start-over. */
export function activateMappings(salesforce: SalesforceEmulator): void {
  const rows = salesforce.org.schema.metadataRows.filter((row) => row.objectName === mappingType);
  salesforce.seed({
    customMetadata: rows.map(({ developerName }) => ({
      type: mappingType,
      developerName,
      values: { Is_Active__c: true },
    })),
  });
}
