/** One entry of a history: when, what, and the seed of everything that it chooses by chance. */
import { faultKinds, untrueKinds } from "../engine/faults.ts";

export const editKinds = [
  "circa_edit",
  "circa_burst",
  "circa_edit_past_lock",
  "circa_private_edit",
  "campaign_edit",
  "campaign_burst",
  "campaign_edit_of_circas_field",
  "campaign_import",
  "campaign_private_edit",
  "late_commit",
] as const;

export const linkKinds = [
  "event_added",
  "pair_added",
  "circa_connects",
  "circa_disconnects",
  "salesforce_connects",
  "salesforce_disconnects",
  "event_deleted",
  "campaign_deleted",
  "campaign_undeleted",
] as const;

export const setupKinds = [
  "mapping_switched",
  "mapping_turned",
  "blank_rule_changed",
  "picklist_value_added",
  "picklist_value_switched",
  "picklist_value_renamed",
  "flow_switched",
  "refusal_added",
  "refusals_lifted",
] as const;

export const troubleKinds = [
  "crash",
  "restart",
  "sweep_asked_for",
  "stream_cut",
  "stream_silent",
  "stream_deaf",
  "events_purged",
  "replay_ids_restarted",
  "clock_jump",
  ...faultKinds,
] as const;

/** What goes back, is taken away, or is two where it should be one. */
export const setbackKinds = [
  "circa_backed_up",
  "circa_restored",
  "store_backed_up",
  "store_restored",
  "event_from_the_future",
  "field_hidden",
  "links_permuted",
  "stream_deaf_at_place",
  "second_service",
] as const;

export const lull = "lull";

export const operationKinds = [
  ...editKinds,
  ...linkKinds,
  ...setupKinds,
  ...troubleKinds,
  ...untrueKinds,
  ...setbackKinds,
  lull,
] as const;
export type OperationKind = (typeof operationKinds)[number];

export interface Operation {
  /** Milliseconds since the history began; lulls stop this clock. */
  readonly at: number;
  readonly kind: OperationKind;
  readonly seed: number;
}

export interface History {
  readonly seed: number;
  readonly sweep: boolean;
  /** Pairs of Event and Campaign at the beginning. */
  readonly pairs: number;
  readonly sweepIntervalSeconds: number;
  /** Processes that share the store: one has the embedded database, several have PostgreSQL. */
  readonly nodes: number;
  readonly operations: readonly Operation[];
}
