import type { FieldValue, ObjectSchema, SharingModel } from "../schema/types.ts";
import type { UserAccess } from "../schema/access.ts";

/** What a user may do with one record. `all` is to delete it and to give it to another owner. */
export const recordLevels = { none: 0, read: 1, edit: 2, all: 3 } as const;
export type RecordLevel = (typeof recordLevels)[keyof typeof recordLevels];

/** Who asks. */
export interface RecordUser {
  readonly userId: string;
  readonly access: UserAccess;
}

const ofEverybody: Readonly<Record<SharingModel, RecordLevel>> = {
  Private: recordLevels.none,
  Read: recordLevels.read,
  ReadWrite: recordLevels.edit,
  FullAccess: recordLevels.all,
};

/**
 * What sharing allows with a record, beside the user's rights on the object: the organization-wide
 * default, ownership, and "View All" and "Modify All". Roles, groups, sharing rules and shares are
 * not here.
 */
export function recordLevel(
  user: RecordUser,
  object: ObjectSchema,
  record: Readonly<Record<string, FieldValue>>,
): RecordLevel {
  const everywhere = levelOnEveryRecord(user, object);
  return record.OwnerId === user.userId ? recordLevels.all : everywhere;
}

/** What the user may do with any record of the object. */
export function levelOnEveryRecord({ access }: RecordUser, object: ObjectSchema): RecordLevel {
  if (object.sharingModel === null) return recordLevels.all;
  const open = ofEverybody[object.sharingModel];
  if (open === recordLevels.all) return open;
  switch (access.onEveryRecord(object)) {
    case "everything":
      return recordLevels.all;
    case "read":
      return open > recordLevels.read ? open : recordLevels.read;
    case "nothing":
      return open;
  }
}

export function mayReadRecord(
  user: RecordUser,
  object: ObjectSchema,
  record: Readonly<Record<string, FieldValue>>,
): boolean {
  return recordLevel(user, object, record) >= recordLevels.read;
}
