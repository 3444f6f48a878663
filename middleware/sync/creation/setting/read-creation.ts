/** The setting for creating Campaigns as it is now, read with the mappings. */
import type { CreationSettingRow } from "../../../model/admin-rows.ts";
import { describeError, passingKinds, SystemError } from "../../../runtime/errors.ts";
import type { CampaignCreationClient } from "../../../systems/salesforce/campaigns/campaign-creation.ts";
import { checkSetting, type CheckParts, type Creation } from "./check-setting.ts";

/**
 * Reads and checks the setting. One that can't be read is reported and leaves the mappings as they are.
 * @throws SystemError when Salesforce can't be reached
 */
export async function readCreation(
  creating: Pick<CampaignCreationClient, "recordTypes" | "campaignExists">,
  setting: PromiseSettledResult<CreationSettingRow | null>,
  parts: Pick<CheckParts, "circaFields" | "campaignFields" | "eventIdField">,
): Promise<Creation> {
  try {
    if (setting.status === "rejected") throw setting.reason;
    const row = setting.value;
    if (row === null) return { rule: null, faults: [] };
    return await checkSetting(row, {
      ...parts,
      recordTypes: () => creating.recordTypes(),
      campaignExists: (campaignId) => creating.campaignExists(campaignId),
    });
  } catch (error) {
    if (error instanceof SystemError && passingKinds.has(error.kind)) throw error;
    const reason = `The setting can't be read: ${describeError(error)}. Deploy the package of this release and give the integration user the permission set Circa Sync Integration.`;
    return { rule: null, faults: [{ setting: "Circa Sync Setting", reason }] };
  }
}
