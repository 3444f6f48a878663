/** Which field, parent or child list a name means on a record, and its Apex type. */
import { ApexCompileError, type SourcePosition } from "../errors.ts";
import { fieldApexType } from "../types/field-types.ts";
import type { FieldDescribe } from "../ports.ts";
import { idType, listOf, sobjectType } from "../types/builtin.ts";
import type { ApexType } from "../types/type.ts";
import type { Program } from "./program.ts";

export interface RecordMember {
  /** Lower-case key in `SObjectValue.fields`. */
  readonly key: string;
  readonly name: string;
  readonly type: ApexType;
  /** Set for a plain field. */
  readonly field: FieldDescribe | null;
  /** A parent reached through a lookup. */
  readonly parent: boolean;
}

export function recordMember(
  program: Program,
  at: SourcePosition,
  type: ApexType,
  name: string,
): RecordMember {
  const { object } = type.info;
  const found = object && findRecordMember(program, type, name);
  if (found) return found;
  // The generic SObject shows its Id only.
  if (!object && name.toLowerCase() === "id")
    return { key: "id", name: "Id", type: idType, field: null, parent: false };
  throw new ApexCompileError(at, `Variable does not exist: ${type.name}.${name}`);
}

export function findRecordMember(
  program: Program,
  type: ApexType,
  name: string,
): RecordMember | null {
  const { object } = type.info;
  const key = name.toLowerCase();
  if (!object) return null;
  const field = object.fields.get(key);
  if (field) return { key, name: field.name, type: fieldApexType(field), field, parent: false };
  for (const lookup of object.fields.values()) {
    if (lookup.relationshipName?.toLowerCase() !== key) continue;
    const [only, ...others] = lookup.referenceTo;
    const parent = only && others.length === 0 ? program.sobject(only)?.of() : undefined;
    const parentType = parent ?? program.sobject("Name")?.of() ?? sobjectType;
    return { key, name: lookup.relationshipName, type: parentType, field: null, parent: true };
  }
  for (const child of object.childRelationships) {
    if (child.relationshipName?.toLowerCase() !== key) continue;
    const childType = program.sobject(child.childSObject)?.of() ?? sobjectType;
    return {
      key,
      name: child.relationshipName,
      type: listOf(childType),
      field: null,
      parent: false,
    };
  }
  return null;
}
