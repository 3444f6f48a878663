/**
 * The mappings and the fields that they name, as they were last believed: without them the first
 * read after a start would have nothing to be held against, however much it lacks.
 */
import { z } from "zod";
import { circaFieldTypes } from "../../model/circa-types.ts";
import { blankRules, directions, type CampaignField } from "../../model/fields.ts";
import { crmSyncSchema, type FieldWithSync } from "../../systems/circa/schemas.ts";
import { readCheckpoint, writeCheckpoint } from "./checkpoints.ts";
import type { Database } from "../database/database.ts";
import { readJson } from "../database/json-column.ts";
import type { MappingRow } from "../../model/admin-rows.ts";

const text = z.string();
const flag = z.boolean();
const count = z.number();

const rowSchema = z.object({
  developerName: text,
  label: text,
  circaFieldKey: text.nullable(),
  campaignField: text.nullable(),
  direction: z.enum(directions).nullable(),
  blankRule: z.enum(blankRules),
  recordType: text.nullable(),
  active: flag,
});

const valueSchema = z.object({
  value: text,
  label: text,
  active: flag,
  defaultValue: flag,
  validFor: text.nullable(),
});

const campaignFieldSchema = z.object({
  name: text,
  label: text,
  type: text,
  length: count,
  precision: count,
  scale: count,
  nillable: flag,
  updateable: flag,
  createable: flag,
  calculated: flag,
  htmlFormatted: flag,
  restrictedPicklist: flag,
  picklistValues: z.array(valueSchema),
  controllerName: text.nullable(),
  referenceTo: z.array(text),
});

const circaFieldSchema = z.object({
  key: text,
  id: text,
  label: text,
  type: z.enum(circaFieldTypes),
  custom: flag,
  section: text.nullable(),
  options: z.array(text),
  required: flag,
  readOnly: flag,
});

const cataloguesSchema: z.ZodType<Catalogues> = z.object({
  rows: z.array(rowSchema),
  campaignFields: z.array(campaignFieldSchema),
  circaFields: z.array(z.object({ field: circaFieldSchema, crmSync: crmSyncSchema.nullable() })),
});

/** What was read, before any of it is checked. */
export interface Catalogues {
  readonly rows: readonly MappingRow[];
  readonly campaignFields: readonly CampaignField[];
  readonly circaFields: readonly FieldWithSync[];
}

/** @returns null before the first, and when another version of this program kept other things */
export async function keptCatalogues({
  query,
}: Pick<Database, "query">): Promise<Catalogues | null> {
  const kept = await readCheckpoint(query, "catalogues");
  return kept === null ? null : readJson(kept, cataloguesSchema);
}

/** Keeps what the mappings name of them; the rest of a Campaign's fields is not needed. */
export async function saveCatalogues(
  database: Database,
  { rows, campaignFields, circaFields }: Catalogues,
  nowMs: number,
): Promise<void> {
  const fields = new Set(rows.map(({ campaignField }) => campaignField));
  for (const { name, controllerName } of campaignFields) {
    if (fields.has(name)) fields.add(controllerName);
  }
  const keys = new Set(rows.map(({ circaFieldKey }) => circaFieldKey));
  const value = JSON.stringify({
    rows,
    campaignFields: campaignFields.filter(({ name }) => fields.has(name)),
    circaFields: circaFields.filter(({ field }) => keys.has(field.key)),
  } satisfies Catalogues);
  if ((await readCheckpoint(database.query, "catalogues")) === value) return;
  await database.write((trx) => writeCheckpoint(trx, "catalogues", value, nowMs));
}
