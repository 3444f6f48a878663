/** What can be switched while the emulator runs, for the things that Circa's documents leave open. */
import { z } from "zod";

/** The parts of the sync contract, each of which Circa may lack. */
export const contractFeatures = [
  "webhooks",
  "field_sync",
  "connected_campaign",
  "sync_status",
  "versions",
] as const;
export type ContractFeature = (typeof contractFeatures)[number];

export interface Settings {
  readonly contract: Readonly<Record<ContractFeature, boolean>>;
  /** How `start_date` and `end_date` go out: as Date, or as Time at the Event's midnight. */
  readonly eventDates: "date" | "time";
  /** `object` keyed by field id, or `array` of `{ id, value }`, or `field_id_array`. */
  readonly customFields: "object" | "array" | "field_id_array";
}

export const defaultSettings: Settings = {
  contract: {
    webhooks: true,
    field_sync: true,
    connected_campaign: true,
    sync_status: true,
    versions: true,
  },
  eventDates: "date",
  customFields: "object",
};

const featureSwitches = z.strictObject({
  webhooks: z.boolean().optional(),
  field_sync: z.boolean().optional(),
  connected_campaign: z.boolean().optional(),
  sync_status: z.boolean().optional(),
  versions: z.boolean().optional(),
});

export const settingsBody = z.strictObject({
  contract: z.union([z.boolean(), featureSwitches]).optional(),
  event_dates: z.enum(["date", "time"]).optional(),
  custom_fields: z.enum(["object", "array", "field_id_array"]).optional(),
});

/** The settings after a change; what the body doesn't name stays. */
export function changeSettings(current: Settings, body: z.infer<typeof settingsBody>): Settings {
  const wanted = body.contract ?? {};
  const contract = { ...current.contract };
  for (const feature of contractFeatures) {
    contract[feature] =
      typeof wanted === "boolean" ? wanted : (wanted[feature] ?? contract[feature]);
  }
  return {
    contract,
    eventDates: body.event_dates ?? current.eventDates,
    customFields: body.custom_fields ?? current.customFields,
  };
}

/** The settings as `POST /emulator/settings` takes and gives them. */
export function formatSettings(settings: Settings) {
  return {
    contract: settings.contract,
    event_dates: settings.eventDates,
    custom_fields: settings.customFields,
  };
}
