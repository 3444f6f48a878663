/** String members that read or write other formats: MessageFormat, HTML, CSV, XML. */
import { stringType } from "../types/builtin.ts";
import type { ListValue } from "../values/collections.ts";
import { textOf } from "../values/text.ts";
import { formatPattern } from "../values/date-pattern.ts";
import type { DatetimeValue } from "../values/scalars.ts";
import type { Value } from "../values/value.ts";
import { addMembers } from "./define.ts";

const htmlEscapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

const htmlNames: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&apos;": "'",
  "&#39;": "'",
  "&nbsp;": "\u00a0",
};

const unescapeHtml = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|apos|#39|nbsp);/g, (entity) => htmlNames[entity] ?? entity);

addMembers(stringType.info, {
  "static String format(String pattern, List<Object> values)": (
    _rt,
    pattern: string,
    values: ListValue,
  ) => formatMessage(pattern, values.items),
  "static String valueOfGmt(Datetime value)": (_rt, value: DatetimeValue) =>
    formatPattern(value.ms, "yyyy-MM-dd HH:mm:ss", "UTC"),
  "String escapeHtml4()": (_rt, self: string) =>
    self.replace(/[&<>"]/g, (char) => htmlEscapes[char] ?? char),
  "String unescapeHtml4()": (_rt, self: string) => unescapeHtml(self),
  "String escapeXml()": (_rt, self: string) =>
    self.replace(/[&<>"']/g, (char) => (char === "'" ? "&apos;" : (htmlEscapes[char] ?? char))),
  "String unescapeXml()": (_rt, self: string) => unescapeHtml(self),
  "String stripHtmlTags()": (_rt, self: string) => unescapeHtml(self.replace(/<[^>]*>/g, "")),
  "String escapeCsv()": (_rt, self: string) =>
    /[",\n\r]/.test(self) ? `"${self.replaceAll('"', '""')}"` : self,
  "String unescapeCsv()": (_rt, self: string) =>
    /^".*"$/s.test(self) ? self.slice(1, -1).replaceAll('""', '"') : self,
  "String escapeEcmaScript()": (_rt, self: string) =>
    self
      .replace(/['"\\/]/g, "\\$&")
      .replace(/\n/g, "\\n")
      .replace(/\r/g, "\\r")
      .replace(/\t/g, "\\t"),
  "String escapeJava()": (_rt, self: string) =>
    self
      .replace(/["\\]/g, "\\$&")
      .replace(/\n/g, "\\n")
      .replace(/\r/g, "\\r")
      .replace(/\t/g, "\\t"),
  "String escapeUnicode()": (_rt, self: string) =>
    self.replace(
      /[\u0080-\uffff]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`,
    ),
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
