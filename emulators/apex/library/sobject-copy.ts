import { ListValue } from "../values/collections.ts";
import { SObjectValue } from "../values/sobject-value.ts";

export interface CopyOptions {
  readonly ids: boolean;
  /** Copies related records too instead of sharing them. */
  readonly deep: boolean;
  readonly timestamps: boolean;
  readonly autonumbers: boolean;
}

const timestampFields = new Set([
  "createddate",
  "createdbyid",
  "lastmodifieddate",
  "lastmodifiedbyid",
]);

/** `SObject.clone` and `List.deepClone`. */
export function copyRecord(record: SObjectValue, options: CopyOptions): SObjectValue {
  const copy = record.copy();
  if (!options.ids) copy.fields.delete("id");
  for (const [name, value] of record.fields) {
    if (!options.timestamps && timestampFields.has(name)) copy.fields.delete(name);
    if (!options.deep) continue;
    if (value instanceof SObjectValue) copy.fields.set(name, copyRecord(value, options));
    if (value instanceof ListValue)
      copy.fields.set(
        name,
        new ListValue(
          value.element,
          value.items.map((item) =>
            item instanceof SObjectValue ? copyRecord(item, options) : item,
          ),
        ),
      );
  }
  return copy;
}
