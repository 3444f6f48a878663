/** What the package publishes, through a bus that may lose, double or delay it. */
import { heartbeatKind } from "../../middleware/intake/stream/platform-event-message.ts";
import type { World } from "../world.ts";
import type { BusEvent } from "./event-bus.ts";
import { linkField } from "./org.ts";

/** At most this many Ids in one event: one trigger invocation. */
const chunkSize = 200;

export function publishChanged(world: World, campaignIds: readonly string[]): void {
  for (let start = 0; start < campaignIds.length; start += chunkSize) {
    const ids = campaignIds.slice(start, start + chunkSize);
    publish(world, "campaigns_changed", ids);
  }
}

export function publishMappingsChanged(world: World): void {
  publish(world, "mappings_changed", []);
}

/** What the service has published to see that the stream delivers. */
export function publishHeartbeat(world: World, requestId: string): void {
  publish(world, heartbeatKind, [], requestId);
}

function publish(
  world: World,
  kind: string,
  ids: readonly string[],
  requestId: string | null = null,
): void {
  const { org, faults, timeline } = world;
  const random = publishing(world);
  if (faults.strikes("event_dropped", random.next())) {
    world.note(`event ${kind} ${ids.join(" ")} is lost`);
    for (const id of ids) loseNotice(world, id);
    // A lost heartbeat does no harm: the session is opened again without it.
    if (ids.length === 0 && kind !== heartbeatKind) lostOf(world).add(kind);
    return;
  }
  const payload: BusEvent["payload"] = {
    Kind__c: kind,
    Campaign_Ids__c: ids.length === 0 ? null : JSON.stringify(ids),
    Changed_Fields__c: null,
    Request_Id__c: requestId,
    Detail__c: null,
  };
  const add = () => {
    latecomersOf(world).count -= 1;
    const event = org.bus.publish(payload);
    if (faults.strikes("event_doubled", random.next())) org.bus.repeat(event);
  };
  const lateMs = faults.strikes("event_late", random.next()) ? random.between(500, 40_000) : 0;
  latecomersOf(world).count += 1;
  if (lateMs === 0) add();
  else timeline.after(lateMs, add);
}

const streams = new WeakMap<object, ReturnType<World["random"]>>();
const losses = new WeakMap<object, Set<string>>();
const latecomers = new WeakMap<object, { count: number }>();

function publishing(world: World): ReturnType<World["random"]> {
  const known = streams.get(world.org) ?? world.random("publishing");
  streams.set(world.org, known);
  return known;
}

/** No notification will announce this Campaign, nor its Events. */
export function loseNotice(world: World, campaignId: string): void {
  const lost = lostOf(world);
  const named = world.org.campaigns.get(campaignId)?.values.get(linkField);
  const claiming = world.workspace.eventOfCampaign.get(campaignId);
  for (const id of [campaignId, named, claiming]) if (typeof id === "string") lost.add(id);
}

/** Ids of Campaigns and their Events (or kinds without Ids) whose event was lost for good. */
export function lostOf(world: World): Set<string> {
  const known = losses.get(world.org) ?? new Set<string>();
  losses.set(world.org, known);
  return known;
}

/** Events that are published but not on the bus yet. */
export function latecomersOf(world: World): { count: number } {
  const known = latecomers.get(world.org) ?? { count: 0 };
  latecomers.set(world.org, known);
  return known;
}
