/**
 * Campaigns whose mapped values move without the record: formulas over other records and over the
 * date, roll-ups, totals of a hierarchy. Salesforce leaves SystemModstamp alone then, so that links
 * with such a mapping are compared by every sweep: one query more per 2,000 of them.
 */
import { markDue, type Subject } from "../../queue/due-links.ts";
import { saveProgress } from "../../store/intake/runs.ts";
import { movesSilently } from "../../model/fields.ts";
import { campaignPageSize } from "../../systems/salesforce/campaigns/campaign-pages.ts";
import { chunkSize, findMissed } from "./find-missed.ts";
import type { Circumstances } from "../../store/intake/missed-causes.ts";
import type { PageThrottle } from "./page-throttle.ts";
import type { SweepParts } from "./parts.ts";
import type { SweepRunState } from "./progress.ts";

/** A reader of all connected Campaigns has seen them already. */
export async function sweepCalculated(
  parts: SweepParts,
  runState: SweepRunState,
  circumstances: Circumstances,
  throttle: PageThrottle,
): Promise<void> {
  const { database, clock, salesforce, mappings: inForce } = parts;
  if (runState.progress.salesforce.way !== "moved") return;
  const { mappings, comparedFields } = await inForce.current();
  if (!mappings.some(({ campaign }) => movesSilently(campaign))) return;
  // No notification could have announced it, so nothing of it was missed.
  const context = { circumstances, sweptUntil: null };
  while (!runState.progress.calculated.done) {
    await throttle.nextPage();
    const campaigns = await salesforce.linkedCampaigns(
      runState.progress.calculated.afterId,
      comparedFields,
    );
    const subjects: Subject[] = [];
    for (let start = 0; start < campaigns.length; start += chunkSize) {
      const chunk = campaigns.slice(start, start + chunkSize);
      subjects.push(...(await findMissed(parts, context, chunk)).subjects);
    }
    const { counts, calculated } = runState.progress;
    const progress = {
      ...runState.progress,
      calculated: {
        afterId: campaigns.at(-1)?.id ?? calculated.afterId,
        done: campaigns.length < campaignPageSize,
      },
    };
    await database.write(async (trx) => {
      await markDue(trx, subjects, "sweep", clock.now());
      await saveProgress(trx, runState.run.id, JSON.stringify(progress), counts);
    });
    runState.progress = progress;
  }
}
