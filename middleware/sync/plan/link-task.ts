/**
 * One link on its way through a batch, a type for each phase: known, read, resolved, planned,
 * written. A step takes tasks of one phase and returns those of the next; it assigns nothing.
 */
import type { EventState } from "../../store/intake/judge-event-state.ts";
import type { FieldChange, LinkPlan } from "./link-plan.ts";
import type { DueLink } from "../../queue/due-links.ts";
import type { PendingWrite } from "../../store/history/write-journal.ts";
import type { Link } from "../../store/links/links.ts";
import type { Revert } from "../../store/links/reverts.ts";
import type { EventMark } from "../../model/event-order.ts";
import type { LinkState } from "./link.ts";
import type { Problem } from "../../model/problems/problem.ts";
import type { Campaign, CircaEvent } from "../../model/records.ts";
import type { ValueContext } from "../values/conversion.ts";

/** A state of the Event, and since when it is known. */
export interface KnownState {
  readonly mark: EventMark;
  /** When it came, or was asked for. */
  readonly receivedAt: number;
  /** null when only its mark is known. */
  readonly event: CircaEvent | null;
  /** Something that came later contradicts it. */
  readonly doubted: boolean;
}

/** What the store knows of a due link. */
export interface KnownTask {
  readonly due: DueLink;
  readonly eventId: string;
  readonly eventWasSeen: boolean;
  /** A webhook or a comparison has announced its deletion. */
  readonly deletionTold: boolean;
  /** Of the Event's last state that was kept, in milliseconds since the epoch; 0 without one. */
  readonly seenAt: number;
  /** What both last agreed on; null when they never did. */
  readonly known: Link | null;
  /** Mappings that have met this link with the Campaign `known` names. */
  readonly initialised: ReadonlySet<string>;
  /** Those of them whose blank is held. */
  readonly held: ReadonlySet<string>;
  /** Those that met two blanks by an older state of the Event, and have to meet it again. */
  readonly unsure: ReadonlySet<string>;
  /** Changes of an earlier pass that did not live to record them. */
  readonly unconfirmed: readonly PendingWrite[];
  /** The sync state that the Event shows, as last sent; blank when none was. */
  readonly shownBefore: string;
}

/** The Event as it was kept, or as Circa has it now. */
export interface ReadTask extends KnownTask {
  /** null when the Event is gone. */
  readonly event: CircaEvent | null;
  /** The latest state that is known, kept or read; null when none is. */
  readonly newest: KnownState | null;
  /** Circa was asked in this pass: `event` is as it answered. */
  readonly wasRead: boolean;
  /** An answer was behind what is known, perhaps from a copy that lags: when to look once more. */
  readonly lookAgainMs: number | null;
  /** States of the Event that were read or answered, to be kept. */
  readonly answers: readonly EventState[];
  /** A call failed: the link is tried again; what was written until then stays written. */
  readonly error: unknown;
}

/** Who is connected to whom. */
export interface ResolvedTask extends ReadTask {
  /** When the Campaigns were last asked for, in `clock.elapsedMs()`. */
  readonly readAtMs: number;
  /** The Campaign that holds this Event's id, connected or not. */
  readonly holderId: string | null;
  /** The Campaign that the Event names, as far as Salesforce has it, whichever Event holds it. */
  readonly claimedId: string | null;
  /** The Event that the Campaign still names though Circa has moved it elsewhere. */
  readonly takenFrom: string | null;
  /** Circa does not find it, no second sign says that it is gone, and Salesforce has let go of it. */
  readonly seemsGone: boolean;
  /** Another Event, whose id the Campaign that `known` names holds now. */
  readonly movedTo: string | null;
  /** Another Event that was let go of in Circa, so that this one can have its Campaign. */
  readonly released: string | null;
  readonly link: LinkState;
  /** The Campaign that keeps this Event until it can be let go: what was agreed with it stays. */
  readonly stillHolds: string | null;
  /** Everything that can't be brought in line now. */
  readonly problems: readonly Problem[];
}

/** What has to be written. */
export interface PlannedTask extends ResolvedTask {
  readonly plan: LinkPlan;
  /** What its values were planned with; null where nothing could be planned, and the plan is empty. */
  readonly context: ValueContext | null;
  /** Those of `unconfirmed` that had been taken. */
  readonly confirmedEarlier: readonly PendingWrite[];
  /** Planned changes that revert a field, with how often that was done in a row. */
  readonly reverts: ReadonlyMap<FieldChange, Revert>;
}

/** What came of it. */
export interface WrittenTask extends PlannedTask {
  /** Changes that the other side has accepted, with the time of its answer. */
  readonly written: readonly { readonly change: FieldChange; readonly at: number }[];
  /** States of the Event that this pass itself made; null once something else has changed it. */
  readonly ownStates: readonly CircaEvent[] | null;
  /** The sync state shown on the Event, as sent; blank when none was. */
  readonly shown: string;
  /** Why it could not be shown; the link is tried again when that passes. */
  readonly unshown: unknown;
}

export const emptyPlan: LinkPlan = {
  changes: [],
  problems: [],
  firstContacts: [],
  blankContacts: [],
  heldRemoved: [],
  heldBlanks: [],
  untold: [],
};

/** Before the Campaigns were asked for. */
export function unresolved(task: ReadTask): ResolvedTask {
  return {
    ...task,
    readAtMs: 0,
    holderId: null,
    claimedId: null,
    takenFrom: null,
    seemsGone: false,
    movedTo: null,
    released: null,
    link: { campaign: null, fixes: [], problem: null },
    stillHolds: null,
    problems: [],
  };
}

/** Nothing is planned, as where no two sides are connected; what an earlier plan found is over. */
export function unplanned(task: ResolvedTask | PlannedTask): PlannedTask {
  const before: readonly Problem[] = "plan" in task ? task.plan.problems : [];
  return {
    ...task,
    problems: task.problems.filter((problem) => !before.includes(problem)),
    plan: emptyPlan,
    context: null,
    confirmedEarlier: [],
    reverts: new Map(),
  };
}

/** Nothing is written yet. */
export function unwritten(task: PlannedTask): WrittenTask {
  return { ...task, written: [], ownStates: [], shown: task.shownBefore, unshown: undefined };
}

/** The connected pair, when there is one and nothing has failed for it yet. */
export function pairOf(
  task: Pick<ResolvedTask, "event" | "link" | "error">,
): { event: CircaEvent; campaign: Campaign } | null {
  const { event, link, error } = task;
  if (error !== undefined || event === null || link.campaign === null) return null;
  return { event, campaign: link.campaign };
}

/** What has its old value again was not written. */
export function withoutRestored(
  task: WrittenTask,
  { restored }: { readonly restored: readonly FieldChange[] },
): WrittenTask {
  if (restored.length === 0) return task;
  return { ...task, written: task.written.filter(({ change }) => !restored.includes(change)) };
}

/** A field that was refused, or a link that was; a problem more, and its change is given up. */
export function withProblem<Task extends ResolvedTask>(task: Task, problem: Problem): Task {
  const others = task.problems.filter((it) => it.fieldKey !== problem.fieldKey);
  return { ...task, problems: [...others, problem] };
}

/** @returns the tasks in their order, each as it is in `newer` where it is there */
export function replaceTasks<Task extends KnownTask>(
  tasks: readonly Task[],
  newer: readonly Task[],
): Task[] {
  const byEvent = new Map(newer.map((task) => [task.eventId, task]));
  return tasks.map((task) => byEvent.get(task.eventId) ?? task);
}
