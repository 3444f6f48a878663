import { libraryExceptionNames } from "../values/exception-name.ts";
import {
  systemException,
  systemExceptionNames,
  systemExceptions,
} from "../run/system-exceptions.ts";
import { exceptionInfo, stringType } from "../types/builtin.ts";
import type { TypeInfo } from "../types/type.ts";
import { ListValue } from "../values/collections.ts";
import type { ExceptionValue } from "../values/object-value.ts";
import { typeText } from "../values/text.ts";
import { addMembers, libraryClass, type Members } from "../intrinsics/define.ts";
import { statusCodeOf } from "./status-code.ts";

export function isException(info: TypeInfo): boolean {
  return info === exceptionInfo || (info.superType !== null && isException(info.superType.info));
}

/** Every exception class has these four, user classes included. */
export const exceptionConstructors: Members = {
  "new()": () => undefined,
  "new(String? message)": (_rt, self: ExceptionValue, message: string | null) => {
    self.message = message;
  },
  "new(Exception? cause)": (_rt, self: ExceptionValue, cause: ExceptionValue | null) => {
    self.cause = cause;
    self.message = cause ? cause.message : null;
  },
  "new(String? message, Exception? cause)": (
    _rt,
    self: ExceptionValue,
    message: string | null,
    cause: ExceptionValue | null,
  ) => {
    self.message = message;
    self.cause = cause;
  },
};

addMembers(exceptionInfo, {
  ...exceptionConstructors,
  "String getMessage()": (_rt, self: ExceptionValue) => self.message ?? "Script-thrown exception",
  "void setMessage(String? message)": (_rt, self: ExceptionValue, message: string | null) => {
    self.message = message;
  },
  "Exception getCause()": (_rt, self: ExceptionValue) => self.cause,
  "String getTypeName()": (_rt, self: ExceptionValue) => typeText(self.type),
  "Integer getLineNumber()": (_rt, self: ExceptionValue) => self.line,
  "String getStackTraceString()": (_rt, self: ExceptionValue) => self.stack.join("\n"),
});

for (const name of systemExceptionNames) {
  const info = libraryClass(name, exceptionConstructors, { superType: exceptionInfo });
  systemExceptions.set(name, info);
  libraryExceptionNames.add(name.toLowerCase());
}
libraryExceptionNames.add("exception");

addMembers(systemException("DmlException"), {
  "Integer getNumDml()": (_rt, self: ExceptionValue) => self.failures.length,
  "Integer getDmlIndex(Integer row)": (_rt, self: ExceptionValue, row: number) =>
    self.failures[row]?.index ?? null,
  "Id getDmlId(Integer row)": (_rt, self: ExceptionValue, row: number) =>
    self.failures[row]?.id ?? null,
  "String getDmlMessage(Integer row)": (_rt, self: ExceptionValue, row: number) =>
    self.failures[row]?.message ?? null,
  "String getDmlStatusCode(Integer row)": (_rt, self: ExceptionValue, row: number) =>
    self.failures[row]?.statusCode ?? null,
  "System.StatusCode getDmlType(Integer row)": (_rt, self: ExceptionValue, row: number) =>
    statusCodeOf(self.failures[row]?.statusCode ?? "UNKNOWN_EXCEPTION"),
  "List<String> getDmlFieldNames(Integer row)": (_rt, self: ExceptionValue, row: number) =>
    new ListValue(stringType, [...(self.failures[row]?.fields ?? [])]),
});
