import type { Runtime } from "../run/runtime.ts";

/**
 * A Java pattern as a JavaScript one. Possessive quantifiers and atomic groups have no counterpart
 * and are refused rather than misread.
 */
export function javaRegex(rt: Runtime, pattern: string, flags: string): RegExp {
  if (/[*+?}]\+|\(\?>/.test(pattern.replace(/\\./g, "")))
    throw rt.error(
      "StringException",
      `Invalid regex: the Apex engine has no possessive quantifiers or atomic groups: ${pattern}`,
    );
  let flagged = flags;
  let text = pattern.replace(/\\Q([\s\S]*?)\\E/g, (_all, plain: string) => escapeRegex(plain));
  const inline = /^\(\?([imsx]+)\)/.exec(text);
  if (inline) {
    text = text.slice(inline[0].length);
    for (const flag of inline[1] ?? "") if ("ims".includes(flag)) flagged += flag;
  }
  text = text
    .replaceAll("\\p{Alpha}", "[A-Za-z]")
    .replaceAll("\\p{Digit}", "\\d")
    .replaceAll("\\p{Alnum}", "[A-Za-z0-9]")
    .replaceAll("\\p{Punct}", "[!-\\/:-@\\[-`{-~]")
    .replaceAll("\\p{Upper}", "[A-Z]")
    .replaceAll("\\p{Lower}", "[a-z]")
    .replaceAll("\\p{Space}", "\\s")
    .replaceAll("\\A", "^")
    .replaceAll("\\z", "$")
    .replaceAll("\\Z", "$");
  try {
    return new RegExp(text, flagged + (/\\p\{/.test(text) ? "u" : ""));
  } catch {
    throw rt.error("StringException", `Invalid regex: ${pattern}`);
  }
}

export function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Java's `$1` and `\$` in JavaScript's terms. */
export function javaReplacement(replacement: string): string {
  return replacement.replace(/\\(.)|\$(?!\d)/g, (all, escaped?: string) => {
    if (escaped === undefined) return all === "$" ? "$$" : all;
    return escaped === "$" ? "$$" : escaped;
  });
}
