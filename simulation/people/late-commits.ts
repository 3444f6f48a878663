/**
 * Long transactions, without a notification: the change carries the time at which it began, behind
 * which a sweep may have looked already when it becomes visible.
 */
import { editEvent } from "../circa/edit.ts";
import { loseNotice } from "../salesforce/publish.ts";
import { concernsSync, save } from "../salesforce/save.ts";
import type { World } from "../world.ts";
import type { CampaignEdit } from "./salesforce.ts";

export function lateCampaignCommit(
  world: World,
  { row, values }: CampaignEdit,
  afterMs: number,
): void {
  const { org, timeline } = world;
  const beganAt = timeline.now();
  later(world, afterMs, () => {
    if (row.deleted) return;
    // A row that was saved meanwhile was waited for.
    const outcome = save(org, row, values, "person", Math.max(beganAt, row.modifiedAt));
    world.note(`late commit of ${row.id} ${JSON.stringify(values)}`);
    if (!outcome.ok) return;
    for (const observer of world.observers) observer.onCampaignSaved(outcome.saved, "person");
    if (concernsSync(org, outcome.saved, "person")) loseNotice(world, row.id);
  });
}

export function lateCircaCommit(
  world: World,
  eventId: string,
  values: Readonly<Record<string, unknown>>,
  afterMs: number,
): void {
  const { workspace, timeline, webhooks } = world;
  const beganAt = timeline.now();
  later(world, afterMs, () => {
    const row = workspace.events.get(eventId);
    if (row === undefined) return;
    const at = Math.max(beganAt, row.updatedAt);
    const outcome = editEvent(workspace, row, values, { person: true }, at);
    world.note(`late commit of ${eventId} ${JSON.stringify(values)}`);
    if (!outcome.ok || outcome.changed.length === 0) return;
    for (const observer of world.observers) observer.onEventEdited(row, outcome.row, "person");
    webhooks.dropped.add(eventId);
  });
}

function later(world: World, afterMs: number, act: () => void): void {
  world.openTransactions += 1;
  world.timeline.after(afterMs, () => {
    world.openTransactions -= 1;
    act();
  });
}
