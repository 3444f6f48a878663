/** Circa's half of the sweep: Events whose `updated_at` has moved, or all of them. */
import type { EventState } from "../../store/intake/judge-event-state.ts";
import type { Transaction } from "kysely";
import type { Clock } from "../../runtime/clock.ts";
import { eventSubject, markDue } from "../../queue/due-links.ts";
import { saveEvents } from "../../store/intake/event-snapshots.ts";
import { linksOfEvents } from "../../store/links/links.ts";
import { knownProblems } from "../../store/history/open-problems.ts";
import { saveProgress } from "../../store/intake/runs.ts";
import { addFindings, type Finding } from "../../store/intake/sweep-findings.ts";
import { markSeen } from "../../store/intake/sweep-seen.ts";
import type { Tables } from "../../store/database/tables.ts";
import type { EventAnswer } from "../../systems/circa/client.ts";
import { waitingLinks } from "../../queue/waiting-links.ts";
import { causeInCirca, type Circumstances } from "../../store/intake/missed-causes.ts";
import { noticeMs, type SweepParts } from "./parts.ts";
import type { PageThrottle } from "./page-throttle.ts";
import type { SweepProgress, SweepRunState } from "./progress.ts";
import {
  newestPossible,
  readReached,
  sinceOf,
  withReading,
  writeReached,
  type Reached,
} from "./reached.ts";

/** Half of all calls of Circa at once: the rest is for what can't wait. */
const pagesAtOnce = 4;

/** Reads on from where the run is, page by page, and marks due the Events that were news. */
export async function sweepEvents(
  parts: SweepParts,
  runState: SweepRunState,
  circumstances: Circumstances,
  throttle: PageThrottle,
): Promise<void> {
  const { database, clock, circa, onFailpoint, newestSeen } = parts;
  const { run } = runState;
  if (runState.progress.circa.done) return;
  const before = await readReached(parts, "sweep_circa", circa.now());
  const sinceMs = run.kind === "full" ? 0 : sinceOf(before);
  const { page } = runState.progress.circa;
  const beganMs = page === 1 ? clock.elapsedMs() : null;
  const pages = circa.changedEvents(sinceMs, { fromPage: page, pagesAtOnce });
  const askedAt = pageTimes(clock, pagesAtOnce);
  await throttle.nextPage();
  for await (const answers of pages) {
    const receivedAt = askedAt();
    const progress = progressAfter(runState.progress, answers, circa.now());
    await database.write(async (trx) => {
      const nowMs = clock.now();
      const found = await takeEvents(
        parts,
        trx,
        toStates(answers, receivedAt),
        run.kind === "full",
      );
      await markDue(
        trx,
        found.map(({ event }) => eventSubject(event.id)),
        "sweep",
        nowMs,
      );
      const missed = before === null ? [] : found.filter(({ told }) => !told);
      const findings = missed
        .map((it) => toFinding(it, circumstances, nowMs))
        .filter((it) => it !== null);
      await addFindings(trx, run.id, findings, nowMs);
      if (run.kind === "full")
        await markSeen(
          trx,
          run.id,
          answers.map(({ event }) => event.id),
        );
      await saveProgress(trx, run.id, JSON.stringify(progress), progress.counts);
    });
    runState.progress = progress;
    onFailpoint("sweep_events_signalled");
    await throttle.nextPage();
  }
  const { newestMs, page: nextPage } = runState.progress.circa;
  const done = { ...runState.progress, circa: { ...runState.progress.circa, done: true } };
  await database.write(async (trx) => {
    // What was updated behind a reader of everything is read again.
    const safeMs = sinceMs === 0 ? Math.min(newestMs, run.startedAt) : newestMs;
    const pass = { newestMs: safeMs, lastId: "", beganMs };
    const nowMs = clock.now();
    const reading = { rows: done.counts.eventsRead, pages: nextPage - 1, atMs: nowMs };
    const reached = newestSeen.reachedAfter("sweep_circa", before, pass);
    await writeReached(trx, "sweep_circa", withReading(reached, before, reading), nowMs);
    await saveProgress(trx, run.id, JSON.stringify(done), done.counts);
  });
  runState.progress = done;
  onFailpoint("sweep_circa_reached");
}

export interface PollCircaParts extends Pick<SweepParts, "database" | "clock" | "newestSeen"> {
  readonly circa: Pick<SweepParts["circa"], "changedEvents" | "now">;
}

/**
 * Asks Circa for what has moved since it was asked last, or swept; without either, for everything.
 * @param stopping once aborted, it ends after the page under way and the next poll starts anew
 */
export async function pollCirca(parts: PollCircaParts, stopping: AbortSignal): Promise<void> {
  const { database, clock, circa, newestSeen } = parts;
  const systemNowMs = circa.now();
  const before = newer(
    await readReached(parts, "poll_circa", systemNowMs),
    await readReached(parts, "sweep_circa", systemNowMs),
  );
  const beganMs = clock.elapsedMs();
  let newestMs = 0;
  let rows = 0;
  let pages = 0;
  const askedAt = pageTimes(clock, 1);
  for await (const answers of circa.changedEvents(sinceOf(before))) {
    const receivedAt = askedAt();
    if (stopping.aborted) return;
    const times = answers.map(({ event }) => event.updatedAt);
    newestMs = newestPossible(newestMs, times, circa.now());
    rows += answers.length;
    pages += 1;
    await database.write(async (trx) => {
      const states = toStates(answers, receivedAt);
      const news = await saveEvents(database, trx, states);
      const due = answers.filter((_, nth) => news[nth] === true);
      const subjects = due.map(({ event }) => eventSubject(event.id));
      await markDue(trx, subjects, "poll", clock.now());
    });
  }
  const nowMs = clock.now();
  const pass = newestSeen.reachedAfter("poll_circa", before, { newestMs, lastId: "", beganMs });
  const reached = withReading(pass, before, { rows, pages, atMs: nowMs });
  await database.write((trx) => writeReached(trx, "poll_circa", reached, nowMs));
}

function newer(one: Reached | null, other: Reached | null): Reached | null {
  if (one === null || other === null) return one ?? other;
  return one.newestMs >= other.newestMs ? one : other;
}

/**
 * When the page that has just come was asked for, at the earliest: pages are asked for ahead.
 * @returns to be called once for each page as it comes
 */
function pageTimes(clock: Clock, pagesAhead: number): () => number {
  const began = clock.now();
  const times: number[] = Array.from({ length: pagesAhead }, () => began);
  return () => {
    times.push(clock.now());
    return times.shift() ?? began;
  };
}

function toStates(answers: readonly EventAnswer[], receivedAt: number): EventState[] {
  return answers.map((answer) => ({ answer, receivedAt, source: "list" }));
}

interface FoundEvent {
  readonly event: EventAnswer["event"];
  /** It is being worked on: not the sweep's finding. */
  readonly told: boolean;
  /** It was kept as it is, and still its link is not as it says. */
  readonly known: boolean;
}

/** Stores the Events and says which have to be compared again. */
async function takeEvents(
  parts: SweepParts,
  trx: Transaction<Tables>,
  states: readonly EventState[],
  withLinks: boolean,
): Promise<FoundEvent[]> {
  const { database, clock } = parts;
  const found: FoundEvent[] = [];
  const ids = states.map(({ answer }) => answer.event.id);
  const waiting = await waitingLinks(trx, ids.map(eventSubject), clock.now());
  const links = withLinks ? await linksOfEvents(trx, ids) : null;
  const problems = withLinks ? await knownProblems(trx, ids) : null;
  const news = await saveEvents(database, trx, states);
  for (const [nth, { answer }] of states.entries()) {
    const { event } = answer;
    const inQueue = waiting.get(eventSubject(event.id));
    if (news[nth] === true) {
      // A turn under way may have written it just now. One that waits knows the older state only.
      found.push({ event, told: inQueue === "claimed", known: false });
      continue;
    }
    if (links === null || event.campaignId === undefined) continue;
    const linked = links.get(event.id)?.campaignId ?? null;
    const inHand = inQueue !== undefined || problems?.get(event.id)?.link === true;
    if (linked !== event.campaignId && !inHand) found.push({ event, told: false, known: true });
  }
  return found;
}

function toFinding(
  { event, known }: FoundEvent,
  circumstances: Circumstances,
  nowMs: number,
): Finding | null {
  const young = nowMs - event.updatedAt < noticeMs;
  // The next poll would have brought it.
  if (young && circumstances.polling) return null;
  return {
    eventId: event.id,
    campaignId: event.campaignId ?? null,
    side: "circa",
    cause: known ? "unknown" : causeInCirca(event.updatedAt, circumstances),
    changedAt: event.updatedAt,
    settlesAt: young ? nowMs + noticeMs : null,
  };
}

function progressAfter(
  progress: SweepProgress,
  answers: readonly EventAnswer[],
  systemNowMs: number,
): SweepProgress {
  const { circa, counts } = progress;
  const times = answers.map(({ event }) => event.updatedAt);
  const newestMs = newestPossible(circa.newestMs, times, systemNowMs);
  return {
    ...progress,
    circa: { ...circa, page: circa.page + 1, newestMs },
    counts: { ...counts, eventsRead: counts.eventsRead + answers.length },
  };
}
