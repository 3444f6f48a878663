/**
 * The last part of a full comparison: known links of which one side was nowhere to be seen, and
 * links that can't be made, whose Event may be gone as well.
 */
import { isSystemWide } from "../../runtime/errors.ts";
import { eventSubject, markDue } from "../../queue/due-links.ts";
import {
  eventSnapshots,
  clearEventBodies,
  noteDeleted,
} from "../../store/intake/event-snapshots.ts";
import { eventIdsWithLinkProblem } from "../../store/history/open-problems.ts";
import { saveProgress } from "../../store/intake/runs.ts";
import { addFindings, type Finding } from "../../store/intake/sweep-findings.ts";
import { unseenLinks, type UnseenLink } from "../../store/intake/sweep-seen.ts";
import { waitingLinks } from "../../queue/waiting-links.ts";
import {
  causeInCirca,
  causeInSalesforce,
  type Circumstances,
} from "../../store/intake/missed-causes.ts";
import type { SweepParts } from "./parts.ts";
import type { PageThrottle } from "./page-throttle.ts";
import type { SweepRunState } from "./progress.ts";

const linksAtOnce = 200;

/** Looks at each by itself: one that was moved from page to page while we read is not gone. */
export async function findOrphans(
  parts: SweepParts,
  runState: SweepRunState,
  circumstances: Circumstances,
  throttle: PageThrottle,
): Promise<void> {
  const { database, clock, onFailpoint } = parts;
  const { run } = runState;
  // An empty list says nothing of any record.
  const listsOthers = runState.progress.counts.eventsRead > 0;
  while (!runState.progress.gone.done) {
    const { afterEventId } = runState.progress.gone;
    const links = await unseenLinks(database.query, run.id, {
      afterEventId,
      limit: linksAtOnce,
    });
    if (links.length > 0) await throttle.nextPage();
    const { found, isCutOff } = await findGone(parts, links, run.startedAt, circumstances);
    const subjects = links.map(({ eventId }) => eventSubject(eventId));
    const waiting = await waitingLinks(database.query, subjects, clock.now());
    const end = links.at(-1)?.eventId ?? afterEventId;
    const gone = { afterEventId: end, done: links.length < linksAtOnce };
    const progress = { ...runState.progress, gone };
    const unmade = gone.done ? await eventIdsWithLinkProblem(database.query) : [];
    await database.write(async (trx) => {
      const nowMs = clock.now();
      const inCirca = found.filter(({ side }) => side === "circa").map(({ eventId }) => eventId);
      const unlisted = links.filter(({ eventSeen }) => !eventSeen && listsOthers && !isCutOff);
      const absent = new Set(unlisted.map(({ eventId }) => eventId));
      // What is kept of them is no longer so: their turn reads them anew, which is the second sign.
      await clearEventBodies(trx, inCirca);
      await noteDeleted(
        trx,
        inCirca.filter((eventId) => absent.has(eventId)),
      );
      await markDue(
        trx,
        [...found.map(({ eventId }) => eventId), ...unmade].map(eventSubject),
        "sweep",
        nowMs,
      );
      // A link in the queue is about to be processed: nothing was missed.
      const missed = found.filter(({ eventId }) => !waiting.has(eventSubject(eventId)));
      await addFindings(trx, run.id, missed, nowMs);
      await saveProgress(trx, run.id, JSON.stringify(progress), progress.counts);
    });
    runState.progress = progress;
    onFailpoint("sweep_gone_signalled");
  }
}

interface Gone {
  readonly found: readonly Finding[];
  /** The list left out an Event that is there and has not moved since: it says nothing of others. */
  readonly isCutOff: boolean;
}

async function findGone(
  parts: SweepParts,
  links: readonly UnseenLink[],
  startedAt: number,
  circumstances: Circumstances,
): Promise<Gone> {
  const { salesforce, circa, database } = parts;
  if (links.length === 0) return { found: [], isCutOff: false };
  const eventIds = links.map(({ eventId }) => eventId);
  const seen = await eventSnapshots(database.query, eventIds);
  const ids = links.map(({ campaignId }) => campaignId);
  const here = await salesforce.campaigns({ ids, fields: [] });
  const holds = new Map(here.map(({ id, eventId }) => [id, eventId]));
  // One that can't be read is no finding, and does not hold up the others.
  const events = await Promise.all(
    links.map(({ eventId }) =>
      circa.readEvent(eventId).catch((error: unknown) => {
        if (isSystemWide(error)) throw error;
        return "unknown" as const;
      }),
    ),
  );
  const findings: Finding[] = [];
  for (const [index, { eventId, campaignId }] of links.entries()) {
    const finding = { eventId, campaignId, changedAt: null, settlesAt: null };
    if (events[index] === null) {
      const cause = causeInCirca(0, circumstances);
      findings.push({ ...finding, side: "circa", cause });
    } else if ((holds.get(campaignId) ?? null) === null) {
      const evidence = { changedAt: null, moved: true, firstContact: false, sweptPast: true };
      const cause = causeInSalesforce(evidence, circumstances);
      findings.push({ ...finding, side: "salesforce", cause });
    }
  }
  const isCutOff = links.some(({ eventId, eventSeen }, nth) => {
    const answer = events[nth];
    const before = seen.get(eventId);
    if (eventSeen || answer === null || answer === "unknown") return false;
    // One that moves while the list is read may have moved to a page that had been read.
    const isAsBefore = answer?.event.updatedAt === before?.mark.updatedAt;
    return before !== undefined && isAsBefore && before.receivedAt < startedAt;
  });
  return { found: findings, isCutOff };
}
