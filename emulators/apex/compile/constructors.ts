import { exceptionInfo } from "../types/builtin.ts";
import { type ApexType, substitute } from "../types/type.ts";
import type { FoundMethod } from "./members.ts";

/** Constructors of a type; an exception class without its own has the four of Exception. */
export function constructorsOf(type: ApexType): FoundMethod[] {
  const { info } = type;
  const own = info.constructors;
  const inherited = isExceptionClass(type)
    ? exceptionInfo.constructors.filter(
        (method) =>
          !own.some(
            (declared) =>
              declared.parameters.length === method.parameters.length &&
              declared.parameters.every(
                (parameter, index) => parameter.type === method.parameters[index]?.type,
              ),
          ),
      )
    : [];
  return [...own, ...inherited].map((method) => ({
    method,
    parameters: method.parameters.map((parameter) => substitute(parameter.type, type)),
    returns: type,
  }));
}

export function isExceptionClass(type: ApexType): boolean {
  for (let info: ApexType | null = type; info; info = info.info.superType)
    if (info.info === exceptionInfo) return true;
  return false;
}
