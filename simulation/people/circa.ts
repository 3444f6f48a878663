/** What people do in Circa. */
import { announceEvent } from "../circa/announce.ts";
import { connect, editEvent } from "../circa/edit.ts";
import type { EventRow } from "../circa/workspace.ts";
import type { World } from "../world.ts";

/** @param pastLocks as an old client would, or the budget behind a total */
export function personEditsEvent(
  world: World,
  row: EventRow,
  values: Readonly<Record<string, unknown>>,
  pastLocks = false,
): boolean {
  const { workspace, timeline } = world;
  const outcome = editEvent(workspace, row, values, { person: !pastLocks }, timeline.now());
  const result = outcome.ok ? "taken" : "refused";
  world.note(`person edits ${row.id} ${JSON.stringify(values)} ${result}`);
  if (!outcome.ok || outcome.changed.length === 0) return false;
  for (const observer of world.observers) observer.onEventEdited(row, outcome.row, "person");
  announceEvent(world, "event.updated", outcome.row);
  return true;
}

export function personAddsEvent(
  world: World,
  values: Readonly<Record<string, unknown>>,
  campaignId: string | null = null,
): EventRow {
  const { workspace, timeline } = world;
  const row: EventRow = {
    id: workspace.newId(),
    values: new Map(Object.entries(values)),
    campaignId: null,
    version: 1,
    updatedAt: timeline.now(),
  };
  workspace.put(row);
  world.note(`person adds ${row.id}`);
  announceEvent(world, "event.created", row);
  if (campaignId !== null) personConnects(world, row, campaignId);
  return workspace.events.get(row.id) ?? row;
}

export function personConnects(world: World, row: EventRow, campaignId: string | null): boolean {
  const { workspace, timeline } = world;
  const holder = campaignId === null ? undefined : workspace.eventOfCampaign.get(campaignId);
  world.note(`person connects ${row.id} to ${campaignId ?? "nothing"}`);
  if (holder !== undefined || row.campaignId === campaignId) return false;
  const after = connect(workspace, row, campaignId, timeline.now());
  for (const observer of world.observers) observer.onEventEdited(row, after, "person");
  const type = campaignId === null ? "event.disconnected" : "event.connected";
  announceEvent(world, type, after);
  return true;
}

export function personDeletesEvent(world: World, row: EventRow): void {
  world.note(`person deletes ${row.id}`);
  world.workspace.delete(row, world.timeline.now());
  for (const observer of world.observers) observer.onEventGone(row);
  announceEvent(world, "event.deleted", row);
}
