/** Pairs change partners, all on one side: swaps and longer cycles. */
import type { EventRow } from "../circa/workspace.ts";
import type { Random } from "../engine/random.ts";
import { linkField, type CampaignRow } from "../salesforce/org.ts";
import type { World } from "../world.ts";
import { personConnects } from "./circa.ts";
import { personEditsCampaigns } from "./salesforce.ts";

export function permuteLinks(world: World, random: Random): void {
  const { workspace, org } = world;
  const pairs = [...org.holders.entries()].flatMap(([eventId, campaign]) => {
    const event = workspace.events.get(eventId);
    return event?.campaignId === campaign.id ? [{ event, campaign }] : [];
  });
  const start = random.between(0, Math.max(0, pairs.length - 1));
  const chosen = pairs.slice(start, start + random.pick([2, 2, 3, 4]));
  const inCirca = random.chance(0.5);
  if (chosen.length < 2) return;
  const ids = chosen.flatMap(({ event, campaign }) => [event.id, campaign.id]);
  const moved = chosen.map(({ event }, at) => ({
    event,
    campaign: chosen[(at + 1) % chosen.length]?.campaign ?? chosen[0]!.campaign,
  }));
  const wanted = new Map(moved.map(({ event, campaign }) => [event.id, campaign.id]));
  for (const observer of world.observers) observer.onPermutation?.(ids, null);
  if (inCirca) inCircaByHand(world, moved);
  else inSalesforceByHand(world, moved, random.chance(0.5));
  for (const observer of world.observers) observer.onPermutation?.(ids, wanted);
}

interface Pair {
  readonly event: EventRow;
  readonly campaign: CampaignRow;
}

function inCircaByHand(world: World, pairs: readonly Pair[]): void {
  const rowOf = ({ event }: Pair) => world.workspace.events.get(event.id) ?? event;
  for (const pair of pairs) personConnects(world, rowOf(pair), null);
  for (const pair of pairs) personConnects(world, rowOf(pair), pair.campaign.id);
}

/** @param together in one save each of all of them, as an import does */
function inSalesforceByHand(world: World, pairs: readonly Pair[], together: boolean): void {
  const emptied = pairs.map(({ campaign }) => ({ row: campaign, values: { [linkField]: null } }));
  const filled = pairs.map(({ campaign, event }) => ({
    row: campaign,
    values: { [linkField]: event.id },
  }));
  for (const edits of [emptied, filled]) {
    if (together) personEditsCampaigns(world, edits);
    else for (const edit of edits) personEditsCampaigns(world, [edit]);
  }
}
