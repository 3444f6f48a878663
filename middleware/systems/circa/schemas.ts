/** Circa's JSON, checked only as far as we rely on it: unknown attributes are always let through. */
import { z } from "zod";
import { circaFieldTypes, type CircaFieldType } from "../../model/circa-types.ts";
import type { CircaField } from "../../model/fields.ts";
import { toLongId, type CircaEvent } from "../../model/records.ts";
import { eventIdFault, readInstant } from "./webhook-shape.ts";

/** An instant that can't be read is no reason to pass the record over: it counts as the oldest. */
const instant = z.unknown().transform((value, context): number => {
  if (value === undefined) context.addIssue({ code: "custom", message: "is missing" });
  return readInstant(value);
});

/** One that tells no value tells nothing, and an entry of another form is passed over. */
const customValue = z.looseObject({
  id: z.string().optional(),
  field_id: z.string().optional(),
  value: z.unknown(),
});
const customValues = z.union([
  z.record(z.string(), z.unknown()),
  z.array(z.unknown()).transform((entries) =>
    Object.fromEntries(
      entries.flatMap((entry) => {
        const { id, field_id: fieldId, value } = customValue.safeParse(entry).data ?? {};
        const key = id ?? fieldId;
        return key === undefined || value === undefined ? [] : [[key, value]];
      }),
    ),
  ),
]);

export const eventIdSchema = z.string().superRefine((id, context) => {
  const message = eventIdFault(id);
  if (message !== null) context.addIssue({ code: "custom", message });
});

/** Attributes of an Event that are no Event Info fields. */
const notFields = new Set([
  "id",
  "custom_fields",
  "created_at",
  "created_by",
  "updated_at",
  "updated_by",
  "version",
  "salesforce_campaign_id",
  "crm_sync_status",
]);

/**
 * An Event in any of the shapes the public connectors show. What people fill in may be of any
 * kind: an odd value is its field's problem, never the Event's.
 */
export const eventSchema = z
  .looseObject({
    id: eventIdSchema,
    name: z.unknown().optional(),
    time_zone: z.unknown().optional(),
    updated_at: instant,
    version: z.unknown().optional(),
    salesforce_campaign_id: z.unknown().optional(),
    custom_fields: customValues.nullish(),
  })
  .transform((event): CircaEvent => {
    const { name, time_zone: zone, version, salesforce_campaign_id: campaignId } = event;
    return {
      id: event.id,
      name: typeof name === "string" ? name : "",
      version: z.int().min(1).safeParse(version).data ?? null,
      updatedAt: event.updated_at,
      timeZone: typeof zone === "string" ? zone : zone == null ? "UTC" : JSON.stringify(zone),
      campaignId: readCampaignId(campaignId),
      values: {
        ...Object.fromEntries(Object.entries(event).filter(([key]) => !notFields.has(key))),
        ...event.custom_fields,
      },
    };
  });

const eventBody = z.looseObject({ custom_fields: customValues.nullish() });

/** Two bodies of one version of an Event together, neither of which need be whole. */
export function joinBodies(known: unknown, told: unknown): unknown {
  const [before, now] = [eventBody.parse(known), eventBody.parse(told)];
  return { ...before, ...now, custom_fields: { ...before.custom_fields, ...now.custom_fields } };
}

/** An Id that is none counts as none; an attribute that is missing stays unknown. */
function readCampaignId(value: unknown): string | null | undefined {
  if (value === undefined) return undefined;
  return typeof value === "string" ? toLongId(value) : null;
}

export const crmSyncSchema = z.looseObject({
  provider: z.string(),
  direction: z.string(),
  campaign_field: z.string(),
  options: z.array(z.looseObject({ value: z.string(), label: z.string() })).nullish(),
});

/** A field of the catalogue; types we don't know become `UNKNOWN` and can't be mapped. */
export const fieldSchema = z
  .looseObject({
    id: z.string().min(1),
    label: z.string(),
    field_name: z.string().nullish(),
    field_type: z.string(),
    options: z.array(z.string()).nullish(),
    section: z.string().nullish(),
    required: z.boolean().nullish(),
    read_only: z.boolean().nullish(),
    crm_sync: crmSyncSchema.nullish(),
  })
  .transform((field) => ({ field: toCircaField(field), crmSync: field.crm_sync ?? null }));
export type FieldWithSync = z.infer<typeof fieldSchema>;

/** Standard fields that Circa derives or that no API call can set: they can only be sent. */
const derived = new Set([
  "id",
  "brief_url",
  "team",
  "planned_total",
  "actual_total",
  "paid_total",
  "created_at",
  "created_by",
  "updated_at",
  "updated_by",
]);

function toCircaField(field: {
  id: string;
  label: string;
  field_name?: string | null | undefined;
  field_type: string;
  options?: string[] | null | undefined;
  section?: string | null | undefined;
  required?: boolean | null | undefined;
  read_only?: boolean | null | undefined;
}): CircaField {
  const type = field.field_type.toUpperCase();
  const standardName = field.field_name ?? null;
  return {
    key: standardName ?? field.id,
    id: field.id,
    label: field.label,
    type: isFieldType(type) ? type : "UNKNOWN",
    custom: standardName === null,
    section: field.section ?? null,
    options: field.options ?? [],
    required: field.required ?? false,
    readOnly: field.read_only ?? (standardName !== null && derived.has(standardName)),
  };
}

function isFieldType(type: string): type is CircaFieldType {
  return (circaFieldTypes as readonly string[]).includes(type);
}

export const actorSchema = z
  .looseObject({ type: z.string(), email: z.string().nullish() })
  .nullish();

/** An endpoint of the list; one that says nothing of being switched on is. */
export const endpointSchema = z
  .looseObject({
    url: z.string(),
    types: z.array(z.string()).catch([]),
    enabled: z.boolean().nullish(),
  })
  .transform(({ url, types, enabled }) => ({ url, types, enabled: enabled ?? true }));
