/** Campaigns, mappings and picklists of a Salesforce org, as far as the sync sees them. */
import type { MappingRow } from "../../middleware/model/admin-rows.ts";
import type { CampaignField } from "../../middleware/model/fields.ts";
import type { Claim } from "../../middleware/systems/claims.ts";
import { simFields, unmapped, type Direction, type SimField } from "../fields.ts";
import type { EventBus } from "./event-bus.ts";

export interface CampaignRow {
  readonly id: string;
  /** By API name; mutable in place, by the org's own rules only. */
  readonly values: Map<string, unknown>;
  /** Whole seconds, as milliseconds. */
  modifiedAt: number;
  deleted: boolean;
}

export interface PicklistEntry {
  readonly value: string;
  readonly label: string;
  readonly active: boolean;
}

export const linkField = "Circa_Event_Id__c";
export const statusFieldNames = [
  "Circa_Sync_Status__c",
  "Circa_Last_Synced__c",
  "Circa_Sync_Message__c",
];

/** A rule of the org that refuses writes of the integration. */
export interface Refusal {
  /** null: of every Campaign. */
  readonly campaignId: string | null;
  /** null: the record as a whole; else a change of this field. */
  readonly field: string | null;
}

export interface SimMapping {
  readonly field: SimField;
  direction: Direction;
  blankRule: "copy" | "keep";
  active: boolean;
}

export class Org {
  readonly campaigns = new Map<string, CampaignRow>();
  /** Living Campaigns by the Event they name. */
  readonly holders = new Map<string, CampaignRow>();
  readonly mappings = new Map<string, SimMapping>();
  readonly picklists = new Map<string, PicklistEntry[]>();
  readonly refusals = new Set<Refusal>();
  /** A flow that copies the location into the notes whenever it changes. */
  flowOn = false;
  /** Which service keeps the pair in sync, as the package's state row says. */
  claim: Claim | null = null;
  /** How often a service has given it up, here or in Circa. */
  claimReleases = 0;
  readonly bus: EventBus;
  #ids = 0;

  constructor(bus: EventBus) {
    this.bus = bus;
    for (const field of simFields) {
      const { direction } = field;
      this.mappings.set(field.key, {
        field,
        direction: direction ?? "to_salesforce",
        blankRule: "copy",
        active: direction !== null,
      });
      if (field.kind !== "choice" && field.kind !== "choices") continue;
      const entry = (letter: string) => ({
        value: `${field.key}-${letter}`,
        label: `${field.key} ${letter}`,
        active: true,
      });
      this.picklists.set(field.campaign, ["a", "b", "c", "d"].map(entry));
    }
  }

  newId(): string {
    this.#ids += 1;
    return `701${String(this.#ids).padStart(12, "0")}AAA`;
  }

  activeValues(campaignField: string): string[] {
    const list = this.picklists.get(campaignField) ?? [];
    return list.flatMap(({ value, active }) => (active ? [value] : []));
  }

  describe(): CampaignField[] {
    const base = { precision: 0, scale: 0, nillable: true, updateable: true, createable: true };
    const rest = { calculated: false, htmlFormatted: false, controllerName: null, referenceTo: [] };
    const plain = (name: string, type: string, given: Partial<CampaignField>): CampaignField => ({
      ...base,
      ...rest,
      name,
      label: name,
      type,
      length: 255,
      restrictedPicklist: false,
      picklistValues: [],
      ...given,
    });
    const mapped = simFields.map((field) =>
      plain(field.campaign, describeTypes[field.kind], {
        length: field.length,
        nillable: !field.required && field.kind !== "checkbox",
        precision: field.kind === "number" ? 16 : 0,
        scale: field.kind === "number" ? 2 : 0,
        restrictedPicklist: this.picklists.has(field.campaign),
        picklistValues: (this.picklists.get(field.campaign) ?? []).map((entry) => ({
          ...entry,
          defaultValue: false,
          validFor: null,
        })),
      }),
    );
    return [
      plain(linkField, "string", { length: 64 }),
      ...statusFieldNames.map((name) => plain(name, "string", { length: 2_000 })),
      plain(unmapped.campaign, "string", {}),
      ...mapped,
    ];
  }

  mappingRows(): MappingRow[] {
    return [...this.mappings.values()].map(({ field, direction, blankRule, active }) => ({
      developerName: `Map_${field.key}`,
      label: field.key,
      circaFieldKey: field.key,
      campaignField: field.campaign,
      direction,
      blankRule,
      recordType: null,
      active,
    }));
  }
}

const describeTypes: Readonly<Record<SimField["kind"], string>> = {
  text: "string",
  number: "double",
  checkbox: "boolean",
  date: "date",
  choice: "picklist",
  choices: "multipicklist",
};
