import type { Trigger, TriggerInvocation, TriggerRow } from "./data/triggers.ts";
import type { StoredRecord } from "./data/store.ts";

/**
 * STAND-IN for the package's Apex trigger `CampaignCircaTrigger`: it imitates the rules of that
 * trigger so that the emulator publishes signals before it can run Apex. It proves nothing about the
 * Apex. One signal goes out per invocation, naming the Campaigns that matter to the sync.
 */
export const campaignTriggerStandIn: Trigger = {
  name: "CampaignCircaTrigger",
  objectName: "Campaign",
  run(invocation) {
    if (invocation.timing !== "after") return;
    const rules = readRules(invocation);
    const changedFields = new Set<string>();
    const campaignIds = invocation.rows.flatMap((row) => {
      const fields = relevantChanges(row, invocation, rules);
      for (const field of fields) changedFields.add(field);
      const id = row.after?.Id ?? row.before?.Id;
      return fields.length > 0 && id !== undefined ? [id] : [];
    });
    if (campaignIds.length === 0) return;
    const { transaction } = invocation;
    if (!transaction.org.schema.object(signalEvent)) return;
    transaction.publish(signalEvent, {
      Kind__c: "campaigns_changed",
      Campaign_Ids__c: JSON.stringify(campaignIds),
      Changed_Fields__c: JSON.stringify([...changedFields].sort()),
    });
  },
};

const signalEvent = "Circa_Sync_Signal__e";
const mappingType = "Circa_Field_Mapping__mdt";
const linkField = "Circa_Event_Id__c";
const integrationPermission = "Circa_Sync_Integration";

interface Rules {
  readonly mapped: ReadonlySet<string>;
  readonly mappedFrom: ReadonlySet<string>;
  readonly byIntegration: boolean;
}

function readRules({ transaction }: TriggerInvocation): Rules {
  const active = [...transaction.org.store.rows(mappingType)].filter(
    (row) => row.Is_Active__c === true,
  );
  const fieldsOf = (rows: readonly StoredRecord[]): Set<string> =>
    new Set(rows.map((row) => String(row.Campaign_Field__c)));
  return {
    mapped: fieldsOf(active),
    mappedFrom: fieldsOf(active.filter((row) => row.Direction__c === "From_Salesforce")),
    byIntegration: transaction.access.hasCustomPermission(integrationPermission),
  };
}

/** The changed fields for which this Campaign is worth a signal; none when it isn't. */
function relevantChanges(
  row: TriggerRow,
  invocation: TriggerInvocation,
  rules: Rules,
): readonly string[] {
  const { before, after } = row;
  const linked = (before?.[linkField] ?? null) !== null || (after?.[linkField] ?? null) !== null;
  if (invocation.operation === "update") {
    const changed = (field: string): boolean =>
      (before?.[field] ?? null) !== (after?.[field] ?? null);
    if (!linked) return [];
    if (rules.byIntegration) return [...rules.mappedFrom].filter(changed);
    return [linkField, ...rules.mapped].filter(changed);
  }
  // A link that the integration makes or ends is its own doing.
  return linked && !rules.byIntegration ? [linkField] : [];
}
