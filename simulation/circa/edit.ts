/** Edits in Circa: what it refuses, what moves the version, and which webhook follows. */
import type { FieldRefusal } from "../../middleware/runtime/errors.ts";
import type { EventRow, FieldRow, Workspace } from "./workspace.ts";

export interface EditRules {
  /** Locked fields are refused. */
  readonly person: boolean;
}

export type EditOutcome =
  | { readonly ok: true; readonly row: EventRow; readonly changed: readonly string[] }
  | { readonly ok: false; readonly refusals: readonly FieldRefusal[] };

export function editEvent(
  workspace: Workspace,
  row: EventRow,
  values: Readonly<Record<string, unknown>>,
  { person }: EditRules,
  nowMs: number,
): EditOutcome {
  const changed: string[] = [];
  const refusals: FieldRefusal[] = [];
  for (const [key, value] of Object.entries(values)) {
    if (sameValue(row.values.get(key), value)) continue;
    const field = workspace.field(key);
    const code = field === undefined ? "unknown" : refusalOf(field, value, person);
    if (code === null) changed.push(key);
    else refusals.push({ code, message: `${key}: ${code}`, fields: [key] });
  }
  if (refusals.length > 0) return { ok: false, refusals };
  if (changed.length === 0) return { ok: true, row, changed };
  const after: EventRow = {
    ...row,
    values: new Map([...row.values, ...changed.map((key) => [key, values[key] ?? null] as const)]),
    version: row.version + 1,
    updatedAt: nowMs,
  };
  workspace.put(after);
  return { ok: true, row: after, changed };
}

function refusalOf(field: FieldRow, value: unknown, person: boolean): string | null {
  if (person && field.sync?.direction === "from_salesforce") return "locked";
  const blank = value == null || value === "" || (Array.isArray(value) && value.length === 0);
  if (blank) return field.required ? "required" : null;
  if (field.type === "SELECT" && !field.options.includes(value as string)) return "not_an_option";
  if (field.type === "MULTISELECT") {
    const known = (value as string[]).every((one) => field.options.includes(one));
    return known ? null : "not_an_option";
  }
  return null;
}

/** Another Event has that Campaign. */
export class CampaignIsTakenError extends Error {
  override readonly name = "CampaignIsTakenError";
}

/** @throws CampaignIsTakenError */
export function connect(
  workspace: Workspace,
  row: EventRow,
  campaignId: string | null,
  nowMs: number,
): EventRow {
  if (row.campaignId === campaignId) return row;
  const holder = campaignId === null ? undefined : workspace.eventOfCampaign.get(campaignId);
  if (holder !== undefined) {
    throw new CampaignIsTakenError(`Campaign is connected to Event ${holder} already`);
  }
  const after: EventRow = { ...row, campaignId, version: row.version + 1, updatedAt: nowMs };
  workspace.put(after);
  return after;
}

function sameValue(a: unknown, b: unknown): boolean {
  if (a === b || (a ?? null) === (b ?? null)) return true;
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
