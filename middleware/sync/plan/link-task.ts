/** One link on its way through a batch: what was read, what was decided, what came of it. */
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

export interface LinkTask {
  readonly due: DueLink;
  readonly eventId: string;
  /** null when the Event is gone. */
  event: CircaEvent | null;
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
  /** When the Campaigns were last asked for, in `clock.elapsedMs()`. */
  readAtMs: number;
  /** The Campaign that holds this Event's id, connected or not. */
  holderId: string | null;
  /** The Campaign that the Event names, as far as Salesforce has it, with whatever Event. */
  claimedId: string | null;
  /** The Event that the Campaign still names though Circa has moved it elsewhere. */
  takenFrom: string | null;
  /** Circa does not find it, no second sign says that it is gone, and Salesforce has let go of it. */
  seemsGone: boolean;
  /** Another Event, whose id the Campaign that `known` names holds now. */
  movedTo: string | null;
  /** Another Event that was let go of in Circa, so that this one can have its Campaign. */
  released: string | null;
  /** Changes of an earlier turn that did not live to record them. */
  readonly unconfirmed: readonly PendingWrite[];
  /** Those of them that had been taken. */
  confirmedEarlier: readonly PendingWrite[];
  /** The latest state that is known, kept or read; null when none is. */
  newest: KnownState | null;
  /** Circa was asked in this pass: `event` is as it answered. */
  wasRead: boolean;
  /** An answer was behind what is known, perhaps from a copy that lags: when to look once more. */
  lookAgainMs: number | null;
  /** States of the Event that were read or answered, to be kept. */
  readonly answers: EventState[];
  /** States of the Event that this pass itself made; null once something else has changed it. */
  ownStates: readonly CircaEvent[] | null;
  link: LinkState;
  /** The Campaign that keeps this Event until it can be let go: what was agreed with it stays. */
  stillHolds: string | null;
  plan: LinkPlan;
  /** `plan` says what has to be written; before, it is merely empty. */
  planned: boolean;
  /** Everything that can't be brought in line now. */
  problems: Problem[];
  /** Changes that the other side has accepted, with the time of its answer. */
  written: { readonly change: FieldChange; readonly at: number }[];
  /** A call failed: the link is tried again; what was written until then stays written. */
  error: unknown;
  /** The sync state shown on the Event, as sent; blank when none was. */
  shown: string;
  readonly shownBefore: string;
  /** Why it could not be shown; the link is tried again when that passes. */
  unshown: unknown;
  /** Planned changes that put a field back, with how often that was done in a row. */
  readonly reverts: Map<FieldChange, Revert>;
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

/** The connected pair, when there is one and nothing has failed for it yet. */
export function pairOf(work: LinkTask): { event: CircaEvent; campaign: Campaign } | null {
  const { event, link, error } = work;
  if (error !== undefined || event === null || link.campaign === null) return null;
  return { event, campaign: link.campaign };
}

/** What has its old value again was not written. */
export function forgetRestored(
  work: LinkTask,
  { restored }: { readonly restored: readonly FieldChange[] },
): void {
  if (restored.length === 0) return;
  work.written = work.written.filter(({ change }) => !restored.includes(change));
}

/** A field that was refused, or a link that was; a problem more, and its change is given up. */
export function addProblem(work: LinkTask, problem: Problem): void {
  work.problems = [...work.problems.filter((it) => it.fieldKey !== problem.fieldKey), problem];
}
