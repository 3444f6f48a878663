/**
 * Proof that the package's Apex tests would notice: each row is one small mistake in the package's
 * Apex, and at least one Apex test must fail with it.
 */
import { ApexEngine } from "../../emulators/apex/index.ts";
import { readApexSources } from "../../emulators/apex/platform/sources.ts";
import { readSyntax } from "../../emulators/apex/syntax/syntax-files.ts";
import { findTests } from "../../emulators/apex/testing/find-tests.ts";
import { runTestClass } from "../../emulators/apex/testing/run-tests.ts";
import { type ApexTestOrg, createApexTestOrg } from "../../emulators/apex/testing/test-org.ts";

type Mutant = readonly [className: string, find: string, replace: string];

const service = "CircaCampaignChangeService";
const handler = "CircaCampaignTriggerHandler";
const selector = "CircaMappingSelector";
const publisher = "CircaSignalPublisher";
const trigger = "CampaignCircaTrigger";

const mutants: Mutant[] = [
  [
    service,
    "!isConnected(before) && !isConnected(after)",
    "!isConnected(before) || !isConnected(after)",
  ],
  [service, "!isConnected(before) && !isConnected(after)", "!isConnected(after)"],
  [service, "!isConnected(before) && !isConnected(after)", "!isConnected(before)"],
  [service, "!isConnected(before) && !isConnected(after)", "false"],
  [service, "if (!isSame(before, after, field))", "if (isSame(before, after, field))"],
  [service, "changed.add(field);", ""],
  [service, "record != null && String.isNotBlank", "record != null && String.isBlank"],
  [service, "record != null && ", ""],
  [service, "before == null ? null : before.get(field)", "before.get(field)"],
  [service, "after == null ? null : after.get(field)", "after.get(field)"],
  [
    service,
    "((String) oldValue).equals((String) newValue)",
    "((String) oldValue).equalsIgnoreCase((String) newValue)",
  ],
  [service, "return oldValue == newValue;", "return oldValue != newValue;"],
  [
    service,
    "Campaign.Circa_Event_Id__c.getDescribe()",
    "Campaign.Circa_Event_Url__c.getDescribe()",
  ],
  [handler, "find(before, campaignId),", "find(after, campaignId),"],
  [handler, "if (!fields.isEmpty())", "if (fields.isEmpty())"],
  [handler, "campaignIds.add(campaignId);", ""],
  [handler, "changedFields.addAll(fields);", ""],
  [handler, "if (!campaignIds.isEmpty())", "if (true)"],
  [
    handler,
    "FeatureManagement.checkPermission(INTEGRATION_PERMISSION)",
    "!FeatureManagement.checkPermission(INTEGRATION_PERMISSION)",
  ],
  [handler, "return mappings.fieldsFromSalesforce();", "return mappings.mappedFields();"],
  [handler, "fields.add(CircaCampaignChangeService.LINK_FIELD);", ""],
  [handler, "after == null ? before.keySet() : after.keySet()", "after.keySet()"],
  [handler, "campaigns == null ? null : campaigns.get(campaignId)", "campaigns.get(campaignId)"],
  [handler, "'Circa_Sync_Integration'", "'Circa_Sync_Admin'"],
  [selector, "row.Direction__c == FROM_SALESFORCE", "row.Direction__c != FROM_SALESFORCE"],
  [selector, "return fieldsOf(fromSalesforce);", "return fieldsOf(rows());"],
  [selector, "'From_Salesforce'", "'To_Salesforce'"],
  [selector, "if (activeRows == null)", "if (activeRows != null)"],
  [selector, "campaignFields.get(name.toLowerCase())", "campaignFields.get(name + 'x')"],
  [selector, "if (field != null)", "if (true)"],
  [selector, "name == null", "false"],
  [selector, "field.getDescribe().getName()", "name"],
  [publisher, "'campaigns_changed'", "'mappings_changed'"],
  [publisher, "sortedFields.sort();", ""],
  [publisher, "JSON.serialize(campaignIds)", "String.valueOf(campaignIds)"],
  [publisher, "JSON.serialize(sortedFields)", "String.join(sortedFields, ',')"],
  [
    publisher,
    "Limits.getDmlStatements() >= Limits.getLimitDmlStatements()",
    "Limits.getDmlStatements() > Limits.getLimitDmlStatements()",
  ],
  [publisher, "return result.isSuccess();", "return true;"],
  [publisher, "EventBus.publish(signal)", "EventBus.publish(new Circa_Sync_Signal__e())"],
  [trigger, "after insert, ", ""],
  [trigger, "after update, ", ""],
  [trigger, "after delete, ", ""],
  [trigger, ", after undelete", ""],
  [trigger, "Trigger.oldMap, Trigger.newMap", "Trigger.newMap, Trigger.newMap"],
];

describe("the package's Apex tests notice", () => {
  const sources = readApexSources(["force-app/main/default"]);
  let apex: ApexTestOrg;

  beforeAll(async () => {
    apex = await createApexTestOrg();
  });

  test.each(mutants)("%s: %s → %s", async (className, find, replace) => {
    const mutated = sources.map((file) => {
      const name = /(\w+)\.(?:cls|trigger)$/.exec(file.path)?.[1];
      if (name !== className) return file;
      const text = file.text.replace(find, () => replace);
      if (text === file.text) throw new Error(`${className} no longer says: ${find}`);
      return { path: file.path, text };
    });
    expect(firstFailure(apex, await readSyntax(mutated))).not.toBeNull();
  });
});

/** The first Apex test that fails with these files; null when all pass. */
function firstFailure(
  { org, userId }: ApexTestOrg,
  files: Awaited<ReturnType<typeof readSyntax>>,
): string | null {
  const engine = new ApexEngine(org, files, new Map());
  org.triggers.splice(0, org.triggers.length, ...engine.triggers());
  for (const testClass of findTests(engine.program)) {
    const failed = runTestClass(engine.program, userId, testClass).find(({ passed }) => !passed);
    if (failed) return `${failed.className}.${failed.methodName}: ${failed.failure ?? ""}`;
  }
  return null;
}
