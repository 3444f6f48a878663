import { recordLevel, recordLevels } from "../data/record-sharing.ts";
import type { FieldValue } from "../schema/types.ts";
import type { QueryContext } from "./query-context.ts";

type Row = Readonly<Record<string, FieldValue>>;

/**
 * What the user who asks may do with records, as UserRecordAccess shows it: by sharing and by the rights on
 * the object. About other users it says nothing here.
 */
export function recordAccessRows(context: QueryContext, recordIds: readonly string[]): Row[] {
  return recordIds.flatMap((id) => {
    const object = context.org.schema.objectOfPrefix(id.slice(0, 3));
    const record = object && context.org.store.get(object.name, id);
    if (!object || !record) return [];
    const level = recordLevel(context, object, record);
    const can = (action: "read" | "edit" | "delete", least: number): boolean =>
      level >= least && context.access.canDo(object, action);
    return {
      Id: record.Id,
      UserId: context.userId,
      RecordId: record.Id,
      HasReadAccess: can("read", recordLevels.read),
      HasEditAccess: can("edit", recordLevels.edit),
      HasDeleteAccess: can("delete", recordLevels.all),
    };
  });
}
