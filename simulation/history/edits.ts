/** Edits of values, on both sides, by people who may and people who may not. */
import type { EventRow } from "../circa/workspace.ts";
import type { Random } from "../engine/random.ts";
import { simFields, unmapped, type SimField } from "../fields.ts";
import { lateCampaignCommit, lateCircaCommit } from "../people/late-commits.ts";
import { ownerOf, type Side } from "../oracle/ownership.ts";
import { personEditsEvent } from "../people/circa.ts";
import { personEditsCampaigns, type CampaignEdit } from "../people/salesforce.ts";
import { campaignValue, circaValue, inventEdit } from "../people/values.ts";
import type { CampaignRow } from "../salesforce/org.ts";
import type { World } from "../world.ts";
import type { editKinds } from "./operation.ts";

export type EditKind = (typeof editKinds)[number];

const burstGapMs = 10;

export function performEdit(world: World, random: Random, kind: EditKind): void {
  const events = [...world.workspace.events.values()];
  const campaigns = [...world.org.campaigns.values()].filter(({ deleted }) => !deleted);
  if (events.length === 0 || campaigns.length === 0) return;
  const event = random.pick(events);
  const campaign = random.pick(campaigns);
  switch (kind) {
    case "circa_edit":
      personEditsEvent(world, event, circaEdit(world, random, ownedBy(world, "circa")));
      return;
    case "circa_edit_past_lock":
      personEditsEvent(world, event, circaEdit(world, random, ownedBy(world, "salesforce")), true);
      return;
    case "circa_private_edit":
      personEditsEvent(world, event, { [unmapped.circa]: `private ${random.between(0, 9_999)}` });
      return;
    case "campaign_edit":
      editCampaign(world, random, campaign, ownedBy(world, "salesforce"));
      return;
    case "campaign_edit_of_circas_field":
      editCampaign(world, random, campaign, ownedBy(world, "circa"));
      return;
    case "campaign_private_edit": {
      const values = { [unmapped.campaign]: `private ${random.between(0, 9_999)}` };
      personEditsCampaigns(world, [{ row: campaign, values }]);
      return;
    }
    case "campaign_import": {
      const fields = ownedBy(world, "salesforce");
      const edits = campaigns
        .filter(() => random.chance(0.5))
        .map((row) => campaignEdit(world, random, row, fields));
      personEditsCampaigns(world, edits.slice(0, 200));
      return;
    }
    case "late_commit": {
      const afterMs = random.between(1_500, 90_000);
      if (random.chance(0.5)) {
        lateCircaCommit(
          world,
          event.id,
          circaEdit(world, random, ownedBy(world, "circa")),
          afterMs,
        );
      } else {
        const fields = ownedBy(world, "salesforce");
        lateCampaignCommit(world, campaignEdit(world, random, campaign, fields), afterMs);
      }
      return;
    }
    case "circa_burst":
    case "campaign_burst":
      burst(world, random, kind, event, campaign);
  }
}

/** Three edits of one record, one right after the other. */
function burst(
  world: World,
  random: Random,
  kind: "circa_burst" | "campaign_burst",
  { id }: EventRow,
  campaign: CampaignRow,
): void {
  for (const place of [0, 1, 2]) {
    world.timeline.after(place * burstGapMs, () => {
      if (kind === "campaign_burst") {
        editCampaign(world, random, campaign, ownedBy(world, "salesforce"));
        return;
      }
      const event = world.workspace.events.get(id);
      if (event === undefined) return;
      personEditsEvent(world, event, circaEdit(world, random, ownedBy(world, "circa")));
    });
  }
}

function editCampaign(
  world: World,
  random: Random,
  row: CampaignRow,
  fields: readonly SimField[],
): void {
  if (row.deleted) return;
  personEditsCampaigns(world, [campaignEdit(world, random, row, fields)]);
}

function campaignEdit(
  world: World,
  random: Random,
  row: CampaignRow,
  fields: readonly SimField[],
): CampaignEdit {
  const edit = inventEdit(random, fields, (field) => campaignValue(world, random, field));
  return { row, values: byName(edit, ({ campaign }) => campaign) };
}

function circaEdit(
  world: World,
  random: Random,
  fields: readonly SimField[],
): Record<string, unknown> {
  const edit = inventEdit(random, fields, (field) => circaValue(world, random, field));
  return byName(edit, ({ key }) => key);
}

/** Those that the mapping gives to this system, and those without a mapping. */
function ownedBy({ org }: World, owner: Side): readonly SimField[] {
  return simFields.filter((field) => {
    const mapping = org.mappings.get(field.key);
    return mapping?.active !== true || ownerOf(mapping.direction) === owner;
  });
}

const byName = (edit: ReadonlyMap<SimField, unknown>, nameOf: (field: SimField) => string) =>
  Object.fromEntries([...edit].map(([field, value]) => [nameOf(field), value]));
