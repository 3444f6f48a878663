/** System.JSON. Generators and parsers are not in the subset. */
import type { TypeValue } from "../values/type-value.ts";
import type { Value } from "../values/value.ts";
import { libraryClass } from "../intrinsics/define.ts";
import { fromJson, untypedFromJson } from "./json-read.ts";
import { toJson } from "./json-write.ts";
import { parseJson } from "./json-text.ts";

libraryClass("JSON", {
  "static String serialize(Object? value)": (rt, value: Value) =>
    toJson(rt, value, { suppressNulls: false }),
  "static String serialize(Object? value, Boolean suppressNulls)": (
    rt,
    value: Value,
    suppressNulls: boolean,
  ) => toJson(rt, value, { suppressNulls }),
  "static Object deserialize(String text, Type type)": (rt, text: string, type: TypeValue) =>
    fromJson(rt, parseJson(rt, text), type.of),
  "static Object deserializeUntyped(String text)": (rt, text: string) =>
    untypedFromJson(parseJson(rt, text)),
});
