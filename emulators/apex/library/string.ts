/** System.String. */
import { stringType } from "../types/builtin.ts";
import { ListValue } from "../values/collections.ts";
import { compareText } from "../values/equality.ts";
import { textOf } from "../values/text.ts";
import type { Value } from "../values/value.ts";
import { addMembers } from "../intrinsics/define.ts";
import { javaReplacement, javaRegex } from "./java-regex.ts";
import type { Runtime } from "../run/runtime.ts";

const isBlank = (text: string | null): boolean => text === null || text.trim() === "";
const texts = (items: readonly string[]): ListValue => new ListValue(stringType, [...items]);

function range(rt: Runtime, text: string, start: number, end: number): string {
  if (start < 0 || end > text.length || start > end)
    throw rt.error(
      "StringException",
      start < 0 || start > text.length
        ? `Starting position out of bounds: ${start}`
        : `Ending position out of bounds: ${end}`,
    );
  return text.slice(start, end);
}

addMembers(stringType.info, {
  "static Boolean isBlank(String? text)": (_rt, text: string | null) => isBlank(text),
  "static Boolean isNotBlank(String? text)": (_rt, text: string | null) => !isBlank(text),
  "static Boolean isEmpty(String? text)": (_rt, text: string | null) =>
    text === null || text === "",
  "static Boolean isNotEmpty(String? text)": (_rt, text: string | null) =>
    text !== null && text !== "",
  "static String escapeSingleQuotes(String text)": (_rt, text: string) =>
    text.replace(/['\\]/g, "\\$&"),
  "static String join(Iterable<Object> parts, String separator)": (
    _rt,
    parts: ListValue | { values(): Iterable<Value> },
    separator: string,
  ) =>
    [...(parts instanceof ListValue ? parts.items : parts.values())]
      .map((part) => (part === null ? "" : textOf(part)))
      .join(separator),
  "static String format(String pattern, List<Object> values)": (
    _rt,
    pattern: string,
    values: ListValue,
  ) => formatMessage(pattern, values.items),
  "static String valueOf(Object? value)": (_rt, value: Value) =>
    value === null ? null : textOf(value),

  "String abbreviate(Integer width)": (rt, self: string, width: number) => {
    if (width < 4) throw rt.error("IllegalArgumentException", "Minimum abbreviation width is 4");
    return self.length <= width ? self : `${self.slice(0, width - 3)}...`;
  },
  "String capitalize()": (_rt, self: string) => self.charAt(0).toUpperCase() + self.slice(1),
  "Integer compareTo(String other)": (_rt, self: string, other: string) => compareText(self, other),
  "Boolean contains(String part)": (_rt, self: string, part: string) => self.includes(part),
  "Boolean containsIgnoreCase(String part)": (_rt, self: string, part: string) =>
    self.toLowerCase().includes(part.toLowerCase()),
  "Boolean endsWith(String end)": (_rt, self: string, end: string) => self.endsWith(end),
  "Boolean endsWithIgnoreCase(String end)": (_rt, self: string, end: string) =>
    self.toLowerCase().endsWith(end.toLowerCase()),
  "Boolean startsWith(String start)": (_rt, self: string, start: string) => self.startsWith(start),
  "Boolean startsWithIgnoreCase(String start)": (_rt, self: string, start: string) =>
    self.toLowerCase().startsWith(start.toLowerCase()),
  "Boolean equals(Object? other)": (_rt, self: string, other: Value) => self === other,
  "Boolean equalsIgnoreCase(String? other)": (_rt, self: string, other: string | null) =>
    other !== null && self.toLowerCase() === other.toLowerCase(),
  "Integer hashCode()": (_rt, self: string) => {
    let hash = 0;
    for (let index = 0; index < self.length; index += 1)
      hash = (Math.imul(31, hash) + self.charCodeAt(index)) | 0;
    return hash;
  },
  "Integer indexOf(String part)": (_rt, self: string, part: string) => self.indexOf(part),
  "Integer indexOf(String part, Integer start)": (_rt, self: string, part: string, start: number) =>
    self.indexOf(part, start),
  "Integer lastIndexOf(String part)": (_rt, self: string, part: string) => self.lastIndexOf(part),
  "Integer lastIndexOf(String part, Integer end)": (_rt, self: string, part: string, end: number) =>
    self.lastIndexOf(part, end),
  "Boolean isAlpha()": (_rt, self: string) => /^\p{L}+$/u.test(self),
  "Boolean isAlphanumeric()": (_rt, self: string) => /^[\p{L}\p{Nd}]+$/u.test(self),
  "Boolean isNumeric()": (_rt, self: string) => /^\p{Nd}+$/u.test(self),
  "String left(Integer length)": (_rt, self: string, length: number) =>
    self.slice(0, Math.max(0, length)),
  "String right(Integer length)": (_rt, self: string, length: number) =>
    length <= 0 ? "" : self.slice(-length),
  "String mid(Integer start, Integer length)": (_rt, self: string, start: number, length: number) =>
    self.slice(Math.max(0, start), Math.max(0, start) + Math.max(0, length)),
  "String leftPad(Integer length)": (_rt, self: string, length: number) => self.padStart(length),
  "String leftPad(Integer length, String pad)": (_rt, self: string, length: number, pad: string) =>
    self.padStart(length, pad),
  "String rightPad(Integer length)": (_rt, self: string, length: number) => self.padEnd(length),
  "String rightPad(Integer length, String pad)": (_rt, self: string, length: number, pad: string) =>
    self.padEnd(length, pad),
  "Integer length()": (_rt, self: string) => self.length,
  "String normalizeSpace()": (_rt, self: string) => self.trim().replace(/\s+/g, " "),
  "String remove(String part)": (_rt, self: string, part: string) =>
    part === "" ? self : self.replaceAll(part, ""),
  "String removeEnd(String end)": (_rt, self: string, end: string) =>
    end !== "" && self.endsWith(end) ? self.slice(0, -end.length) : self,
  "String removeStart(String start)": (_rt, self: string, start: string) =>
    self.startsWith(start) ? self.slice(start.length) : self,
  "String repeat(Integer times)": (_rt, self: string, times: number) =>
    self.repeat(Math.max(0, times)),
  "String replace(String target, String replacement)": (
    _rt,
    self: string,
    target: string,
    replacement: string,
  ) => self.split(target).join(replacement),
  "String replaceAll(String pattern, String replacement)": (
    rt,
    self: string,
    pattern: string,
    replacement: string,
  ) => self.replace(javaRegex(rt, pattern, "g"), javaReplacement(replacement)),
  "String replaceFirst(String pattern, String replacement)": (
    rt,
    self: string,
    pattern: string,
    replacement: string,
  ) => self.replace(javaRegex(rt, pattern, ""), javaReplacement(replacement)),
  "List<String> split(String pattern)": (rt, self: string, pattern: string) =>
    texts(splitAsJava(self, javaRegex(rt, pattern, "g"), 0)),
  "List<String> split(String pattern, Integer limit)": (
    rt,
    self: string,
    pattern: string,
    limit: number,
  ) => texts(splitAsJava(self, javaRegex(rt, pattern, "g"), limit)),
  "String substring(Integer start)": (rt, self: string, start: number) =>
    range(rt, self, start, self.length),
  "String substring(Integer start, Integer end)": (rt, self: string, start: number, end: number) =>
    range(rt, self, start, end),
  "String substringAfter(String separator)": (_rt, self: string, separator: string) => {
    const at = self.indexOf(separator);
    return at < 0 ? "" : self.slice(at + separator.length);
  },
  "String substringAfterLast(String separator)": (_rt, self: string, separator: string) => {
    const at = self.lastIndexOf(separator);
    return at < 0 || separator === "" ? "" : self.slice(at + separator.length);
  },
  "String substringBefore(String separator)": (_rt, self: string, separator: string) => {
    const at = self.indexOf(separator);
    return at < 0 ? self : self.slice(0, at);
  },
  "String substringBeforeLast(String separator)": (_rt, self: string, separator: string) => {
    const at = self.lastIndexOf(separator);
    return at < 0 || separator === "" ? self : self.slice(0, at);
  },
  "String substringBetween(String tag)": (_rt, self: string, tag: string) =>
    between(self, tag, tag),
  "String substringBetween(String open, String close)": (
    _rt,
    self: string,
    open: string,
    close: string,
  ) => between(self, open, close),
  "String toLowerCase()": (_rt, self: string) => self.toLowerCase(),
  "String toUpperCase()": (_rt, self: string) => self.toUpperCase(),
  "String trim()": (_rt, self: string) => self.trim(),
});

/** Java's MessageFormat: `{0}` is a value, `''` a quote, `'…'` plain text. */
function formatMessage(pattern: string, values: readonly Value[]): string {
  return pattern.replace(/''|'([^']*)'|\{(\d+)\}/g, (all, quoted?: string, index?: string) => {
    if (all === "''") return "'";
    if (quoted !== undefined) return quoted;
    const value = values[Number(index)];
    return value === undefined ? all : value === null ? "null" : textOf(value);
  });
}

function between(text: string, open: string, close: string): string | null {
  const start = text.indexOf(open);
  const end = start < 0 ? -1 : text.indexOf(close, start + open.length);
  return end < 0 ? null : text.slice(start + open.length, end);
}

/** Java's split: no empty parts at the end unless a negative limit keeps them. */
function splitAsJava(text: string, pattern: RegExp, limit: number): string[] {
  const parts: string[] = [];
  let start = 0;
  for (const match of text.matchAll(pattern)) {
    if (limit > 0 && parts.length === limit - 1) break;
    const at = match.index;
    // An empty match at the start gives no empty first part.
    if (match[0] === "" && (at === 0 || at === text.length)) continue;
    parts.push(text.slice(start, at));
    start = at + match[0].length;
  }
  parts.push(text.slice(start));
  if (limit === 0) while (parts.length > 1 && parts[parts.length - 1] === "") parts.pop();
  return parts;
}
