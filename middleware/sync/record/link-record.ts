/** What the transaction that ends a pass keeps of one link, made of what the pass came to. Pure. */
import { showMark } from "../../model/event-order.ts";
import type { Cause } from "../../queue/due-links.ts";
import type { Change } from "../../store/history/history.ts";
import type { EventProblems } from "../../store/history/problems.ts";
import type { PendingWrite } from "../../store/history/write-journal.ts";
import type { EventState } from "../../store/intake/judge-event-state.ts";
import type { InitialSync } from "../../store/links/initial-syncs.ts";
import type { Link } from "../../store/links/links.ts";
import type { Revert } from "../../store/links/reverts.ts";
import type { Mapping } from "../mappings/mapping.ts";
import { valueRemovedCode } from "../plan/choice-problems.ts";
import { describeHeldBlank } from "../plan/held-blanks.ts";
import type { WrittenTask } from "../plan/link-task.ts";
import type { Freshness } from "../read/freshness.ts";
import { isFresh } from "../read/read-event.ts";
import { waitingProblem } from "../write/waiting.ts";
import { stillOpen, toChange, toIntended } from "./journal-writes.ts";

export interface LinkRecord {
  readonly eventId: string;
  readonly cause: Cause;
  /** States of the Event that were read or answered, each with its word in the history, if any. */
  readonly states: readonly { readonly state: EventState; readonly stepBack: Change | null }[];
  /** Circa has it though its deletion was told. */
  readonly isAlive: boolean;
  /** Gone when it was read again: no later pass may start from what was kept of it. */
  readonly isGone: boolean;
  /** The sync state that the Event shows from now on; null: as before. */
  readonly shown: string | null;
  readonly changes: readonly Change[];
  /** Writes that may have been taken; null: nothing was planned, and what was kept stays. */
  readonly unconfirmed: readonly PendingWrite[] | null;
  readonly reverts: readonly Revert[];
  /** null of a link that waits and is not worth telling yet. */
  readonly problems: EventProblems | null;
  /** null: unfinished. It keeps what was agreed before, and the next pass starts there. */
  readonly outcome: LinkOutcome | null;
  /** What Salesforce's screens show of the link has changed, its problems apart. */
  readonly hasMoved: boolean;
  /** The one that it has now, and the one that it had. */
  readonly campaignIds: readonly string[];
}

/** Who has whom, of a finished link. */
export interface LinkOutcome {
  readonly campaignId: string | null;
  /** It has another Campaign than before. */
  readonly isJoined: boolean;
  /** This pass has connected the Campaign in Salesforce. */
  readonly wasConnectedHere: boolean;
  /** The link that is over. */
  readonly ended: Link | null;
  /** Should the Event be there after all, and say what was agreed, then Salesforce has moved. */
  readonly seemsGone: boolean;
  /** To be saved; null: as before, or there is none. */
  readonly link: Link | null;
  readonly initialSyncs: readonly InitialSync[];
  /** Blanks held until now for which this pass had no reason any more. */
  readonly released: readonly { readonly eventId: string; readonly mapping: string }[];
}

export interface RecordInput {
  readonly mappings: readonly Mapping[];
  readonly nowMs: number;
  readonly freshness: Freshness;
}

export function recordOf(task: WrittenTask, input: RecordInput): LinkRecord {
  const { eventId, event, error, known, link } = task;
  const { nowMs } = input;
  return {
    eventId,
    cause: task.due.cause,
    states: task.answers.map((state) => ({ state, stepBack: stepBackOf(task, state, nowMs) })),
    isAlive: task.deletionTold && event !== null,
    isGone: event === null && task.eventWasSeen,
    shown: task.shown === task.shownBefore ? null : task.shown,
    changes: [
      ...task.confirmedEarlier.map((change) => toChange(change, nowMs)),
      ...task.written.map(({ change, at }) => toChange(toIntended(task, change), at)),
    ],
    unconfirmed: task.context === null ? null : stillOpen(task),
    reverts: revertsOf(task),
    problems: problemsOf(task, nowMs),
    outcome: error === undefined ? outcomeOf(task, input) : null,
    hasMoved: hasMoved(task, input),
    campaignIds: [known?.campaignId, link.campaign?.id].filter((id) => id !== undefined),
  };
}

/** Circa's Event is older than it was: a backup was restored there. */
function stepBackOf(task: WrittenTask, state: EventState, nowMs: number): Change | null {
  if (state.stepsBackFrom === undefined) return null;
  const { event } = state.answer;
  return {
    at: nowMs,
    eventId: task.eventId,
    eventName: event.name,
    campaignId: task.link.campaign?.id ?? task.known?.campaignId ?? "",
    fieldKey: "version",
    fieldLabel: "Version of the Event",
    campaignField: "",
    direction: "to_salesforce",
    oldValue: showMark(state.stepsBackFrom),
    newValue: showMark(event),
    cause: task.due.cause,
    note: "stepped_back_in_circa",
    latencyMs: null,
  };
}

/** Of what was reverted and taken, also when another field or side failed. */
function revertsOf({ written, reverts }: WrittenTask): Revert[] {
  return written.flatMap(({ change, at }) => {
    const revert = reverts.get(change);
    return revert === undefined ? [] : [{ ...revert, lastAt: at }];
  });
}

function problemsOf(task: WrittenTask, nowMs: number): EventProblems | null {
  const { eventId } = task;
  // Where it is another Event's, this is how its release is told to the Event that claims it.
  const campaignId = task.link.campaign?.id ?? task.claimedId ?? task.holderId;
  if (task.error === undefined) {
    // Removed values are one problem of their field, not one per Event.
    const problems = task.problems.filter(({ code }) => code !== valueRemovedCode);
    return { eventId, campaignId, problems };
  }
  const waiting = waitingProblem(task, nowMs);
  if (waiting === null) return null;
  return {
    eventId,
    campaignId: campaignId ?? task.known?.campaignId ?? null,
    problems: [waiting],
    amongOthers: true,
  };
}

function hasMoved(task: WrittenTask, input: RecordInput): boolean {
  // A link that can't be finished shows that once, with its first failure.
  if (task.error !== undefined) return task.due.attempts === 0;
  const wrote = task.written.length > 0 || task.confirmedEarlier.length > 0;
  if (task.plan.heldBlanks.some(({ mapping }) => !task.held.has(mapping.identity))) return true;
  if (releasedOf(task, input).length > 0) return true;
  return wrote || (task.known?.campaignId ?? null) !== (task.link.campaign?.id ?? null);
}

function outcomeOf(task: WrittenTask, input: RecordInput): LinkOutcome {
  const { eventId, known, link, stillHolds, seemsGone } = task;
  const campaignId = link.campaign?.id ?? null;
  const moved = (known?.campaignId ?? null) !== campaignId;
  const isLinked = campaignId !== null;
  const baseline = baselineValues(task, input.mappings);
  const same = !moved && JSON.stringify(known?.baseline) === JSON.stringify(baseline);
  return {
    campaignId,
    isJoined: moved && isLinked,
    wasConnectedHere: link.fixes.some(
      (fix) => fix.kind === "write_event_id" && fix.eventId === eventId,
    ),
    ended: moved && known !== null && known.campaignId !== stillHolds ? known : null,
    seemsGone,
    link: same || campaignId === null ? null : { eventId, campaignId, baseline },
    initialSyncs: initialSyncsOf(task, input),
    released: isLinked ? releasedOf(task, input) : [],
  };
}

/** Of the mappings that have met this link now; with a problem they will have to meet it again. */
function initialSyncsOf(task: WrittenTask, { mappings, freshness }: RecordInput): InitialSync[] {
  const { eventId, link, plan, problems, unsure } = task;
  const mayHideValue = new Set(isFresh(freshness, task) ? [] : plan.blankContacts);
  const campaignId = link.campaign?.id;
  if (campaignId === undefined) return [];
  const open = new Set(problems.map((problem) => problem.fieldKey));
  const initialised = plan.firstContacts.filter((identity) => {
    const mapping = mappings.find((it) => it.identity === identity);
    return mapping !== undefined && !open.has(mapping.circa.key) && !open.has(null);
  });
  return initialised.flatMap((mapping) => {
    const held = plan.heldBlanks.find((it) => it.mapping.identity === mapping);
    const heldBlank = held === undefined ? null : describeHeldBlank(held).message;
    const isUnsure = mayHideValue.has(mapping);
    if (isUnsure && unsure.has(mapping)) return [];
    return [{ eventId, campaignId, mapping, heldBlank, isUnsure }];
  });
}

/** Of a mapping that is off nothing was looked at: it may come back before it is taken over. */
function releasedOf({ eventId, context, held, plan }: WrittenTask, { mappings }: RecordInput) {
  if (context === null || held.size === 0) return [];
  const still = new Set(plan.heldBlanks.map(({ mapping }) => mapping.identity));
  return mappings
    .map(({ identity }) => identity)
    .filter((mapping) => held.has(mapping) && !still.has(mapping))
    .map((mapping) => ({ eventId, mapping }));
}

/** The Campaign's values now that both sides say the same; fields with a problem keep the old. */
function baselineValues(task: WrittenTask, mappings: readonly Mapping[]): Record<string, unknown> {
  const baseline: Record<string, unknown> = {};
  const open = new Set(task.problems.map((problem) => problem.fieldKey));
  const written = new Map(
    task.written
      .filter(({ change }) => change.target === "campaign")
      .map(({ change }) => [change.mapping.circa.key, change.newValue]),
  );
  for (const { circa, campaign } of mappings) {
    const before = task.known?.baseline ?? {};
    if (open.has(circa.key) || open.has(null)) {
      if (circa.key in before) baseline[circa.key] = before[circa.key];
    } else {
      baseline[circa.key] = written.has(circa.key)
        ? written.get(circa.key)
        : (task.link.campaign?.values[campaign.name] ?? null);
    }
  }
  return baseline;
}
