/**
 * kill -9 at every step that the middleware names: nothing acknowledged is lost, nothing is told
 * twice, nothing stays behind. The list is taken from the code, so a new step is tried as well.
 */
import type { Change } from "../../middleware/store/history/history.ts";
import { steps } from "../../middleware/runtime/failpoints.ts";
import { circaAdmin } from "../support/circa-admin.ts";
import { eventually, eventuallyHolds } from "../support/eventually.ts";
import { startCrashableSync, type CrashableSync } from "../support/crashable-sync.ts";
import {
  doOneOfEverything,
  linksOfEverything,
  type RoundOfEverything,
} from "../support/one-of-everything.ts";
import { salesforceAdmin } from "../support/salesforce-admin.ts";

let sync: CrashableSync;
let rounds = 0;
/** What a round without a death leaves in the history. */
let toldInPeace: Record<string, number>;

beforeAll(async () => {
  sync = await startCrashableSync(linksOfEverything);
  await salesforceAdmin(sync).setSetting({ Create_Campaigns__c: true });
  await settled();
  const round = await nextRound();
  await eventuallyHolds("everything has arrived", () => round.expectArrived());
  await settled();
  toldInPeace = round.tellings(await history());
});
afterAll(() => sync.close());

const nextRound = () => doOneOfEverything(sync, (rounds += 1));

const settled = () =>
  eventuallyHolds("nothing is due and the stream delivers", async () => {
    const status = await sync.status();
    expect(status).toMatchObject({
      backlog: { due: 0 },
      stream: { state: "subscribed" },
      mappings: { readAt: expect.any(Number) as number },
    });
  });

async function history(): Promise<Change[]> {
  const all: (Change & { id: number })[] = [];
  for (;;) {
    const path = `/api/changes?limit=1000&after=${all.at(-1)?.id ?? 0}`;
    const page = await sync.admin<{ changes: typeof all }>("GET", path);
    all.push(...(page?.changes ?? []));
    if ((page?.changes.length ?? 0) < 1_000) return all;
  }
}

/** What was written on either side, so far. */
async function writes(): Promise<Record<string, number>> {
  const circa = Object.entries(await circaAdmin(sync).requests());
  return {
    ...Object.fromEntries(circa.filter(([kind]) => !kind.startsWith("GET"))),
    Campaigns: await salesforceAdmin(sync).campaignsWritten(),
  };
}

/** Lets the process die there under all kinds of work, or at its start. @returns what was done */
async function dieUnderWork(step: (typeof steps)[number], times: number) {
  const done: RoundOfEverything[] = [];
  await sync.dieAt({ step, times });
  for (let tries = 1; tries <= 2 && !sync.isDead(); tries += 1) {
    done.push(await nextRound());
    await eventually("it dies, or has done everything", async () => {
      const arrived = await Promise.all(done.map((round) => round.expectArrived())).then(
        () => true,
        () => false,
      );
      return sync.isDead() || (arrived && (await sync.status())?.backlog?.due === 0);
    });
  }
  if (!sync.isDead()) await sync.restart({ step, times: 1 });
  await eventually(`it dies at ${step}`, () => sync.isDead());
  return done;
}

/** Circa's next attempt where a process was away for more than three seconds. */
const lastAttemptMs = 15_000;

/** `KILL_TIMES=1,2,5`: on which times it dies; once is enough to try every step. */
const killTimes = (process.env["KILL_TIMES"] ?? "1").split(",").map(Number);

describe.each(killTimes)("the process dies when it reaches a step for time %i", (times) => {
  test.each(steps)("%s", async (step) => {
    const done = await dieUnderWork(step, times);
    await sync.restart();
    for (const round of done) {
      const deadlineMs = lastAttemptMs + 15_000;
      await eventuallyHolds("everything has arrived", () => round.expectArrived(), deadlineMs);
    }
    await settled();
    await eventuallyHolds("nothing is left behind", () => {
      expect(sync.rows("due_links")).toEqual([]);
      expect(sync.rows("pending_writes")).toEqual([]);
      expect(sync.rows("event_link_history").filter((row) => row["creating_at"] !== null)).toEqual(
        [],
      );
    });
    const told = await history();
    for (const round of done) expect(round.tellings(told)).toEqual(toldInPeace);

    const before = await writes();
    await sync.admin("POST", "/api/sweep");
    await settled();
    expect(await writes()).toEqual(before);
  });
});
