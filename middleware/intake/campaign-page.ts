/** A page of Campaigns in a sweep, however it was read. */
import type { PageCampaign } from "./find-missed.ts";
import type { SweepProgress } from "./sweep-progress.ts";

/** A page, and where the run is once it has been taken. */
export interface CampaignPage {
  readonly campaigns: readonly PageCampaign[];
  readonly next: SweepProgress["salesforce"];
  readonly last: boolean;
}

/** The newest row met so far that is not of the future; of several of one second, the last by Id. */
export function newestOf(
  at: Pick<SweepProgress["salesforce"], "newestMs" | "lastId">,
  campaigns: readonly PageCampaign[],
  systemNowMs: number,
): Pick<SweepProgress["salesforce"], "newestMs" | "lastId"> {
  let { newestMs, lastId } = at;
  for (const { modifiedAt, id } of campaigns) {
    if (modifiedAt > systemNowMs || modifiedAt < newestMs) continue;
    if (modifiedAt === newestMs && id <= lastId) continue;
    newestMs = modifiedAt;
    lastId = id;
  }
  return { newestMs, lastId };
}
