/** Circa is restored from a backup: versions and values go back, without a notification. */
import type { World } from "../world.ts";

export function restoreEvents(world: World): void {
  const { workspace, timeline, webhooks } = world;
  world.note("Circa is restored");
  for (const old of workspace.backup) {
    const row = workspace.events.get(old.id);
    // What was connected otherwise, or was not there, stays: the rest of the backup failed.
    if (row === undefined || row.version <= old.version) continue;
    if (row.campaignId !== old.campaignId) continue;
    const { values, version, updatedAt } = old;
    const after = { ...row, values, version, updatedAt };
    workspace.put(after, timeline.now());
    for (const observer of world.observers) observer.onEventEdited(row, after, "person");
    webhooks.dropped.add(old.id);
    webhooks.needsFullComparison = true;
  }
  workspace.backup = [];
}
