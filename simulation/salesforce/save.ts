/** A save in the org: its rules, its automation, and what its trigger publishes. */
import type { WriteResult } from "../../middleware/systems/salesforce/campaigns/schemas.ts";
import { fieldByCampaignName } from "../fields.ts";
import { linkField, statusFieldNames, type CampaignRow, type Org } from "./org.ts";

export type Author = "person" | "integration";

export interface Saved {
  readonly row: CampaignRow;
  /** API names whose value is another one now, automation's included. */
  readonly changed: ReadonlySet<string>;
  /** Those of them that automation changed. */
  readonly automated: ReadonlySet<string>;
  readonly before: ReadonlyMap<string, unknown>;
}

export type SaveOutcome =
  | { readonly ok: true; readonly saved: Saved }
  | (Extract<WriteResult, { ok: false }> & { readonly saved?: undefined });

const refuse = (code: string, message: string, fields: readonly string[]): SaveOutcome => ({
  ok: false,
  refusals: [{ code, message, fields }],
});

/** Changes one Campaign, or says why not. Publishing is the caller's, once per transaction. */
export function save(
  org: Org,
  row: CampaignRow | undefined,
  values: Readonly<Record<string, unknown>>,
  author: Author,
  nowMs: number,
): SaveOutcome {
  if (row === undefined || row.deleted) {
    return refuse("ENTITY_IS_DELETED", "entity is deleted", []);
  }
  const changed = new Set<string>();
  for (const [name, value] of Object.entries(values)) {
    if ((row.values.get(name) ?? null) !== (value ?? null)) changed.add(name);
  }
  const refused = check(org, row, values, changed, author);
  if (refused !== null) return refused;
  const before = new Map(row.values);
  for (const name of changed) row.values.set(name, values[name] ?? null);
  const automated = runFlow(org, row, changed);
  row.modifiedAt = Math.floor(nowMs / 1_000) * 1_000;
  if (changed.has(linkField)) moveHolder(org, row, before.get(linkField));
  return { ok: true, saved: { row, changed, automated, before } };
}

function runFlow(org: Org, row: CampaignRow, changed: Set<string>): ReadonlySet<string> {
  const notes = org.mappings.get("cf_notes");
  // Where Circa owns the notes, only the sweep could see what a flow did behind the write itself.
  if (notes?.active === true && notes.direction === "to_salesforce") return new Set();
  if (!org.flowOn || !changed.has("Circa_Location__c")) return new Set();
  const copy = `flow: ${String(row.values.get("Circa_Location__c"))}`;
  if (row.values.get("Notes__c") === copy) return new Set();
  row.values.set("Notes__c", copy);
  changed.add("Notes__c");
  return new Set(["Notes__c"]);
}

function check(
  org: Org,
  row: CampaignRow,
  values: Readonly<Record<string, unknown>>,
  changed: ReadonlySet<string>,
  author: Author,
): SaveOutcome | null {
  for (const name of changed) {
    const field = fieldByCampaignName.get(name);
    const value = values[name];
    if (name === linkField && typeof value === "string") {
      const other = org.holders.get(value);
      if (other !== undefined && other !== row) {
        return refuse("DUPLICATE_VALUE", `duplicate value found: ${name} on ${other.id}`, [name]);
      }
    }
    if (field === undefined) continue;
    if (typeof value === "string" && value.length > field.length) {
      return refuse("STRING_TOO_LONG", `${name}: data value too large`, [name]);
    }
    if (field.required && (value === null || value === "")) {
      return refuse("REQUIRED_FIELD_MISSING", `Required fields are missing: [${name}]`, [name]);
    }
    if (org.picklists.has(name) && typeof value === "string") {
      const active = new Set(org.activeValues(name));
      if (value.split(";").some((one) => !active.has(one))) {
        const message = `${name}: bad value for restricted picklist field: ${value}`;
        return refuse("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message, [name]);
      }
    }
  }
  if (author === "person") return null;
  const touched = [...changed].filter((name) => !statusFieldNames.includes(name));
  for (const rule of org.refusals) {
    if (rule.campaignId !== null && rule.campaignId !== row.id) continue;
    if (rule.field === null ? touched.length === 0 : !changed.has(rule.field)) continue;
    const fields = rule.field === null ? [] : [rule.field];
    return refuse("FIELD_CUSTOM_VALIDATION_EXCEPTION", "a rule of the org refuses this", fields);
  }
  return null;
}

export function moveHolder(org: Org, row: CampaignRow, before: unknown): void {
  if (typeof before === "string" && org.holders.get(before) === row) org.holders.delete(before);
  const now = row.values.get(linkField);
  if (typeof now === "string" && !row.deleted) org.holders.set(now, row);
}

/**
 * What the package's trigger does after a transaction: one event for the Campaigns whose link or
 * mapped fields changed; the integration's own changes count only where they are FROM fields.
 */
export function concernsSync(org: Org, { row, changed, before }: Saved, author: Author): boolean {
  if (author === "person" && changed.has(linkField)) return true;
  const linked = [row.values.get(linkField), before.get(linkField)];
  if (!linked.some((eventId) => typeof eventId === "string")) return false;
  for (const { field, active, direction } of org.mappings.values()) {
    if (!active || !changed.has(field.campaign)) continue;
    if (author === "person" || direction === "from_salesforce") return true;
  }
  return false;
}
