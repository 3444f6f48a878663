/** Connecting, disconnecting, adding and deleting, on both sides. */
import type { EventRow } from "../circa/workspace.ts";
import type { Random } from "../engine/random.ts";
import { simFields } from "../fields.ts";
import { personAddsEvent, personConnects, personDeletesEvent } from "../people/circa.ts";
import {
  personAddsCampaign,
  personDeletesCampaign,
  personEditsCampaigns,
  personUndeletesCampaign,
} from "../people/salesforce.ts";
import { campaignValue, circaValue } from "../people/values.ts";
import { linkField, type CampaignRow } from "../salesforce/org.ts";
import type { World } from "../world.ts";
import type { linkKinds } from "./operation.ts";

export type LinkKind = (typeof linkKinds)[number];

export function performLinkMove(world: World, random: Random, kind: LinkKind): void {
  const events = [...world.workspace.events.values()];
  const campaigns = [...world.org.campaigns.values()];
  const living = campaigns.filter(({ deleted }) => !deleted);
  switch (kind) {
    case "event_added":
      personAddsEvent(world, newEventValues(world, random));
      return;
    case "pair_added":
      addPair(world, random, random.chance(0.5) ? "circa" : "salesforce");
      return;
    case "circa_connects":
      // A list that was loaded a while ago offers Campaigns that are gone.
      withBoth(random, events, random.chance(0.2) ? campaigns : living, (event, campaign) =>
        personConnects(world, event, campaign.id),
      );
      return;
    case "circa_disconnects":
      withOne(random, events, (event) => personConnects(world, event, null));
      return;
    case "salesforce_connects":
      withBoth(random, events, living, (event, row) =>
        personEditsCampaigns(world, [{ row, values: { [linkField]: event.id } }]),
      );
      return;
    case "salesforce_disconnects":
      withOne(random, living, (row) =>
        personEditsCampaigns(world, [{ row, values: { [linkField]: null } }]),
      );
      return;
    case "event_deleted":
      if (events.length > 3) personDeletesEvent(world, random.pick(events));
      return;
    case "campaign_deleted":
      if (living.length > 3) personDeletesCampaign(world, random.pick(living));
      return;
    case "campaign_undeleted": {
      const binned = campaigns.filter(({ deleted }) => deleted);
      withOne(random, binned, (row) => personUndeletesCampaign(world, row));
    }
  }
}

/** An Event and a Campaign that did not exist before, connected on one side. */
export function addPair(world: World, random: Random, by: "circa" | "salesforce"): void {
  const row = personAddsCampaign(world, newCampaignValues(world, random));
  const campaignId = by === "circa" ? row.id : null;
  const event = personAddsEvent(world, newEventValues(world, random), campaignId);
  if (by === "salesforce") {
    personEditsCampaigns(world, [{ row, values: { [linkField]: event.id } }]);
  }
}

function newEventValues(world: World, random: Random): Record<string, unknown> {
  const given = simFields.map((field) => [field.key, circaValue(world, random, field)] as const);
  return Object.fromEntries(given);
}

function newCampaignValues(world: World, random: Random): Record<string, unknown> {
  const given = simFields.map(
    (field) => [field.campaign, campaignValue(world, random, field)] as const,
  );
  return Object.fromEntries(given);
}

function withOne<T>(random: Random, items: readonly T[], act: (item: T) => void): void {
  if (items.length > 0) act(random.pick(items));
}

function withBoth(
  random: Random,
  events: readonly EventRow[],
  campaigns: readonly CampaignRow[],
  act: (event: EventRow, campaign: CampaignRow) => void,
): void {
  if (events.length > 0 && campaigns.length > 0) act(random.pick(events), random.pick(campaigns));
}
