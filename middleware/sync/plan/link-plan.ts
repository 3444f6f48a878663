/** What planning a link takes, and what it says: shapes alone. */
import type { HeldBlank } from "./held-blanks.ts";
import type { Mapping } from "../mappings/mapping.ts";
import type { Problem } from "../../model/problems/problem.ts";
import type { RecordTypeLookup } from "../mappings/record-type-lists.ts";
import type { Campaign, CircaEvent } from "../../model/records.ts";
import type { RemovedValue } from "../../model/picklists.ts";
import type { ValueContext } from "../values/conversion.ts";

/** Why a field is written, for the history. */
export const changeNotes = [
  "first_contact",
  "put_back_in_circa",
  "put_back_in_salesforce",
] as const;
export type ChangeNote = (typeof changeNotes)[number];

/** One field to be written to one side. */
export interface FieldChange {
  readonly mapping: Mapping;
  readonly target: "campaign" | "event";
  readonly oldValue: unknown;
  /** In the target's own form. */
  readonly newValue: unknown;
  readonly note: ChangeNote | null;
}

/** By the mapping's place; null when nothing has to be written. */
export type FieldOutcome = FieldChange | Problem | null;

/** A removed value that an Event holds, whatever became of it. */
export interface HeldRemoved {
  readonly mapping: Mapping;
  readonly values: readonly RemovedValue[];
}

export interface LinkPlan {
  readonly changes: readonly FieldChange[];
  readonly problems: readonly Problem[];
  /** Identities of the mappings that meet this link for the first time and can go through. */
  readonly firstContacts: readonly string[];
  /** Those of them that Salesforce owns and that found a blank on either side. */
  readonly blankContacts: readonly string[];
  /** Values that Salesforce has taken off its list and that the Event still holds. */
  readonly heldRemoved: readonly HeldRemoved[];
  /** Blanks that overwrite nothing, until the side that is blank changes. */
  readonly heldBlanks: readonly HeldBlank[];
  /** Those whose field the Event's answer left out. */
  readonly untold: readonly Mapping[];
}

export interface PlanInput {
  readonly mappings: readonly Mapping[];
  readonly event: CircaEvent;
  readonly campaign: Campaign;
  /** Identities of the mappings that have met this link before. */
  readonly initialised: ReadonlySet<string>;
  /** Those of them whose blank has been held since. @default none */
  readonly held?: ReadonlySet<string> | undefined;
  /** The Campaign's values, by Circa field key, when both sides last agreed. */
  readonly baseline: Readonly<Record<string, unknown>>;
  readonly context: ValueContext;
  /** What the Campaigns' record types offer; missing where they have none. */
  readonly recordTypes?: RecordTypeLookup | undefined;
}
