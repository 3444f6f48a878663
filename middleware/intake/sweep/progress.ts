/** Where a run's next page starts: stored with each page, so that a killed run resumes there. */
import { z } from "zod";
import { readJson } from "../../store/database/json-column.ts";
import type { OpenRun } from "../../store/intake/runs.ts";
import type { PageCampaign } from "./find-missed.ts";

const circaSchema = z.object({
  /** The next page, counted from 1. */
  page: z.number(),
  newestMs: z.number(),
  done: z.boolean(),
});
const salesforceSchema = z.object({
  /** `moved`: by time, from the checkpoint on. `linked`: all connected ones, by Id. `bulk`: the same as a job. */
  way: z.enum(["moved", "linked", "bulk"]),
  /** The last row read; null before the first. */
  after: z.object({ modifiedAt: z.number(), id: z.string() }).nullable(),
  /**
   * The job whose results are read, which set of them, null for the first, and how many of its
   * rows have been taken; null before there is one.
   */
  job: z.object({ id: z.string(), locator: z.string().nullable(), taken: z.number() }).nullable(),
  newestMs: z.number(),
  lastId: z.string(),
  done: z.boolean(),
});
const progressSchema = z.object({
  circa: circaSchema,
  salesforce: salesforceSchema,
  /** The last Campaign compared for values that Salesforce works out. */
  calculated: z.object({ afterId: z.string(), done: z.boolean() }).default({
    afterId: "",
    done: false,
  }),
  /** The last link whose sides were checked for being gone. */
  gone: z.object({ afterEventId: z.string(), done: z.boolean() }),
  counts: z.object({ campaignsRead: z.number(), eventsRead: z.number() }),
});
export type SweepProgress = z.infer<typeof progressSchema>;

/** A running sweep; its progress moves in the same transaction as the findings of each page. */
export interface SweepRunState {
  readonly run: OpenRun;
  progress: SweepProgress;
}

/** @param way of reading Campaigns, for a run that has not begun */
export function runStateOf(run: OpenRun, way: SweepProgress["salesforce"]["way"]): SweepRunState {
  // One that can't be read begins anew.
  const kept = run.progress === null ? null : readJson(run.progress, progressSchema);
  if (kept !== null) return { run, progress: kept };
  const from = { newestMs: 0, done: false };
  return {
    run,
    progress: {
      circa: { ...from, page: 1 },
      salesforce: { ...from, way, after: null, job: null, lastId: "" },
      calculated: { afterId: "", done: false },
      gone: { afterEventId: "", done: false },
      counts: { campaignsRead: 0, eventsRead: 0 },
    },
  };
}

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
