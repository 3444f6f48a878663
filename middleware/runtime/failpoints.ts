/**
 * The places between which a process may die, in the order in which the work passes them. Each
 * part calls `onFailpoint` on reaching one, so that a proof can end the process, or a simulated node,
 * exactly there; nothing else listens.
 */

/** By name: what holds at this place. */
export const stepMeanings = {
  store_opened: "the store's tables are up to date; nothing listens yet",

  webhook_received: "a webhook is genuine and readable; nothing is stored",
  webhooks_written: "webhooks are in the journal, perhaps not on the disk",
  webhooks_durable: "webhooks are durable, not answered",
  webhook_acknowledged: "a webhook is answered",
  webhooks_read: "accepted webhooks are read, to be applied",
  webhooks_in_transaction: "what they say is written, not committed",
  webhooks_committed: "they are applied; the journal's reader stands before them",
  webhook_segment_deleted: "a drained part of the journal is deleted",

  events_received: "messages of the stream have arrived; nothing is stored",
  events_in_transaction: "the due links and the checkpoint are written, not committed",
  events_committed: "they are durable; no node is woken yet",

  links_claimed: "due links are claimed",
  sides_read: "both sides of the links are read",
  circa_link_sending: "an Event's connection is about to be sent to Circa",
  circa_link_answered: "Circa has taken the link",
  creations_marked: "Events whose Campaign is about to be made are marked",
  creations_answered: "Salesforce has made the Campaigns",
  plans_kept: "the values to be overwritten are stored",
  event_write_sending: "an Event's fields are about to be sent",
  event_write_answered: "Circa has taken an Event's fields",
  campaign_writes_sending: "the Campaigns' fields are about to be sent",
  campaign_writes_answered: "Salesforce has taken the Campaigns' fields",
  event_status_sending: "the sync state of an Event is about to be sent",
  event_status_answered: "Circa shows the sync state",
  outcome_in_transaction: "history, links and problems are written, not committed",
  completed_in_transaction: "the links have left the queue, not committed",
  outcome_committed: "the sync pass has ended",

  mappings_read: "the mappings are read, and Circa shows locks and lists",
  mappings_forgotten: "initial-sync marks of removed mappings are deleted",
  mappings_links_signalled: "some links are marked due for the new mappings",
  mappings_taken: "all links are marked due, and the mappings' checkpoint is durable",

  sweep_started: "a sweep has its time slot",
  sweep_events_signalled: "a page of Circa's Events is marked due",
  sweep_circa_reached: "Circa's half is done, with its checkpoint",
  sweep_campaigns_signalled: "a page of Campaigns is marked due",
  sweep_salesforce_reached: "Salesforce's half is done, with its checkpoint",
  sweep_gone_signalled: "a full comparison has marked orphaned links due",
  sweep_ended: "the sweep's findings are durable",
} as const;

export type Step = keyof typeof stepMeanings;

/** All of them, in order. */
export const steps = Object.keys(stepMeanings) as readonly Step[];

/** Called on reaching a step; must return at once. */
export type OnFailpoint = (step: Step) => void;

export const noFailpoint: OnFailpoint = () => undefined;
