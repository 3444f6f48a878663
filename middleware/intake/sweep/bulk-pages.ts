/** All connected Campaigns by one bulk query: for more of them than single queries should fetch. */
import { countLinks } from "../../store/links/links.ts";
import { saveProgress } from "../../store/intake/runs.ts";
import { SystemError } from "../../runtime/errors.ts";
import type { MappingsSnapshot } from "../../sync/mappings/active-mappings.ts";
import { exactDigits } from "../../systems/http/exact-json.ts";
import type { BulkRow } from "../../systems/salesforce/campaigns/bulk-query.ts";
import type { SweepParts } from "./parts.ts";
import { SweepInterrupted, type PageThrottle } from "./page-throttle.ts";
import { newestOf, type CampaignPage, type SweepRunState } from "./progress.ts";

/** Rows compared together; a set of results is taken in such pieces. */
const pieceSize = 2_000;
/** Rows of a set: few sets for many links, and never more text at once than fits well in memory. */
const minRows = 10_000;
const maxRows = 50_000;
const setsWanted = 20;

/** Resumes the run's job, or starts one; the job ends with the last page, or with an error. */
export async function* bulkPages(
  parts: SweepParts,
  runState: SweepRunState,
  throttle: PageThrottle,
): AsyncGenerator<CampaignPage> {
  const { database, salesforce, mappings } = parts;
  const snapshot = await mappings.current();
  const links = await countLinks(database.query);
  const setSize = Math.min(maxRows, Math.max(minRows, Math.ceil(links / setsWanted)));
  const job = runState.progress.salesforce.job ?? (await startJob(parts, runState, snapshot));
  const toValues = valuesReader(snapshot);
  try {
    if (!(await salesforce.bulkQueryDone(job.id, throttle.signal))) {
      throw new SweepInterrupted("the process stops, or its lease is lost");
    }
    let { locator, taken } = job;
    for (;;) {
      const { rows, next } = await salesforce.bulkQuerySet(job.id, locator, setSize);
      let position = 0;
      let piece: BulkRow[] = [];
      const pageOf = (ended: boolean): CampaignPage => {
        const campaigns = piece.map((row) => salesforce.campaignOf(toValues(row)));
        const at = runState.progress.salesforce;
        const after = ended ? { locator: next, taken: 0 } : { locator, taken: position };
        const last = ended && next === null;
        return {
          campaigns,
          next: {
            ...at,
            ...newestOf(at, campaigns, salesforce.now()),
            job: { id: job.id, ...after },
          },
          last,
        };
      };
      for (const row of rows) {
        position += 1;
        if (position <= taken) continue;
        piece.push(row);
        if (piece.length < pieceSize) continue;
        yield pageOf(false);
        piece = [];
      }
      yield pageOf(true);
      if (next === null) break;
      locator = next;
      taken = 0;
    }
  } catch (error) {
    // A job that failed or was deleted can't be resumed: the next try starts another.
    if (error instanceof SystemError && error.kind === "not_found")
      await forgetJob(parts, runState);
    throw error;
  }
  await salesforce.endBulkQuery(job.id);
}

type Job = NonNullable<SweepRunState["progress"]["salesforce"]["job"]>;

async function startJob(
  { database, salesforce }: SweepParts,
  runState: SweepRunState,
  { comparedFields }: MappingsSnapshot,
): Promise<Job> {
  const id = await salesforce.startBulkQuery(salesforce.linkedCampaignsQuery(comparedFields));
  const job = { id, locator: null, taken: 0 };
  await setJob(database, runState, job);
  return job;
}

async function forgetJob({ database }: SweepParts, runState: SweepRunState): Promise<void> {
  await setJob(database, runState, null);
}

async function setJob(
  database: SweepParts["database"],
  runState: SweepRunState,
  job: Job | null,
): Promise<void> {
  const { progress, run } = runState;
  runState.progress = { ...progress, salesforce: { ...progress.salesforce, job } };
  const kept = JSON.stringify(runState.progress);
  await database.write((trx) => saveProgress(trx, run.id, kept, progress.counts));
}

const numberTypes = new Set(["double", "currency", "percent", "int", "long"]);

/** CSV knows texts only: values become what REST gives for fields of their types. */
function valuesReader({ mappings }: MappingsSnapshot): (row: BulkRow) => Record<string, unknown> {
  const fields = mappings.flatMap(({ campaign, controller }) =>
    [campaign, controller ?? []].flat(),
  );
  const types = new Map(fields.map(({ name, type }) => [name, type]));
  return (row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, text]) => [name, valueOf(text, types.get(name) ?? "string")]),
    );
}

function valueOf(text: string, type: string): unknown {
  if (text === "") return null;
  if (type === "boolean") return text === "true";
  // A double may not hold more digits.
  if (numberTypes.has(type)) return text.length <= exactDigits ? Number(text) : text;
  // REST writes the offset, CSV the letter.
  if (type === "datetime") return text.replace(/Z$/, "+0000");
  return text;
}
