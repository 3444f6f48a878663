/** Salesforce's JSON, checked as far as we rely on it. */
import type { MappingRow } from "../../../model/admin-rows.ts";
import { z } from "zod";
import { SystemError, type FieldRefusal } from "../../../runtime/errors.ts";
import type { Direction } from "../../../model/fields.ts";
import type { Campaign } from "../../../model/records.ts";
import type { PackageNames } from "../connection/names.ts";

const picklistValue = z
  .object({
    value: z.string(),
    label: z.string().nullish(),
    active: z.boolean(),
    defaultValue: z.boolean(),
    validFor: z.string().nullish(),
  })
  .transform((entry) => ({
    value: entry.value,
    label: entry.label ?? entry.value,
    active: entry.active,
    defaultValue: entry.defaultValue,
    validFor: entry.validFor ?? null,
  }));

export const campaignDescribeSchema = z.object({
  fields: z.array(
    z
      .object({
        name: z.string(),
        label: z.string(),
        type: z.string(),
        length: z.number(),
        precision: z.number(),
        scale: z.number(),
        nillable: z.boolean(),
        updateable: z.boolean(),
        createable: z.boolean(),
        calculated: z.boolean(),
        htmlFormatted: z.boolean().default(false),
        restrictedPicklist: z.boolean().default(false),
        picklistValues: z.array(picklistValue).default([]),
        controllerName: z.string().nullish(),
        referenceTo: z.array(z.string()).default([]),
      })
      .transform((field) => ({ ...field, controllerName: field.controllerName ?? null })),
  ),
});

const directionByValue: Readonly<Record<string, Direction>> = {
  To_Salesforce: "to_salesforce",
  From_Salesforce: "from_salesforce",
};

/** A row with a missing or unknown part is still a row: mapping rules name what is wrong with it. */
export function mappingRowSchema(names: PackageNames) {
  return z
    .looseObject({ DeveloperName: z.string(), MasterLabel: z.string().nullish() })
    .transform((row): MappingRow => {
      if (typeof row[names.of("Is_Active__c")] !== "boolean") {
        throw new SystemError("salesforce", "retry", "Salesforce answered with no mapping");
      }
      const textOf = (name: string): string | null => {
        const parsed = z.string().trim().min(1).safeParse(row[names.of(name)]);
        return parsed.success ? parsed.data : null;
      };
      const field = z
        .object({ QualifiedApiName: z.string() })
        .safeParse(row[names.of("Campaign_Field__r")]);
      return {
        developerName: row.DeveloperName,
        label: row.MasterLabel ?? row.DeveloperName,
        circaFieldKey: textOf("Circa_Field_Key__c"),
        campaignField: field.success ? field.data.QualifiedApiName : null,
        direction: directionByValue[textOf("Direction__c") ?? ""] ?? null,
        blankRule: textOf("Blank_Rule__c") === "Keep" ? "keep" : "copy",
        recordType: textOf("Record_Type__c"),
        active: row[names.of("Is_Active__c")] === true,
      };
    });
}

const campaignSchema = z.looseObject({
  Id: z.string(),
  Name: z.string().nullish(),
  SystemModstamp: z.string(),
  RecordTypeId: z.string().nullish(),
});

/** A row of a Campaign query; its `attributes` are left out. */
export function toCampaign(record: unknown, names: PackageNames): Campaign {
  const parsed = campaignSchema.safeParse(record);
  // Without the Event's id it would look like a disconnected Campaign.
  if (!parsed.success || !(names.eventId in parsed.data)) {
    throw new SystemError("salesforce", "retry", "Salesforce answered with no Campaign");
  }
  const { attributes: _attributes, ...values } = parsed.data;
  const eventId = values[names.eventId];
  return {
    id: values.Id,
    name: values.Name ?? "",
    eventId: typeof eventId === "string" && eventId !== "" ? eventId : null,
    modifiedAt: Date.parse(values.SystemModstamp),
    recordTypeId: values.RecordTypeId ?? null,
    values,
  };
}

export type WriteResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly refusals: readonly FieldRefusal[] };

const saveErrors = z.array(
  z.object({
    statusCode: z.string(),
    message: z.string(),
    fields: z.array(z.string()).nullish(),
  }),
);

/**
 * The errors of one result of a composite collection. The wire says `statusCode`, whatever
 * jsforce's types say (REST API Developer Guide, "sObject Collections").
 */
export function refusalsOf(errors: unknown): FieldRefusal[] {
  return saveErrors.parse(errors).map(({ statusCode, message, fields }) => ({
    code: statusCode,
    message,
    fields: fields ?? [],
  }));
}
