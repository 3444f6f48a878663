/** Library classes that are plain data: public fields and a constructor without parameters. */
import type { ApexType, FieldInfo, TypeInfo } from "../types/type.ts";
import { ObjectValue } from "../values/object-value.ts";
import { addMembers, libraryClass } from "../intrinsics/define.ts";

export interface RecordOptions {
  readonly superType?: TypeInfo;
  /** Values of a new object other than null. */
  readonly initial?: (self: ObjectValue) => void;
}

/** Field types are given late, as they may be the class itself or one declared after it. */
export function recordClass(
  name: string,
  namespace: string,
  fields: Readonly<Record<string, () => ApexType>>,
  options: RecordOptions = {},
): TypeInfo {
  const info = libraryClass(
    name,
    {},
    { namespace, ...(options.superType ? { superType: options.superType } : {}) },
  );
  Object.entries(fields).forEach(([field, type], slot) => {
    info.fields.set(field.toLowerCase(), lateField(info, field, slot, type));
  });
  info.slotCount = Object.keys(fields).length;
  return addMembers(info, {
    "new()": () => {
      const self = new ObjectValue(info);
      options.initial?.(self);
      return self;
    },
  });
}

function lateField(owner: TypeInfo, name: string, slot: number, type: () => ApexType): FieldInfo {
  return {
    name,
    owner,
    static: false,
    access: "global",
    writeAccess: "global",
    testVisible: false,
    get type(): ApexType {
      return type();
    },
    final: false,
    transient: false,
    annotations: new Map(),
    slot,
    readable: true,
    writable: true,
    getter: null,
    setter: null,
  };
}
