/** Salesforce's half of the sweep: Campaigns that have moved, or all connected ones. */
import { signal } from "../../queue/due-links.ts";
import { keepProgress } from "../../store/intake/runs.ts";
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
import { newestOf, type CampaignPage, type SweepTurn } from "./progress.ts";
import { readReached, startOf, withReading, writeReached } from "./reached.ts";

/** Reads on from where the run is, compares page by page and signals what differs. */
export async function sweepCampaigns(
  parts: SweepParts,
  turn: SweepTurn,
  circumstances: Circumstances,
  throttle: PageThrottle,
): Promise<void> {
  const { database, connection, clock, onFailpoint, newestSeen, salesforce } = parts;
  const { run } = turn;
  if (turn.progress.salesforce.done) return;
  const { after, job } = turn.progress.salesforce;
  const beganMs = after === null && job === null ? clock.elapsedMs() : null;
  const before = await readReached(parts, "sweep_salesforce", salesforce.now());
  const start = startOf(before);
  const sweptUntil = before === null ? null : start.modifiedAt;
  await throttle.nextPage();
  const inBulk = turn.progress.salesforce.way === "bulk";
  const pages = inBulk ? bulkPages(parts, turn, throttle) : keysetPages(parts, turn, start);
  for await (const page of pages) {
    await takePage(parts, turn, { circumstances, sweptUntil }, page);
    if (!page.last) await throttle.nextPage();
  }
  const at = turn.progress.salesforce;
  // What was changed behind a reader that goes by Id is read again.
  const startedMs = run.startedAt + salesforce.now() - clock.now();
  const newest =
    at.way === "moved" ? at : { newestMs: Math.min(at.newestMs, startedMs), lastId: "" };
  const reached = withReading(
    newestSeen.reachedAfter("sweep_salesforce", before, { ...newest, beganMs }),
    before,
    { rows: turn.progress.counts.campaignsRead, pages: 1, atMs: clock.now() },
  );
  const done = { ...turn.progress, salesforce: { ...at, done: true } };
  await database.write(async (trx) => {
    await writeReached(trx, connection, "sweep_salesforce", reached, clock.now());
    await keepProgress(trx, run.id, JSON.stringify(done), done.counts);
  });
  turn.progress = done;
  onFailpoint("sweep_salesforce_reached");
}

async function takePage(
  parts: SweepParts,
  turn: SweepTurn,
  context: FindContext,
  { campaigns, next }: CampaignPage,
): Promise<void> {
  const { database, connection, clock, onFailpoint } = parts;
  const { run } = turn;
  const found: Found[] = [];
  for (let start = 0; start < campaigns.length; start += chunkSize) {
    found.push(await findMissed(parts, context, campaigns.slice(start, start + chunkSize)));
  }
  const { counts } = turn.progress;
  const campaignsRead = counts.campaignsRead + campaigns.length;
  const progress = { ...turn.progress, salesforce: next, counts: { ...counts, campaignsRead } };
  await database.write(async (trx) => {
    const nowMs = clock.now();
    const subjects = found.flatMap((it) => it.subjects);
    const findings = found.flatMap((it) => it.findings);
    await signal(trx, connection, subjects, "sweep", nowMs);
    await addFindings(trx, connection, run.id, findings, nowMs);
    const ids = campaigns.map(({ id }) => id);
    if (run.kind === "full") await markSeen(trx, run.id, ids);
    await keepProgress(trx, run.id, JSON.stringify(progress), progress.counts);
  });
  turn.progress = progress;
  onFailpoint("sweep_campaigns_signalled");
}

async function* keysetPages(
  { salesforce, mappings }: SweepParts,
  turn: SweepTurn,
  start: MovedPosition,
): AsyncGenerator<CampaignPage> {
  const { comparedFields } = await mappings.current();
  for (;;) {
    const at = turn.progress.salesforce;
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
