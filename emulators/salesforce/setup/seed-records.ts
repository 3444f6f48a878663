import type { Org } from "../data/org.ts";
import { RequestError } from "../data/errors.ts";
import { insertRecords } from "../data/save.ts";
import type { FieldValue } from "../schema/types.ts";
import { putMetadataRow } from "./custom-metadata.ts";

/** Records to start with. Fields as in the REST API; an `Id` is given by the emulator. */
export interface SeedData {
  campaigns?: Record<string, unknown>[];
  /** `Username`, `LastName` and `Email` at least; the rest has defaults. */
  users?: Record<string, unknown>[];
  /** `DeveloperName` at least, of Campaign; for record types that no source file brings. */
  recordTypes?: Record<string, unknown>[];
  /** Custom metadata rows to add or change, such as mapping rows that are switched on. */
  customMetadata?: {
    type: string;
    developerName: string;
    label?: string;
    values: Record<string, FieldValue>;
  }[];
}

export interface SeededIds {
  campaigns: string[];
  users: string[];
  recordTypes: string[];
}

/**
 * Adds records without triggers, faults and events. Users and record types come first, so that
 * Campaigns may name them.
 * @throws Error naming the record and the field that is wrong
 */
export function seedRecords(org: Org, userId: string, data: SeedData): SeededIds {
  for (const { type, developerName, label, values } of data.customMetadata ?? []) {
    const change = {
      objectName: type,
      developerName,
      label,
      values: new Map(Object.entries(values)),
    };
    putMetadataRow(org, change);
  }
  const triggers = org.triggers.splice(0);
  const checks = org.rowChecks.splice(0);
  try {
    const users = insert(
      org,
      userId,
      "User",
      (data.users ?? []).map((user) => withUserDefaults(org, user)),
    );
    for (const id of users) org.grant(id, "administrator");
    const recordTypes = insert(
      org,
      userId,
      "RecordType",
      (data.recordTypes ?? []).map(withTypeDefaults),
    );
    return { users, recordTypes, campaigns: insert(org, userId, "Campaign", data.campaigns ?? []) };
  } finally {
    org.triggers.push(...triggers);
    org.rowChecks.push(...checks);
  }
}

function insert(
  org: Org,
  userId: string,
  objectName: string,
  records: readonly Record<string, unknown>[],
): string[] {
  const results = org.transact(userId, (transaction) =>
    insertRecords(transaction, objectName, records, { allOrNone: true, mode: "system" }),
  );
  return results.map((result, index) => {
    const [error] = result.errors;
    if (error && error.statusCode !== "ALL_OR_NONE_OPERATION_ROLLED_BACK") {
      const text = `${objectName} ${index + 1} can't be seeded: ${error.statusCode} ${error.message}`;
      throw new RequestError(error.statusCode, text);
    }
    return result.id ?? "";
  });
}

function withUserDefaults(org: Org, user: Record<string, unknown>): Record<string, unknown> {
  const [profile] = org.store.rows("Profile");
  const lastName = typeof user.LastName === "string" ? user.LastName : "User";
  return {
    Alias: lastName.toLowerCase().slice(0, 8),
    IsActive: true,
    TimeZoneSidKey: "America/Los_Angeles",
    LocaleSidKey: "en_US",
    LanguageLocaleKey: "en_US",
    EmailEncodingKey: "UTF-8",
    ProfileId: profile?.Id ?? null,
    UserType: "Standard",
    UserPermissionsMarketingUser: true,
    ...user,
  };
}

function withTypeDefaults(type: Record<string, unknown>): Record<string, unknown> {
  return { Name: type.DeveloperName, SobjectType: "Campaign", IsActive: true, ...type };
}
