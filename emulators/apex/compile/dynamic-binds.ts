/** Dynamic queries may bind to the variables that can be seen where they are called. */
import type { Evaluate } from "../run/frame.ts";
import { mapOf, objectType, stringType } from "../types/builtin.ts";
import type { MethodInfo } from "../types/type.ts";
import { MapValue } from "../values/collections.ts";
import type { Value } from "../values/value.ts";
import type { Scope } from "./scope.ts";

/** An extra last argument with the visible variables by lower-case name; null for other methods. */
export function dynamicBinds(scope: Scope, method: MethodInfo): Evaluate | null {
  if (method.owner.name !== "Database" || method.name !== "query") return null;
  const variables = scope.visible();
  const ownFields = [...(scope.body.info?.fields.values() ?? [])].filter(
    (field) => field.slot >= 0 && (field.static || !scope.body.static),
  );
  return (frame) => {
    const entries: [Value, Value][] = ownFields.map((field) => [
      field.name.toLowerCase(),
      field.static
        ? (frame.rt.staticsOf(field.owner)[field.slot] as Value)
        : ((frame.self as { fields?: Value[] } | null)?.fields?.[field.slot] ?? null),
    ]);
    for (const variable of [...variables].reverse())
      entries.push([variable.name.toLowerCase(), frame.slots[variable.slot] ?? null]);
    return new MapValue(bindMapType.arg(0), bindMapType.arg(1), entries);
  };
}

const bindMapType = mapOf(stringType, objectType);
