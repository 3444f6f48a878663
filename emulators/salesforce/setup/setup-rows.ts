import { wholeSecond } from "../data/convert-time.ts";
import type { Org } from "../data/org.ts";
import type { FieldValue } from "../schema/types.ts";

type Values = Readonly<Record<string, FieldValue>>;
type Audit = Readonly<Record<string, string>>;

export function auditOf(org: Org, userId: string): Audit {
  const at = wholeSecond(org.now());
  return {
    CreatedDate: at,
    CreatedById: userId,
    LastModifiedDate: at,
    LastModifiedById: userId,
    SystemModstamp: at,
  };
}

/**
 * Gives every permission set, record type and notification type of the schema its row, so that queries
 * find it, and takes the rows of those that are gone. Does not commit.
 */
export function writeSetupRows(org: Org, audit: Audit): void {
  const { schema } = org;
  syncRows(
    org,
    "PermissionSet",
    ({ Name }) => String(Name),
    new Map(
      [...schema.permissionSets.values()].map((set) => [
        set.name,
        { Name: set.name, Label: set.label, NamespacePrefix: null, ...audit },
      ]),
    ),
  );
  syncRows(
    org,
    "CustomNotificationType",
    ({ DeveloperName }) => String(DeveloperName),
    new Map(
      [...schema.notificationTypes].map(([name, label]) => [
        name,
        { DeveloperName: name, MasterLabel: label, NamespacePrefix: null },
      ]),
    ),
  );
  writeRecordTypes(org, audit);
}

/** Record types that were seeded by hand are of no source file, and stay. */
function writeRecordTypes(org: Org, audit: Audit): void {
  const keyOf = (object: unknown, name: unknown): string => `${String(object)}.${String(name)}`;
  const rows = new Map(
    [...org.store.rows("RecordType")].map((row) => [
      keyOf(row.SobjectType, row.DeveloperName),
      row,
    ]),
  );
  for (const object of org.schema.objects()) {
    for (const type of object.recordTypes) {
      const row = rows.get(keyOf(object.name, type.developerName));
      org.store.put("RecordType", {
        ...(row ?? audit),
        Id: row?.Id ?? org.ids.next("012"),
        Name: type.label,
        DeveloperName: type.developerName,
        NamespacePrefix: null,
        Description: type.description,
        SobjectType: object.name,
        IsActive: type.active,
      });
    }
  }
}

function syncRows(
  org: Org,
  objectName: string,
  nameOf: (row: Values) => string,
  wanted: ReadonlyMap<string, Values>,
): void {
  const { store } = org;
  const known = new Set<string>();
  for (const row of [...store.rows(objectName)]) {
    const name = nameOf(row);
    known.add(name);
    const values = wanted.get(name);
    if (values) store.put(objectName, { ...values, ...row, ...labelOf(values) });
    else store.remove(objectName, row.Id);
  }
  const keyPrefix = org.schema.object(objectName)?.keyPrefix ?? "000";
  for (const [name, values] of wanted) {
    if (!known.has(name)) store.put(objectName, { ...values, Id: org.ids.next(keyPrefix) });
  }
}

/** What a deployment may change on a row that is there. */
function labelOf(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => name === "Label" || name === "MasterLabel"),
  );
}
