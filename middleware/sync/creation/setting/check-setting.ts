/** From the admin's setting to the rule by which Campaigns are made. Pure but for two look-ups. */
import type { CreationSettingRow } from "../../../model/admin-rows.ts";
import type { CampaignField, CircaField } from "../../../model/fields.ts";
import type { SettingName } from "../../../model/problems/entries/mapping.ts";
import { toLongId } from "../../../model/records.ts";
import { readPattern, type NamePattern } from "./name-pattern.ts";

/** By what a Campaign is made for an Event that never had one. */
export interface CreationRule {
  /** Upper-case, as Circa names them. */
  readonly statuses: readonly string[];
  readonly recordType: { readonly id: string; readonly developerName: string } | null;
  /** 18 characters. */
  readonly parentCampaignId: string | null;
  readonly namePattern: NamePattern;
}

/** What is wrong with one part of the setting, for the admin. */
export interface SettingFault {
  /** The setting's label in Salesforce. */
  readonly setting: SettingName;
  readonly reason: string;
}

export interface Creation {
  /** null: no Campaigns are made. */
  readonly rule: CreationRule | null;
  /** Why none are made though the setting is switched on. */
  readonly faults: readonly SettingFault[];
}

export interface CheckParts {
  readonly circaFields: readonly CircaField[];
  readonly campaignFields: readonly CampaignField[];
  /** API name of the Campaign field that holds the Event's id. */
  readonly eventIdField: string;
  readonly recordTypes: () => Promise<
    readonly { readonly id: string; readonly developerName: string; readonly available: boolean }[]
  >;
  readonly campaignExists: (campaignId: string) => Promise<boolean>;
}

/** Blank takes the Event's own name. */
const defaultPattern = "{name}";
/** The Event does not take place for us. */
const skipped = "SKIPPING";

/**
 * Checks a setting that is switched on. One fault switches the creation off: a Campaign with half
 * of what was asked for is harder to repair than one that is not there yet.
 * @throws what the look-ups throw
 */
export async function checkSetting(row: CreationSettingRow, parts: CheckParts): Promise<Creation> {
  if (!row.createCampaigns) return { rule: null, faults: [] };
  const faults: SettingFault[] = [];
  const statuses = readStatuses(row.createAtStatus, parts.circaFields, faults);
  const recordType = await findRecordType(row.recordType, parts, faults);
  const parentCampaignId = await findParent(row.parentCampaignId, parts, faults);
  const namePattern = findPattern(row.namePattern, parts, faults);
  const named = [
    ...["Name", "IsActive", parts.eventIdField],
    ...(row.recordType === null ? [] : ["RecordTypeId"]),
    ...(row.parentCampaignId === null ? [] : ["ParentId"]),
  ];
  const missing = named.filter(
    (name) => parts.campaignFields.find((field) => field.name === name)?.createable !== true,
  );
  if (missing.length > 0) {
    faults.push({
      setting: "Create Campaigns",
      reason: `The integration user can't set ${missing.join(", ")} on a new Campaign. Give it the permission set Circa Sync Integration of this release, and Marketing User.`,
    });
  }
  if (faults.length > 0 || namePattern === null) return { rule: null, faults };
  return { rule: { statuses, recordType, parentCampaignId, namePattern }, faults };
}

function readStatuses(
  text: string | null,
  circaFields: readonly CircaField[],
  faults: SettingFault[],
): string[] {
  const setting = "Create At Status";
  const statuses = (text ?? "").split(",").map((part) => part.trim().toUpperCase());
  const given = [...new Set(statuses.filter(Boolean))];
  if (given.length === 0) {
    faults.push({
      setting,
      reason: "No status is named. Enter the one at which a Campaign is made.",
    });
  }
  const options = circaFields.find((field) => field.key === "status")?.options ?? [];
  const known = new Set(options.map((option) => option.toUpperCase()));
  for (const status of given) {
    if (status === skipped) {
      faults.push({
        setting,
        reason: "An Event that is skipped gets no Campaign. Remove SKIPPING.",
      });
    } else if (known.size > 0 && !known.has(status)) {
      faults.push({
        setting,
        reason: `Circa has no Event status "${status}". Its statuses are ${options.join(", ")}.`,
      });
    }
  }
  return given;
}

async function findRecordType(
  name: string | null,
  parts: CheckParts,
  faults: SettingFault[],
): Promise<CreationRule["recordType"]> {
  if (name === null) return null;
  const all = await parts.recordTypes();
  const found = all.find((it) => it.developerName.toLowerCase() === name.toLowerCase());
  if (found?.available === true) return found;
  faults.push({
    setting: "Campaign Record Type",
    reason:
      found === undefined
        ? `Campaign has no record type with the developer name "${name}". Correct it, or leave it blank for the integration user's default.`
        : `The record type "${name}" is inactive or not assigned to the integration user. Assign it in that user's permission set.`,
  });
  return null;
}

async function findParent(
  given: string | null,
  parts: CheckParts,
  faults: SettingFault[],
): Promise<string | null> {
  if (given === null) return null;
  const id = given.startsWith("701") ? toLongId(given) : null;
  if (id !== null && (await parts.campaignExists(id))) return id;
  faults.push({
    setting: "Parent Campaign",
    reason:
      id === null
        ? `"${given}" is no Id of a Campaign: those start with 701 and have 15 or 18 characters.`
        : `The Campaign ${id} does not exist or is not visible to the integration user.`,
  });
  return null;
}

function findPattern(
  source: string | null,
  { circaFields, campaignFields }: CheckParts,
  faults: SettingFault[],
): NamePattern | null {
  const target = campaignFields.find((field) => field.name === "Name");
  // Reported with the other fields that can't be set.
  if (target === undefined) return null;
  const read = readPattern(source ?? defaultPattern, circaFields, target);
  if (read.ok) return read.pattern;
  faults.push({ setting: "Campaign Name Pattern", reason: read.reason });
  return null;
}

/** Whether the Event's status is one at which a Campaign is made. */
export function reachesStatus(rule: CreationRule, status: unknown): boolean {
  return typeof status === "string" && rule.statuses.includes(status.trim().toUpperCase());
}

/** Moves with every change for which Events without a Campaign have to be checked again. */
export function creationFingerprint({ rule, faults }: Creation): unknown {
  if (rule === null) return faults.map(({ setting }) => setting);
  const { statuses, recordType, parentCampaignId, namePattern } = rule;
  return [statuses, recordType?.id ?? null, parentCampaignId, namePattern.source];
}
