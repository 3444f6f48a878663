/** Backups that are restored, dates and fields that are wrong for a while, links that are swapped. */
import type { Stage } from "./stage.ts";
import { restoreEvents } from "../circa/restore.ts";
import type { EventRow } from "../circa/workspace.ts";
import { announceField } from "../circa/announce.ts";
import type { Random } from "../engine/random.ts";
import { simFields } from "../fields.ts";
import { permuteLinks } from "../people/permute-links.ts";
import type { World } from "../world.ts";
import type { setbackKinds } from "./operation.ts";

export type SetbackKind = (typeof setbackKinds)[number];

/** 2031-01-05T09:00:00Z */
const farMs = 1_925_370_000_000;

export function performSetback(stage: Stage, random: Random, kind: SetbackKind): void {
  const { world, cluster, sessions } = stage;
  switch (kind) {
    case "circa_backed_up":
      world.workspace.backup = [...world.workspace.events.values()];
      return;
    case "circa_restored":
      restoreEvents(world);
      return;
    case "store_backed_up":
      cluster.backUpStore();
      return;
    case "store_restored":
      cluster.restoreStore(random.pick([400, 4_000, 20_000]), random.chance(0.7));
      return;
    case "event_from_the_future":
      dateWrongly(world, random);
      return;
    case "field_hidden":
      hideField(world, random);
      return;
    case "links_permuted":
      permuteLinks(world, random);
      return;
    case "stream_deaf_at_place":
      sessions.deafenPlace();
      return;
    case "second_service":
      void cluster.second.start(random);
  }
}

/** An import, or a clock that is put right later. */
function dateWrongly(world: World, random: Random): void {
  const { workspace, timeline } = world;
  const events = [...workspace.events.values()];
  if (events.length === 0) return;
  const { id } = random.pick(events);
  const date = (updatedAt: number) => {
    const row = workspace.events.get(id);
    if (row !== undefined) workspace.put({ ...row, updatedAt });
  };
  world.note(`${id} is dated 2031`);
  date(farMs);
  undoLater(world, random.pick([2_000, 30_000, 90_000]), () => {
    const row: EventRow | undefined = workspace.events.get(id);
    if (row?.updatedAt === farMs) date(timeline.now());
  });
}

/** A custom field is deleted in Circa, with a word or without one, and brought back. */
function hideField(world: World, random: Random): void {
  const { workspace } = world;
  const field = random.pick(simFields.filter(({ custom }) => custom));
  const announced = random.chance(0.5);
  if (workspace.isHidden(field.key)) return;
  world.note(`${field.key} is deleted in Circa${announced ? "" : ", without a notification"}`);
  workspace.hide(field.key);
  for (const observer of world.observers) observer.onMappingChanged(field, "field_hidden");
  if (announced) announceField(world, field.key);
  undoLater(world, random.pick([2_000, 20_000, 60_000]), () => {
    world.note(`${field.key} is back in Circa`);
    workspace.show(field.key);
    for (const observer of world.observers) observer.onMappingChanged(field, "field_hidden");
    announceField(world, field.key);
  });
}

/** After a while, or when all trouble ends. */
function undoLater(world: World, afterMs: number, undo: () => void): void {
  const once = () => {
    if (world.remedies.delete(once)) undo();
  };
  world.remedies.add(once);
  world.timeline.after(afterMs, once);
}
