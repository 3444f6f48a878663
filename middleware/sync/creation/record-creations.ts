/** A Campaign that was made, as the history tells it: the link, and each value it began with. */
import type { Transaction } from "kysely";
import { endCreating } from "../../store/links/event-link-history.ts";
import { addChanges, type Change } from "../../store/history/history.ts";
import type { Tables } from "../../store/database/tables.ts";
import type { WrittenTask } from "../plan/link-task.ts";
import type { Mapping } from "../mappings/mapping.ts";
import { isBlank } from "../plan/plan.ts";
import { eventKind } from "../../model/link-kinds.ts";
import type { Campaign } from "../../model/records.ts";

export const createdCampaignNote = "created_campaign";

export interface RecordCreationContext {
  readonly mappings: readonly Mapping[];
  /** API name of the Campaign field that holds the Event's id. */
  readonly eventIdField: string;
  readonly nowMs: number;
}

/** Those that are not connected yet are recorded by the pass that connects them. */
export async function recordCreations(
  trx: Transaction<Tables>,
  context: RecordCreationContext,
  made: readonly WrittenTask[],
): Promise<void> {
  const ended: string[] = [];
  const changes: Change[] = [];
  for (const task of made) {
    const { campaign } = task.link;
    if (task.error !== undefined || campaign === null) continue;
    changes.push(...changesOf(context, task, campaign));
    ended.push(task.eventId);
  }
  await addChanges(trx, eventKind, changes);
  await endCreating(trx, ended);
}

function changesOf(
  context: RecordCreationContext,
  task: WrittenTask,
  campaign: Campaign,
): Change[] {
  const change = (
    given: Pick<Change, "fieldKey" | "fieldLabel" | "campaignField" | "newValue">,
  ) => ({
    at: context.nowMs,
    eventId: task.eventId,
    eventName: task.event?.name ?? "",
    campaignId: campaign.id,
    direction: "to_salesforce" as const,
    oldValue: null,
    cause: task.due.cause,
    note: createdCampaignNote,
    latencyMs: Math.max(0, context.nowMs - task.due.signalledAt),
    ...given,
  });
  // What differs from the Event was not among the values that the Campaign began with.
  const others = new Set([
    ...task.plan.changes.map(({ mapping }) => mapping.circa.key),
    ...task.plan.problems.map(({ fieldKey }) => fieldKey),
    ...task.unconfirmed.map(({ fieldKey }) => fieldKey),
  ]);
  const begunWith = context.mappings.filter(
    ({ direction, circa, campaign: field }) =>
      direction === "to_salesforce" &&
      !others.has(circa.key) &&
      !isBlank(campaign.values[field.name]),
  );
  return [
    change({
      fieldKey: "salesforce_campaign_id",
      fieldLabel: "Connected Campaign",
      campaignField: context.eventIdField,
      newValue: campaign.id,
    }),
    ...begunWith.map(({ circa, campaign: field }) =>
      change({
        fieldKey: circa.key,
        fieldLabel: circa.label,
        campaignField: field.name,
        newValue: campaign.values[field.name],
      }),
    ),
  ];
}
