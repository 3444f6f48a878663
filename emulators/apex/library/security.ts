/** Security.stripInaccessible: records without the fields the user may not touch. */
import type { Runtime } from "../run/runtime.ts";
import { setOf, stringType } from "../types/builtin.ts";
import { ListValue, MapValue, SetValue } from "../values/collections.ts";
import type { EnumValue } from "../values/enum-value.ts";
import { NativeValue } from "../values/native-value.ts";
import { SObjectValue } from "../values/sobject-value.ts";
import type { Value } from "../values/value.ts";
import { libraryClass } from "./define.ts";
import { libraryEnum } from "./enum.ts";

libraryEnum("AccessType", ["CREATABLE", "READABLE", "UPDATABLE", "UPSERTABLE"]);

interface Decision {
  readonly records: ListValue;
  readonly removed: MapValue;
}

const decisionInfo = libraryClass("SObjectAccessDecision", {
  "List<SObject> getRecords()": (_rt, self: NativeValue<Decision>) => self.data.records,
  "Map<String, Set<String>> getRemovedFields()": (_rt, self: NativeValue<Decision>) =>
    self.data.removed,
});

/** Fields without field-level security stay. */
const alwaysKept = new Set(["id"]);

function strip(rt: Runtime, access: string, source: ListValue, checkObject: boolean): Value {
  const removed = new MapValue(stringType, setOf(stringType));
  const records = source.items.map((item) => {
    if (!(item instanceof SObjectValue)) throw rt.nullPointer();
    const { name } = item.object;
    const rights = rt.platform.access.object(rt.userId, name);
    const allowed = { READABLE: rights.read, CREATABLE: rights.create, UPDATABLE: rights.edit }[
      access
    ];
    if (checkObject && allowed === false)
      throw rt.error("NoAccessException", `No access to entity: ${name}`);
    const copy = item.copy();
    for (const key of item.fields.keys()) {
      const field = item.object.fields.get(key);
      if (!field || alwaysKept.has(key)) continue;
      const right = rt.platform.access.field(rt.userId, name, field.name);
      const kept =
        access === "READABLE"
          ? right.read
          : right.edit && (access === "CREATABLE" ? field.createable : field.updateable);
      if (kept) continue;
      copy.fields.delete(key);
      const fields = removed.get(name);
      if (fields instanceof SetValue) fields.add(field.name);
      else removed.set(name, new SetValue(stringType, [field.name]));
    }
    return copy;
  });
  const data: Decision = { records: new ListValue(source.element, records), removed };
  return new NativeValue(decisionInfo.of(), data);
}

libraryClass("Security", {
  "static SObjectAccessDecision stripInaccessible(AccessType access, List<SObject> records)": (
    rt,
    access: EnumValue,
    records: ListValue,
  ) => strip(rt, access.name, records, true),
  "static SObjectAccessDecision stripInaccessible(AccessType access, List<SObject> records, Boolean enforceRoot)":
    (rt, access: EnumValue, records: ListValue, enforceRoot: boolean) =>
      strip(rt, access.name, records, enforceRoot),
});
