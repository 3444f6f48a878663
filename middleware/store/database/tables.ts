/**
 * The rows we keep. Every table names its tenant (one Circa workspace with one org); times are milliseconds since the epoch;
 * yes/no is 0 or 1 and JSON is text, so that both engines hold the same.
 */
import type { ColumnType, Generated } from "kysely";

export interface Tables {
  links: LinksTable;
  displaced_links: DisplacedLinksTable;
  event_snapshots: EventSnapshotsTable;
  due_links: DueLinksTable;
  initial_syncs: InitialSyncsTable;
  event_link_history: EventLinkHistoryTable;
  pending_writes: PendingWritesTable;
  changes: ChangesTable;
  problems: ProblemsTable;
  value_lists: ValueListsTable;
  retired_values_in_use: RetiredValuesTable;
  checkpoints: CheckpointsTable;
  deliveries: DeliveriesTable;
  webhook_inbox: WebhookInboxTable;
  leases: LeasesTable;
  runs: RunsTable;
  ui_projection: UiProjectionTable;
  sweep_findings: SweepFindingsTable;
  sweep_seen: SweepSeenTable;
  outages: OutagesTable;
  reverts: RevertsTable;
}

/** The Events and Campaigns that both systems last agreed were connected. */
interface LinksTable {
  tenant: string;
  event_id: string;
  campaign_id: string;
  since: number;
  /** JSON: the Campaign's value per Circa field key when both sides last agreed on it. */
  baseline: string;
}

/** Events whose Campaign is now another Event's, until their own pass has disconnected it. */
interface DisplacedLinksTable {
  tenant: string;
  event_id: string;
  campaign_id: string;
}

/** The newest version of each Event that any answer or webhook has shown. */
interface EventSnapshotsTable {
  tenant: string;
  event_id: string;
  /** Circa's counter; 0 where the API has none. */
  version: number;
  updated_at: number;
  deleted: Generated<number>;
  /** The Event as Circa's API gave it. */
  body: string;
  /** When it came, or was asked for; 0 when that is not known. */
  received_at: Generated<number>;
  /** Something that came later contradicts it: it is read before it is used. */
  doubted: Generated<number>;
  /** The sync state last shown on the Event, as sent; so that it is not sent again and again. */
  shown: Generated<string>;
}

/** The queue: one row per thing to compare again. */
interface DueLinksTable {
  tenant: string;
  /** `event:<Event id>`, or `campaign:<Campaign Id>` while its Event is not known. */
  subject: string;
  /** The subject's kind of link: the queue is claimed by kind. */
  kind: string;
  /** Counts notifications; a row whose generation moved while it was worked on stays due. */
  generation: number;
  /** When the oldest notification not yet worked on arrived. */
  signalled_at: number | null;
  /** What notified last: `webhook`, `stream`, `sweep`, … */
  cause: string;
  due_at: number;
  /** When `due_at` was set. In the future: the clock has gone back since. */
  scheduled_at: Generated<number>;
  attempts: Generated<number>;
  claimed_by: ColumnType<string | null, string | null | undefined>;
  claimed_until: ColumnType<number | null, number | null | undefined>;
  last_error: ColumnType<string | null, string | null | undefined>;
  /** `salesforce` or `circa`: the system that was away in the last pass; null once due anew. */
  blocked_by: ColumnType<string | null, string | null | undefined>;
}

/** Which mapping has met which link. */
interface InitialSyncsTable {
  tenant: string;
  event_id: string;
  campaign_id: string;
  mapping: string;
  at: number;
  /** Which blank was not to overwrite a value, in a sentence; null when none was. */
  held_blank: ColumnType<string | null, string | null | undefined>;
}

/** Events that ever had a Campaign, or for which one is being made. */
interface EventLinkHistoryTable {
  tenant: string;
  event_id: string;
  linked_at: ColumnType<number | null, number | null | undefined>;
  creating_at: ColumnType<number | null, number | null | undefined>;
}

/** Writes that a pass planned, until their record is stored. */
interface PendingWritesTable {
  tenant: string;
  kind: string;
  /** The Event's id, of kind `event`. */
  link_id: string;
  /** JSON list. */
  changes: string;
}

/** History: one row per field written. */
interface ChangesTable {
  id: Generated<number>;
  tenant: string;
  kind: string;
  at: number;
  event_id: string;
  event_name: string;
  campaign_id: string;
  field_key: string;
  field_label: string;
  campaign_field: string;
  direction: string;
  old_value: string;
  new_value: string;
  cause: string;
  note: string | null;
  latency_ms: number | null;
}

/** What can't be brought in line, open or closed. */
interface ProblemsTable {
  tenant: string;
  /**
   * `<Event id>/<field key>`, `<Event id>/` for the link, `/<field key>` for the field as a whole;
   * behind `<kind>:` for links of other kinds.
   */
  problem_key: string;
  kind: string;
  /** Of other kinds: the link's id. */
  event_id: string | null;
  campaign_id: string | null;
  field_key: string | null;
  field_label: string | null;
  code: string;
  /** The code, with the case where it has a wording for each. */
  wording: string;
  /** JSON: what fills the wording. */
  parameters: string;
  opened_at: number;
  seen_at: number;
  closed_at: number | null;
}

/** The picklists as they were seen last. */
interface ValueListsTable {
  tenant: string;
  /** Names the fields and the record type that the list is of. */
  list_key: string;
  /** JSON: what it offers. */
  offered: string;
  /** JSON: what it offered once and does no longer. */
  removed: string;
  at: number;
}

/** Which Event holds which value that Salesforce has taken off its list. */
interface RetiredValuesTable {
  tenant: string;
  event_id: string;
  field_key: string;
  value: string;
  event_name: string;
}

interface CheckpointsTable {
  tenant: string;
  name: string;
  value: string;
  at: number;
}

/** Webhooks that are accepted and not applied yet. Blank in the embedded database. */
interface WebhookInboxTable {
  id: Generated<number>;
  tenant: string;
  message_id: string;
  received_at: number;
  /** JSON, as sent. */
  body: string;
}

/** Webhooks taken, so that a repeated one has no effect. */
interface DeliveriesTable {
  tenant: string;
  message_id: string;
  at: number;
}

/** What one process at a time does: who does it, and until when unless renewed. */
interface LeasesTable {
  tenant: string;
  name: string;
  owner: string;
  until: number;
}

/** Sweeps and their findings. */
interface RunsTable {
  id: Generated<number>;
  tenant: string;
  kind: string;
  /** The time slot that this run fills; unique per tenant and kind. */
  slot: string;
  started_at: number;
  ended_at: ColumnType<number | null, number | null | undefined, number | null>;
  state: string;
  /** JSON counts. */
  findings: string;
  /** JSON: where the next page starts; null before the first page. */
  progress: ColumnType<string | null, string | null | undefined>;
  /** Failed attempts so far. */
  attempts: Generated<number>;
  /** When a run that failed is taken up again. */
  retry_at: ColumnType<number | null, number | null | undefined>;
  /** Why it failed or was left out. */
  reason: ColumnType<string | null, string | null | undefined>;
}

/** Missed changes that sweeps found. */
interface SweepFindingsTable {
  id: Generated<number>;
  tenant: string;
  run_id: number;
  event_id: string;
  campaign_id: string | null;
  side: string;
  cause: string;
  /** When the record was changed, by its own system's clock; null when that is not known. */
  changed_at: number | null;
  found_at: number;
  /** Until then its notice may still arrive, and then it was not missed; null once it was. */
  settles_at: number | null;
}

/** Which Events and Campaigns a full comparison has met so far. */
interface SweepSeenTable {
  run_id: number;
  record_id: string;
}

/** Fields that were reverted in a row, because something altered them each time. */
interface RevertsTable {
  tenant: string;
  kind: string;
  /** The Event's id, of kind `event`. */
  link_id: string;
  field_key: string;
  /** `campaign` or `event`. */
  target: string;
  /** JSON of what was written. */
  value: string;
  /** Times in a row. */
  count: number;
  first_at: number;
  last_at: number;
}

/** When an immediate path was known to be down. */
interface OutagesTable {
  tenant: string;
  what: string;
  from_at: number;
  until_at: number;
}

/** What Salesforce's own screens show: rows that were written there, or have yet to be. */
interface UiProjectionTable {
  tenant: string;
  object: string;
  row_key: string;
  /** Counts changes; a row whose generation moved while it was written stays due. */
  generation: number;
  due: number;
  /** Fingerprint of what was written last; blank when nothing was. */
  written: Generated<string>;
  /** The person's request that this row answers. */
  request_id: ColumnType<string | null, string | null | undefined>;
}
