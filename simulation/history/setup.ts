/** What admins do in Salesforce: mappings, picklists, automation, rules. */
import type { Random } from "../engine/random.ts";
import { simFields } from "../fields.ts";
import type { PicklistEntry } from "../salesforce/org.ts";
import { publishMappingsChanged } from "../salesforce/publish.ts";
import type { World } from "../world.ts";
import type { setupKinds } from "./operation.ts";

export type SetupKind = (typeof setupKinds)[number];

export function performSetup(world: World, random: Random, kind: SetupKind): void {
  const { org } = world;
  switch (kind) {
    case "mapping_switched":
    case "mapping_turned":
    case "blank_rule_changed": {
      changeMapping(world, random, kind);
      return;
    }
    case "picklist_value_added":
      changeList(world, random, (list, fresh) => [...list, fresh]);
      return;
    case "picklist_value_switched":
      changeList(world, random, (list) => {
        const gone = random.pick(list);
        return list.map((it) => (it === gone ? { ...it, active: !it.active } : it));
      });
      return;
    case "picklist_value_renamed":
      changeList(world, random, (list, fresh) => {
        const gone = random.pick(list);
        return list.map((it) => (it === gone ? { ...fresh, label: it.label } : it));
      });
      return;
    case "flow_switched":
      org.flowOn = !org.flowOn;
      return;
    case "refusal_added": {
      const campaigns = [...org.campaigns.keys()];
      const campaignId =
        campaigns.length === 0 || random.chance(0.2) ? null : random.pick(campaigns);
      const field = random.chance(0.3) ? null : random.pick(simFields).campaign;
      if (campaignId !== null || field !== null) org.refusals.add({ campaignId, field });
      return;
    }
    case "refusals_lifted":
      org.refusals.clear();
  }
}

function changeMapping(world: World, random: Random, kind: SetupKind): void {
  // Circa demands a name, so that one stays as it is.
  const mapping = random.pick([...world.org.mappings.values()].filter((it) => !it.field.required));
  if (kind === "mapping_switched") mapping.active = !mapping.active;
  else if (kind === "blank_rule_changed") {
    mapping.blankRule = mapping.blankRule === "copy" ? "keep" : "copy";
  } else {
    const isTo = mapping.direction === "to_salesforce";
    mapping.direction = isTo ? "from_salesforce" : "to_salesforce";
  }
  const { field, active, direction, blankRule } = mapping;
  world.note(`mapping of ${field.key}: ${active ? "on" : "off"} ${direction} ${blankRule}`);
  for (const observer of world.observers) observer.onMappingChanged(field, kind);
  publishMappingsChanged(world);
}

function changeList(
  world: World,
  random: Random,
  change: (list: PicklistEntry[], fresh: PicklistEntry) => PicklistEntry[],
): void {
  const { org } = world;
  const name = random.pick([...org.picklists.keys()]);
  const value = `value-${random.between(0, 0xff_ffff).toString(36)}`;
  const fresh = { value, label: `label of ${value}`, active: true };
  const after = change(org.picklists.get(name) ?? [], fresh);
  if (!after.some(({ active }) => active)) return;
  org.picklists.set(name, after);
  world.note(`picklist ${name}: ${JSON.stringify(after)}`);
  publishMappingsChanged(world);
}
