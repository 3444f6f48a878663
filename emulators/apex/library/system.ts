/** System.System, Assert, Limits, UserInfo, Label and Trigger. */
import type { Runtime } from "../run/runtime.ts";
import { valuesEqual } from "../values/equality.ts";
import { textOf } from "../values/text.ts";
import type { TypeValue } from "../values/type-value.ts";
import type { Value } from "../values/value.ts";
import { DatetimeValue } from "../values/scalars.ts";
import { valueIs } from "../values/value-type.ts";
import { today } from "./dates.ts";
import { libraryClass } from "../intrinsics/define.ts";
import { libraryEnum } from "../intrinsics/enum.ts";
import { typeTypeInfo } from "../values/type-value.ts";
import { registerLibraryType } from "../types/registry.ts";

registerLibraryType(typeTypeInfo, "System");

libraryEnum("LoggingLevel", [
  "NONE",
  "INTERNAL",
  "FINEST",
  "FINER",
  "FINE",
  "DEBUG",
  "INFO",
  "WARN",
  "ERROR",
]);

function log(rt: Runtime, value: Value): void {
  rt.debugLog.push(textOf(value));
}

/** Texts are compared with case here, unlike with `==`. */
function assertSame(left: Value, right: Value): boolean {
  return valuesEqual(left, right);
}

function suffix(message: Value): string {
  return message === null ? "" : `: ${textOf(message)}`;
}

function check(rt: Runtime, passed: boolean, failure: () => string): void {
  if (rt.test) rt.test.assertions += 1;
  if (!passed) rt.failAssertion(failure());
}

function equal(rt: Runtime, expected: Value, actual: Value, message: Value): void {
  check(
    rt,
    assertSame(expected, actual),
    () =>
      `Assertion Failed${suffix(message)}: Expected: ${textOf(expected)}, Actual: ${textOf(actual)}`,
  );
}

function notEqual(rt: Runtime, expected: Value, actual: Value, message: Value): void {
  check(
    rt,
    !assertSame(expected, actual),
    () => `Assertion Failed${suffix(message)}: Same value: ${textOf(actual)}`,
  );
}

libraryClass("System", {
  "static void debug(Object? value)": (rt, value: Value) => log(rt, value),
  "static void debug(LoggingLevel level, Object? value)": (rt, _level: Value, value: Value) =>
    log(rt, value),
  "static Datetime now()": (rt) => new DatetimeValue(rt.platform.now()),
  "static Date today()": (rt) => today(rt),
  "static Long currentTimeMillis()": (rt) => BigInt(Math.floor(rt.platform.now())),
  "static Boolean isBatch()": () => false,
  "static Boolean isFuture()": (rt) => rt.limits.kind === "async",
  "static Boolean isQueueable()": (rt) => rt.limits.kind === "async",
  "static Boolean isScheduled()": () => false,
  "static void assert(Boolean? condition)": (rt, condition: boolean | null) =>
    check(rt, condition === true, () => "Assertion Failed"),
  "static void assert(Boolean? condition, Object? message)": (
    rt,
    condition: boolean | null,
    message: Value,
  ) => check(rt, condition === true, () => `Assertion Failed${suffix(message)}`),
  "static void assertEquals(Object? expected, Object? actual)": (rt, a: Value, b: Value) =>
    equal(rt, a, b, null),
  "static void assertEquals(Object? expected, Object? actual, Object? message)": (
    rt,
    a: Value,
    b: Value,
    message: Value,
  ) => equal(rt, a, b, message),
  "static void assertNotEquals(Object? expected, Object? actual)": (rt, a: Value, b: Value) =>
    notEqual(rt, a, b, null),
  "static void assertNotEquals(Object? expected, Object? actual, Object? message)": (
    rt,
    a: Value,
    b: Value,
    message: Value,
  ) => notEqual(rt, a, b, message),
});

libraryClass("Assert", {
  "static void areEqual(Object? expected, Object? actual)": (rt, a: Value, b: Value) =>
    equal(rt, a, b, null),
  "static void areEqual(Object? expected, Object? actual, String? message)": (
    rt,
    a: Value,
    b: Value,
    message: Value,
  ) => equal(rt, a, b, message),
  "static void areNotEqual(Object? expected, Object? actual)": (rt, a: Value, b: Value) =>
    notEqual(rt, a, b, null),
  "static void areNotEqual(Object? expected, Object? actual, String? message)": (
    rt,
    a: Value,
    b: Value,
    message: Value,
  ) => notEqual(rt, a, b, message),
  "static void isTrue(Boolean? condition)": (rt, value: Value) => isTrue(rt, value, null),
  "static void isTrue(Boolean? condition, String? message)": (rt, value: Value, message: Value) =>
    isTrue(rt, value, message),
  "static void isFalse(Boolean? condition)": (rt, value: Value) => isFalse(rt, value, null),
  "static void isFalse(Boolean? condition, String? message)": (rt, value: Value, message: Value) =>
    isFalse(rt, value, message),
  "static void isNull(Object? value)": (rt, value: Value) => isNull(rt, value, null),
  "static void isNull(Object? value, String? message)": (rt, value: Value, message: Value) =>
    isNull(rt, value, message),
  "static void isNotNull(Object? value)": (rt, value: Value) => isNotNull(rt, value, null),
  "static void isNotNull(Object? value, String? message)": (rt, value: Value, message: Value) =>
    isNotNull(rt, value, message),
  "static void isInstanceOfType(Object? value, Type type)": (rt, value: Value, type: TypeValue) =>
    isInstance(rt, value, type, null),
  "static void isInstanceOfType(Object? value, Type type, String? message)": (
    rt,
    value: Value,
    type: TypeValue,
    message: Value,
  ) => isInstance(rt, value, type, message),
  "static void isNotInstanceOfType(Object? value, Type type)": (
    rt,
    value: Value,
    type: TypeValue,
  ) => check(rt, value === null || !valueIs(value, type.of), () => "Assertion Failed"),
  "static void fail()": (rt) => check(rt, false, () => "Assertion Failed"),
  "static void fail(String? message)": (rt, message: Value) =>
    check(rt, false, () => `Assertion Failed${suffix(message)}`),
});

function isTrue(rt: Runtime, value: Value, message: Value): void {
  check(
    rt,
    value === true,
    () => `Assertion Failed${suffix(message)}: Expected: true, Actual: ${textOf(value)}`,
  );
}
function isFalse(rt: Runtime, value: Value, message: Value): void {
  check(
    rt,
    value === false,
    () => `Assertion Failed${suffix(message)}: Expected: false, Actual: ${textOf(value)}`,
  );
}
function isNull(rt: Runtime, value: Value, message: Value): void {
  check(
    rt,
    value === null,
    () => `Assertion Failed${suffix(message)}: Expected: null, Actual: ${textOf(value)}`,
  );
}
function isNotNull(rt: Runtime, value: Value, message: Value): void {
  check(rt, value !== null, () => `Assertion Failed${suffix(message)}: Expected: not null`);
}
function isInstance(rt: Runtime, value: Value, type: TypeValue, message: Value): undefined {
  const fits = value !== null && valueIs(value, type.of);
  check(
    rt,
    fits,
    () => `Assertion Failed${suffix(message)}: Expected instance of: ${type.of.name}`,
  );
}
