import type { Runtime } from "../run/runtime.ts";

/** A number as it was written: `1` is an Integer, `1.0` a Decimal. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Json =
  | null
  | boolean
  | string
  | JsonNumber
  | readonly Json[]
  | { readonly [key: string]: Json };

/** @throws System.JSONException as an Apex exception */
export function parseJson(rt: Runtime, text: string): Json {
  let marked: unknown;
  try {
    JSON.parse(text);
    // Numbers lose their form in JSON.parse: each is turned into a tagged object first.
    const tagged = text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
      token.startsWith('"') ? token : `{"\\u0000number":"${token}"}`,
    );
    marked = JSON.parse(tagged);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw rt.error("JSONException", `Malformed JSON: ${reason}`);
  }
  return untag(marked);
}

function untag(value: unknown): Json {
  if (Array.isArray(value)) return value.map(untag);
  if (typeof value === "object" && value !== null) {
    const number = (value as Record<string, unknown>)["\u0000number"];
    if (typeof number === "string") return new JsonNumber(number);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, untag(item)]));
  }
  return value as Json;
}

/** A JavaScript value, as it comes from an HTTP body, in the same form. */
export function jsonOf(value: unknown): Json {
  if (typeof value === "number") return new JsonNumber(String(value));
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, jsonOf(item)]));
  return value === undefined ? null : (value as Json);
}
