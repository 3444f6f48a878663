/** Fields, variables and elements: what can be read, and what can stand left of `=`. */
import type { SourcePosition } from "../errors.ts";
import type { Evaluate, Frame } from "../run/frame.ts";
import type { ApexType, FieldInfo } from "../types/type.ts";
import { ObjectValue } from "../values/object-value.ts";
import type { Value } from "../values/value.ts";
import { checkAccess } from "./members.ts";
import type { Scope, Variable } from "./scope.ts";
import { compileError, skipped, type Typed } from "./typed.ts";

/** Where an assignment goes. The target is evaluated once, also for `+=` and `++`. */
export interface Place {
  readonly type: ApexType;
  /** Stores what `next` makes of the old value and returns both. */
  update(frame: Frame, next: (old: Value) => Value): { readonly old: Value; readonly now: Value };
  /** Plain assignment: the old value is not read. */
  assign(frame: Frame, value: Evaluate): Value;
}

export function variablePlace(variable: Variable): Place {
  const { slot, type } = variable;
  return {
    type,
    update: (frame, next) => {
      const old = frame.slots[slot] as Value;
      const now = next(old);
      frame.slots[slot] = now;
      return { old, now };
    },
    assign: (frame, value) => {
      const now = value(frame);
      frame.slots[slot] = now;
      return now;
    },
  };
}

/** A place with a reader and a writer over an evaluated target. */
export function accessorPlace<Target>(
  type: ApexType,
  target: (frame: Frame) => Target,
  get: (frame: Frame, target: Target) => Value,
  set: (frame: Frame, target: Target, value: Value) => void,
): Place {
  return {
    type,
    update: (frame, next) => {
      const object = target(frame);
      const old = get(frame, object);
      const now = next(old);
      set(frame, object, now);
      return { old, now };
    },
    assign: (frame, value) => {
      const object = target(frame);
      const now = value(frame);
      set(frame, object, now);
      return now;
    },
  };
}

export function asObject(frame: Frame, value: Value): ObjectValue {
  if (value instanceof ObjectValue) return value;
  throw frame.rt.nullPointer();
}

/** Reads a static field or property. */
export function readStatic(field: FieldInfo, type: ApexType): Typed {
  const { owner, slot } = field;
  if (field.getter) {
    const { getter } = field;
    return { type, run: (frame) => getter(frame.rt, null, []) };
  }
  // A user property's getter is compiled later; it is asked for when it is read.
  return {
    type,
    run: (frame) =>
      field.getter ? field.getter(frame.rt, null, []) : (frame.rt.staticsOf(owner)[slot] as Value),
  };
}

/** Reads an instance field or property of `target`. */
export function readInstance(target: Typed, field: FieldInfo, type: ApexType): Typed {
  const { run } = target;
  const { slot } = field;
  return {
    type,
    ...(target.chained ? { chained: true } : {}),
    run: (frame) => {
      const object = run(frame);
      if (object === skipped) return skipped;
      if (object === null) throw frame.rt.nullPointer();
      if (field.getter) return field.getter(frame.rt, object, []);
      return (object as ObjectValue).fields[slot] as Value;
    },
  };
}

export function checkReadable(scope: Scope, at: SourcePosition, field: FieldInfo): void {
  checkAccess(scope, at, field, field.access);
  if (!field.readable && !usesOwnStorage(scope, field))
    throw compileError(at, `Variable is not readable: ${field.name}`);
}

function usesOwnStorage(scope: Scope, field: FieldInfo): boolean {
  return scope.body.info === field.owner;
}

/** @param target null for a static field */
export function fieldPlace(
  scope: Scope,
  at: SourcePosition,
  target: Typed | null,
  field: FieldInfo,
  type: ApexType,
): Place {
  checkAccess(scope, at, field, field.access);
  checkAccess(scope, at, field, field.writeAccess);
  if (
    !field.writable ||
    (field.final && !(scope.body.initializing && scope.body.info === field.owner))
  )
    throw compileError(at, `Field is not writeable: ${field.owner.qualifiedName}.${field.name}`);
  const { owner, slot } = field;
  if (!target) {
    return accessorPlace(
      type,
      () => null,
      (frame) =>
        field.getter
          ? field.getter(frame.rt, null, [])
          : (frame.rt.staticsOf(owner)[slot] as Value),
      (frame, _target, value) => {
        if (field.setter) field.setter(frame.rt, null, [value]);
        else frame.rt.staticsOf(owner)[slot] = value;
      },
    );
  }
  const { run } = target;
  return accessorPlace(
    type,
    (frame) => asObject(frame, run(frame)),
    (frame, object) =>
      field.getter ? field.getter(frame.rt, object, []) : (object.fields[slot] as Value),
    (frame, object, value) => {
      if (field.setter) field.setter(frame.rt, object, [value]);
      else object.fields[slot] = value;
    },
  );
}
