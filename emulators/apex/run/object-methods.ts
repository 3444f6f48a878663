import type { MethodInfo, TypeInfo } from "../types/type.ts";

interface ObjectMethods {
  readonly equals: MethodInfo | null;
  readonly hashCode: MethodInfo | null;
  readonly toString: MethodInfo | null;
}

const known = new WeakMap<TypeInfo, ObjectMethods>();

/** The methods every object has, where the class or one it extends declares its own. */
export function objectMethods(info: TypeInfo): ObjectMethods {
  let methods = known.get(info);
  if (!methods) {
    methods = {
      equals: find(info, "equals", 1),
      hashCode: find(info, "hashcode", 0),
      toString: find(info, "tostring", 0),
    };
    known.set(info, methods);
  }
  return methods;
}

function find(info: TypeInfo, name: string, arity: number): MethodInfo | null {
  const own = info.methods
    .get(name)
    ?.find((method) => !method.static && method.parameters.length === arity);
  if (own) return own;
  return info.superType ? find(info.superType.info, name, arity) : null;
}
