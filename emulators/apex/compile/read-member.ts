/** `value.member`: fields of objects and records, relationships, describe members. */
import type { SourcePosition } from "../errors.ts";
import { describeFieldOf } from "../intrinsics/describe-field.ts";
import { describeFieldsType } from "../intrinsics/describe-object.ts";
import { isSObject } from "../types/relations.ts";
import type { Value } from "../values/value.ts";
import { onlyRow } from "./convert.ts";
import { findField } from "./members.ts";
import {
  accessorPlace,
  checkReadable,
  fieldPlace,
  type Place,
  readInstance,
  readStatic,
} from "./place.ts";
import { readRecordField, writeRecordField } from "./record-field.ts";
import { recordMember } from "../program/record-member.ts";
import type { Scope } from "./scope.ts";
import { compileError, constant, skipped, type Typed } from "./typed.ts";
import { SObjectValue } from "../values/sobject-value.ts";

/** Makes a null target of `?.` end the chain. */
export function guardNull(target: Typed): Typed {
  const { run } = target;
  return {
    ...target,
    chained: true,
    run: (frame) => {
      const value = run(frame);
      return value === null ? skipped : value;
    },
  };
}

export function readMember(
  scope: Scope,
  at: SourcePosition,
  left: Typed,
  name: string,
  nullSafe: boolean,
): Typed {
  const single = left.query && isSObject(left.type.arg(0)) ? onlyRow(left) : left;
  const target = nullSafe ? guardNull(single) : single;
  if (target.describes) return describeMember(at, target, name);
  if (isSObject(target.type)) {
    const member = recordMember(scope.program, at, target.type, name);
    const { run } = target;
    const lenient = target.relationship === true;
    const read = readRecordField(member);
    return {
      type: member.type,
      ...(target.chained ? { chained: true } : {}),
      ...(member.parent ? { relationship: true } : {}),
      run: (frame): Value => {
        const record = run(frame);
        if (record === skipped) return skipped;
        if (record === null) {
          if (lenient) return null;
          throw frame.rt.nullPointer();
        }
        return read(frame.rt, record as SObjectValue);
      },
    };
  }
  const found = findField(target.type, name);
  if (!found) throw compileError(at, `Variable does not exist: ${target.type.name}.${name}`);
  checkReadable(scope, at, found.field);
  if (found.field.static) return readStatic(found.field, found.type);
  return readInstance(target, found.field, found.type);
}

function describeMember(at: SourcePosition, target: Typed, name: string): Typed {
  const { describes } = target;
  if (!describes) throw new Error("not a describe");
  if (describes.part === "object" && name.toLowerCase() === "fields")
    return {
      type: describeFieldsType,
      run: target.run,
      describes: { of: describes.of, part: "fields" },
    };
  const field = describes.of.object?.fields.get(name.toLowerCase());
  if (field) {
    const result = describeFieldOf(describes.of, field);
    return constant(result.type, result);
  }
  throw compileError(at, `Variable does not exist: ${describes.of.name}.${name}`);
}

/** The place `target.name = …` assigns to. */
export function memberPlace(scope: Scope, at: SourcePosition, left: Typed, name: string): Place {
  const target = left.query && isSObject(left.type.arg(0)) ? onlyRow(left) : left;
  if (isSObject(target.type)) {
    const member = recordMember(scope.program, at, target.type, name);
    const { run } = target;
    const read = readRecordField(member);
    const write = writeRecordField(member, at);
    return accessorPlace(
      member.type,
      (frame) => {
        const record = run(frame);
        if (record instanceof SObjectValue) return record;
        throw frame.rt.nullPointer();
      },
      (frame, record) => read(frame.rt, record),
      (frame, record, value) => write(frame.rt, record, value),
    );
  }
  const found = findField(target.type, name);
  if (!found) throw compileError(at, `Variable does not exist: ${target.type.name}.${name}`);
  if (found.field.static) throw compileError(at, `${name} is static; use its class`);
  return fieldPlace(scope, at, target, found.field, found.type);
}
