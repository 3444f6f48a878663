/** One run from start to end: the mappings, Circa's half, Salesforce's half, and what is gone. */
import { describeError, SystemError } from "../../runtime/errors.ts";
import { delayAfterError } from "../../queue/retry.ts";
import { countLinks } from "../../store/links/links.ts";
import { purgeOutages, outagesSince } from "../../store/intake/outages.ts";
import { endRun, failRun, purgeRuns, type OpenRun } from "../../store/intake/runs.ts";
import { countUnsettled, purgeFindings, missedByCause } from "../../store/intake/sweep-findings.ts";
import type { Circumstances } from "../../store/intake/missed-causes.ts";
import { sweepCalculated } from "./calculated.ts";
import { sweepCampaigns } from "./campaigns.ts";
import { sweepEvents } from "./events.ts";
import { findOrphans } from "./orphans.ts";
import { createPace, SweepInterrupted } from "./page-throttle.ts";
import type { SweepRunParts } from "./parts.ts";
import { sweepPicklists } from "./picklists.ts";
import { runStateOf, type SweepProgress } from "./progress.ts";
import { readReached } from "./reached.ts";
import { takeMappings } from "../mappings/take-mappings.ts";

export interface SweepFindings {
  /** Links that differed without a notification, then or since. */
  readonly missed: number;
  /** The same by cause. */
  readonly causes: Readonly<Record<string, number>>;
  /** Found before their notice's time was up: missed only if that does not arrive. */
  readonly unsettled: number;
  readonly campaignsRead: number;
  readonly eventsRead: number;
}

export const noFindings: SweepFindings = {
  missed: 0,
  causes: {},
  unsettled: 0,
  campaignsRead: 0,
  eventsRead: 0,
};

/** More connected Campaigns than this are read by one bulk query. */
const maxForQueries = 10_000;
const dayMs = 24 * 3_600_000;
/** Longer than any sender retries: Circa gives up after about 31 hours. */
const keepDeliveriesMs = 3 * dayMs;
const keepFindingsMs = 30 * dayMs;

/**
 * Does the run's work from where it is, and keeps its end.
 * @param stopping aborted when the process stops or the lease is lost
 * @throws SweepInterrupted when it has to stop in the middle, SystemError when one of the systems
 * can't be read: then the run is taken up again
 */
export async function performRun(
  parts: SweepRunParts,
  run: OpenRun,
  stopping: AbortSignal,
): Promise<SweepFindings> {
  const { database, clock, log, onFailpoint, onLinksDue, onMissed } = parts;
  onFailpoint("sweep_started");
  try {
    const runState = runStateOf(run, await wayOf(parts, run));
    const throttle = createPace(parts, stopping);
    await takeMappings(parts, run.kind === "full" ? "anew" : "if_modified");
    await sweepPicklists(parts);
    const circumstances = await circumstancesOf(parts, run);
    await sweepEvents(parts, runState, circumstances, throttle);
    onLinksDue();
    await sweepCampaigns(parts, runState, circumstances, throttle);
    await sweepCalculated(parts, runState, circumstances, throttle);
    if (run.kind === "full") await findOrphans(parts, runState, circumstances, throttle);
    const causes = await missedByCause(database.query, { runId: run.id });
    const unsettled = await countUnsettled(database.query, run.id);
    const { counts } = runState.progress;
    const missed = Object.values(causes).reduce((sum, count) => sum + count, 0);
    const { query } = database;
    await endRun(query, run.id, { missed, unsettled, ...counts }, clock.now());
    await forgetOld(parts);
    for (const [cause, count] of Object.entries(causes)) onMissed?.(cause, count);
    const findings = { missed, causes, unsettled, ...counts };
    onFailpoint("sweep_ended");
    if (missed > 0) log.warn({ kind: run.kind, ...findings }, "the sweep found what was missed");
    else log.info({ kind: run.kind, ...findings }, "swept");
    return findings;
  } catch (error) {
    await keepFailure(parts, run, error, stopping);
    throw error;
  } finally {
    onLinksDue();
  }
}

async function wayOf(
  parts: SweepRunParts,
  { kind }: OpenRun,
): Promise<SweepProgress["salesforce"]["way"]> {
  const { database, salesforce } = parts;
  if ((await countLinks(database.query)) > maxForQueries && kind === "full") {
    return "bulk";
  }
  // By time an org's first sweep would read every Campaign that was ever made.
  const reached = await readReached(parts, "sweep_salesforce", salesforce.now());
  const first = reached === null || reached.newestMs === 0;
  return kind === "full" || first ? "linked" : "moved";
}

async function circumstancesOf(
  { database, paths }: SweepRunParts,
  { startedAt }: OpenRun,
): Promise<Circumstances> {
  return {
    outages: await outagesSince(database.query, startedAt - keepDeliveriesMs),
    streamDownSince: paths.streamDownSince(),
    polling: paths.circaWay() === "polling",
  };
}

/** A run that was only stopped keeps its state: the next holder of the lease resumes it. */
async function keepFailure(
  { database, clock, log }: SweepRunParts,
  run: OpenRun,
  error: unknown,
  stopping: AbortSignal,
): Promise<void> {
  if (stopping.aborted) return;
  const nowMs = clock.now();
  const reason = describeError(error);
  const paused = error instanceof SweepInterrupted;
  const delayMs = paused ? pausedMs : delayAfterError(error, run.attempts, clock);
  const level = error instanceof SystemError && error.kind === "held" ? "debug" : "warn";
  log[level](
    { kind: run.kind, reason, delayMs },
    "the sweep failed; it resumes from its last page",
  );
  const failure = { reason, retryAtMs: nowMs + delayMs, nowMs };
  await failRun(database.query, run.id, failure).catch((problem: unknown) =>
    log.error({ error: describeError(problem) }, "the sweep's state can't be stored"),
  );
}

/** How long a run that the API budget has stopped waits before it checks again. */
const pausedMs = 15 * 60_000;

async function forgetOld({ database, clock }: SweepRunParts): Promise<void> {
  const nowMs = clock.now();
  const { query } = database;
  await purgeOutages(query, nowMs - keepFindingsMs);
  await purgeFindings(query, nowMs - keepFindingsMs);
  await purgeRuns(query, nowMs - keepFindingsMs);
}
