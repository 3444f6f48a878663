/** `@AuraEnabled` methods from outside: JSON arguments in, JSON answer out. */
import type { Program } from "./program/program.ts";
import { findMethods } from "./compile/members.ts";
import { fromJson } from "./library/json-read.ts";
import { jsonOf } from "./library/json-text.ts";
import { toJson } from "./library/json-write.ts";
import { systemException } from "./run/system-exceptions.ts";
import { voidType } from "./types/builtin.ts";
import type { MethodInfo } from "./types/type.ts";
import type { Value } from "./values/value.ts";
import { ApexThrow } from "./run/apex-throw.ts";
import { exceptionName } from "./values/exception-name.ts";
import type { Runtime } from "./run/runtime.ts";
import { runTransaction } from "./run/transaction.ts";

export type AuraAnswer =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      /** As Lightning components get it in `error.body`. */
      readonly error: {
        readonly exceptionType: string;
        readonly isUserDefinedException: boolean;
        readonly message: string;
        readonly stackTrace: string;
      };
    };

/** There is no such method, or it is none that screens may call. */
export class AuraMethodError extends Error {
  override readonly name = "AuraMethodError";
}

/** @throws AuraMethodError */
export function callAura(
  program: Program,
  userId: string,
  className: string,
  methodName: string,
  args: Readonly<Record<string, unknown>>,
): AuraAnswer {
  const method = auraMethod(program, className, methodName);
  try {
    const work = (rt: Runtime): string => {
      rt.staticsOf(method.owner);
      const values = method.parameters.map((parameter): Value => {
        const given = args[parameter.name];
        return given === undefined ? null : fromJson(rt, jsonOf(given), parameter.type);
      });
      const result = method.invoke(rt, null, values);
      if (method.returns === voidType) return "null";
      return toJson(rt, result, { suppressNulls: false, aura: true });
    };
    // Called by a component, a class that says nothing minds sharing.
    const text = runTransaction(program, userId, work, { sharing: true });
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    if (error instanceof ApexThrow) return { ok: false, error: auraError(error) };
    throw error;
  }
}

function auraMethod(program: Program, className: string, methodName: string): MethodInfo {
  const info = program.types.get(className.toLowerCase());
  const found = info && findMethods(info.of(), methodName).find(({ method }) => method.static);
  if (!found?.method.annotations.has("auraenabled"))
    throw new AuraMethodError(`There is no @AuraEnabled method ${className}.${methodName}.`);
  return found.method;
}

function auraError(error: ApexThrow): Extract<AuraAnswer, { ok: false }>["error"] {
  const { exception } = error;
  return {
    exceptionType: exceptionName(exception.info.qualifiedName),
    isUserDefinedException: exception.info.index >= 0,
    // Without an AuraHandledException the platform still shows the message of the exception.
    message:
      exception.message ??
      (exception.info === systemException("AuraHandledException") ? "Script-thrown exception" : ""),
    stackTrace: exception.stack.join("\n"),
  };
}
