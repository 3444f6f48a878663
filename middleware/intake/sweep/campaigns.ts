/** Salesforce's half of the sweep: Campaigns that have moved, or all connected ones. */
import { markDue } from "../../queue/due-links.ts";
import { saveProgress } from "../../store/intake/runs.ts";
import { addFindings } from "../../store/intake/sweep-findings.ts";
import { markSeen } from "../../store/intake/sweep-seen.ts";
import {
  campaignPageSize,
  type MovedPosition,
} from "../../systems/salesforce/campaigns/campaign-pages.ts";
import { bulkPages } from "./bulk-pages.ts";
import {
  chunkSize,
  findMissed,
  type FindContext,
  type Found,
  type PageCampaign,
} from "./find-missed.ts";
import type { Circumstances } from "../../store/intake/missed-causes.ts";
import type { SweepParts } from "./parts.ts";
import type { PageThrottle } from "./page-throttle.ts";
import { newestOf, type CampaignPage, type SweepRunState } from "./progress.ts";
import { readReached, startOf, withReading, writeReached } from "./reached.ts";

/** Reads on from where the run is, compares page by page and marks due what differs. */
export async function sweepCampaigns(
  parts: SweepParts,
  runState: SweepRunState,
  circumstances: Circumstances,
  throttle: PageThrottle,
): Promise<void> {
  const { database, clock, onFailpoint, newestSeen, salesforce } = parts;
  const { run } = runState;
  if (runState.progress.salesforce.done) return;
  const { after, job } = runState.progress.salesforce;
  const beganMs = after === null && job === null ? clock.elapsedMs() : null;
  const before = await readReached(parts, "sweep_salesforce", salesforce.now());
  const start = startOf(before);
  const sweptUntil = before === null ? null : start.modifiedAt;
  await throttle.nextPage();
  const inBulk = runState.progress.salesforce.way === "bulk";
  const pages = inBulk ? bulkPages(parts, runState, throttle) : keysetPages(parts, runState, start);
  for await (const page of pages) {
    await takePage(parts, runState, { circumstances, sweptUntil }, page);
    if (!page.last) await throttle.nextPage();
  }
  const at = runState.progress.salesforce;
  // Changes behind a reader that orders by Id are read again.
  const startedMs = run.startedAt + salesforce.now() - clock.now();
  const newest =
    at.way === "moved" ? at : { newestMs: Math.min(at.newestMs, startedMs), lastId: "" };
  const reached = withReading(
    newestSeen.reachedAfter("sweep_salesforce", before, { ...newest, beganMs }),
    before,
    { rows: runState.progress.counts.campaignsRead, pages: 1, atMs: clock.now() },
  );
  const done = { ...runState.progress, salesforce: { ...at, done: true } };
  await database.write(async (trx) => {
    await writeReached(trx, "sweep_salesforce", reached, clock.now());
    await saveProgress(trx, run.id, JSON.stringify(done), done.counts);
  });
  runState.progress = done;
  onFailpoint("sweep_salesforce_reached");
}

async function takePage(
  parts: SweepParts,
  runState: SweepRunState,
  context: FindContext,
  { campaigns, next }: CampaignPage,
): Promise<void> {
  const { database, clock, onFailpoint } = parts;
  const { run } = runState;
  const found: Found[] = [];
  for (let start = 0; start < campaigns.length; start += chunkSize) {
    found.push(await findMissed(parts, context, campaigns.slice(start, start + chunkSize)));
  }
  const { counts } = runState.progress;
  const campaignsRead = counts.campaignsRead + campaigns.length;
  const progress = { ...runState.progress, salesforce: next, counts: { ...counts, campaignsRead } };
  await database.write(async (trx) => {
    const nowMs = clock.now();
    const subjects = found.flatMap((it) => it.subjects);
    const findings = found.flatMap((it) => it.findings);
    await markDue(trx, subjects, "sweep", nowMs);
    await addFindings(trx, run.id, findings, nowMs);
    const ids = campaigns.map(({ id }) => id);
    if (run.kind === "full") await markSeen(trx, run.id, ids);
    await saveProgress(trx, run.id, JSON.stringify(progress), progress.counts);
  });
  runState.progress = progress;
  onFailpoint("sweep_campaigns_signalled");
}

async function* keysetPages(
  { salesforce, mappings }: SweepParts,
  runState: SweepRunState,
  start: MovedPosition,
): AsyncGenerator<CampaignPage> {
  const { comparedFields } = await mappings.current();
  for (;;) {
    const at = runState.progress.salesforce;
    const campaigns: readonly PageCampaign[] =
      at.way === "moved"
        ? await salesforce.movedCampaigns(at.after ?? start, comparedFields)
        : await salesforce.linkedCampaigns(at.after?.id ?? "", comparedFields);
    const end = campaigns.at(-1);
    const after = end === undefined ? at.after : { modifiedAt: end.modifiedAt, id: end.id };
    const last = campaigns.length < campaignPageSize;
    yield { campaigns, next: { ...at, ...newestOf(at, campaigns, salesforce.now()), after }, last };
    if (last) return;
  }
}
