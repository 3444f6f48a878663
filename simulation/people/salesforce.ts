/** What people do in Salesforce, one transaction at a time. */
import { linkField, type CampaignRow } from "../salesforce/org.ts";
import { publishChanged } from "../salesforce/publish.ts";
import { concernsSync, moveHolder, save } from "../salesforce/save.ts";
import type { World } from "../world.ts";

export interface CampaignEdit {
  readonly row: CampaignRow;
  readonly values: Readonly<Record<string, unknown>>;
}

/** @returns how many of them the org took */
export function personEditsCampaigns(world: World, edits: readonly CampaignEdit[]): number {
  const { org, timeline } = world;
  const concerned: string[] = [];
  let taken = 0;
  for (const { row, values } of edits) {
    const outcome = save(org, row, values, "person", timeline.now());
    const result = outcome.ok ? "taken" : "refused";
    world.note(`person edits ${row.id} ${JSON.stringify(values)} ${result}`);
    if (!outcome.ok) continue;
    if (outcome.saved.changed.size > 0) taken += 1;
    for (const observer of world.observers) observer.onCampaignSaved(outcome.saved, "person");
    if (concernsSync(org, outcome.saved, "person")) concerned.push(row.id);
  }
  publishChanged(world, concerned);
  return taken;
}

export function personAddsCampaign(
  world: World,
  values: Readonly<Record<string, unknown>>,
): CampaignRow {
  const { org, timeline } = world;
  const row: CampaignRow = {
    id: org.newId(),
    values: new Map(Object.entries({ Confirmed__c: false, ...values })),
    modifiedAt: Math.floor(timeline.now() / 1_000) * 1_000,
    deleted: false,
  };
  org.campaigns.set(row.id, row);
  world.note(`person adds ${row.id}`);
  return row;
}

export function personDeletesCampaign(world: World, row: CampaignRow): void {
  bin(world, row, true);
}

/** Refused while another Campaign holds the same Event. */
export function personUndeletesCampaign(world: World, row: CampaignRow): boolean {
  const eventId = row.values.get(linkField);
  if (typeof eventId === "string" && world.org.holders.has(eventId)) return false;
  bin(world, row, false);
  return true;
}

function bin(world: World, row: CampaignRow, deleted: boolean): void {
  const { org, timeline } = world;
  world.note(`person ${deleted ? "deletes" : "undeletes"} ${row.id}`);
  const eventId = row.values.get(linkField);
  row.deleted = deleted;
  row.modifiedAt = Math.floor(timeline.now() / 1_000) * 1_000;
  moveHolder(org, row, eventId);
  for (const observer of world.observers) observer.onCampaignBinned(row, deleted);
  if (typeof eventId === "string") publishChanged(world, [row.id]);
}
