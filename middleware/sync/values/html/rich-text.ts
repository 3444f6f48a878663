/** Rich text (HTML) on either side, and its way into and out of plain text. */
import type { Conversion, Converted } from "../conversion.ts";
import { readHtmlLines, type HtmlLine } from "./lines.ts";
import type { Route } from "../problems.ts";
import { endsOf, join, ok, type End, type Pair, type Side } from "../sides.ts";
import { campaignText, checkStorable, circaText, normaliseText, readText } from "../text.ts";

const markStart = "\u0001";
const markEnd = "\u0002";
const collapsible = /[ \t\n\r\f]+/g;

/**
 * What of a line counts when rich text is compared. Blanks carry no marks, so that
 * `<b>a </b>b` and `<b>a</b> b`, which look alike, are alike; fixed blanks and those of
 * preformatted text count each.
 */
function canonicalLine({ blocks, item, depth, runs }: HtmlLine): string {
  let marks = "";
  let shown = "";
  // Asking `shown` itself would make one string of its parts again and again.
  let endsWithBlank = false;
  for (const { text: raw, picture, preformatted, marks: bold, link } of runs) {
    if (picture !== null) {
      shown += markStart + JSON.stringify(["img", picture, { marks: bold, link }]) + markEnd;
      endsWithBlank = false;
    }
    const text = preformatted ? raw.replaceAll(" ", "\u00a0") : collapse(raw);
    let start = 0;
    while (isBlank(text, start)) start += 1;
    const lead = text.slice(endsWithBlank && text.startsWith(" ") ? 1 : 0, start);
    if (lead !== "") endsWithBlank = lead.endsWith(" ");
    shown += lead;
    if (start === text.length) continue;
    const now = bold === "" && link === "" ? "" : JSON.stringify({ marks: bold, link });
    if (now !== marks) shown += markStart + now + markEnd;
    marks = now;
    shown += start === 0 ? text : text.slice(start);
    endsWithBlank = text.endsWith(" ");
  }
  let from = 0;
  let to = shown.length;
  while (shown.charCodeAt(from) === space) from += 1;
  while (to > from && isBlank(shown, to - 1)) to -= 1;
  if (from === to) return "";
  const content = shown.slice(from, to).replaceAll("\u00a0", " ");
  return `${blocks}${item}${item === "" ? "" : depth}|${content}`;
}

const space = 0x20;
const fixedSpace = 0xa0;

function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === space || code === fixedSpace;
}

const collapse = (text: string): string =>
  /[\t\n\r\f]| {2}/.test(text) ? text.replace(collapsible, " ") : text;

/**
 * The form in which rich text is compared: words and what carries meaning, such as bold and the
 * like, links, pictures with their alternative text, numbers of lists, tables, kept blanks and
 * empty lines. Colours, fonts, alignment and the kind of line break don't count, since Salesforce
 * and its editors rewrite them.
 */
export function canonicalHtml(html: string): string {
  const lines = readHtmlLines(html).map(canonicalLine);
  const from = lines.findIndex((line) => line !== "");
  return from < 0
    ? ""
    : lines.slice(from, lines.findLastIndex((line) => line !== "") + 1).join("\n");
}

/** A tab is written as so many blanks: HTML knows none. */
const tab = "    ";

function plainLine({ item, depth, runs }: HtmlLine): string {
  let text = "";
  let linkStart = 0;
  for (const [index, { text: raw, link, picture, preformatted }] of runs.entries()) {
    if (link !== runs[index - 1]?.link) linkStart = text.length;
    if (picture !== null && picture.text !== "") text += `[${picture.text}]`;
    // Blanks that count are told from those that collapse until the line is whole.
    text += preformatted
      ? raw.replaceAll("\t", tab).replaceAll(" ", "\u00a0")
      : raw.replace(collapsible, " ");
    // A link's address is kept, once, behind its words.
    const linkEnds = link !== (runs[index + 1]?.link ?? "");
    if (link === "" || !linkEnds || /^[ \u00a0]*$/.test(text.slice(linkStart))) continue;
    if (!text.endsWith(link.replace(/^mailto:/i, ""))) text += ` (${link})`;
  }
  const words = text
    .replace(/ {2,}/g, " ")
    .replace(/^ /, "")
    .replace(/[ \u00a0]+$/, "")
    .replaceAll("\u00a0", " ");
  return item === "" || words === ""
    ? words
    : `${"  ".repeat(Math.max(0, depth - 1))}${item} ${words}`;
}

/** The words of rich text, a line per paragraph, list items with their marks, links in brackets. */
export function htmlToText(html: string): string {
  return normaliseText(readHtmlLines(html).map(plainLine).join("\n"));
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Plain text as HTML that shows the same: line breaks and repeated blanks are kept. */
export function textToHtml(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => escapes[character] ?? character)
    .replace(/^ | (?= )| $|\u00a0/gm, "&nbsp;")
    .replaceAll("\n", "<br>");
}

/** Text as HTML can show it: all of it but tabs, the kind of its blanks, and those at lines' ends. */
export const showableText = (text: string): string =>
  normaliseText(text.replaceAll("\t", tab).replaceAll("\u00a0", " ").replace(/ +$/gm, ""));

function htmlSide({ reading, writing }: End, write: (html: string) => Converted): Side<string> {
  return {
    read: (raw) => {
      const html = readText(raw, reading);
      return html.ok && html.value !== null && canonicalHtml(html.value) === "" ? ok(null) : html;
    },
    write: (html) => guard(html, writing, write),
  };
}

function guard(html: string, trip: Route, write: (html: string) => Converted): Converted {
  const storable = checkStorable(html, null, trip);
  return storable.ok ? write(html) : storable;
}

/** The same side seen as plain text. */
function asText(html: Side<string>): Side<string> {
  return {
    read: (raw, context) => {
      const found = html.read(raw, context);
      return found.ok && found.value !== null ? ok(htmlToText(found.value) || null) : found;
    },
    write: (text, context) => html.write?.(textToHtml(showableText(text)), context) ?? ok(null),
  };
}

function sidesOf(pair: Pair): { circaHtml: Side<string>; campaignHtml: Side<string> } {
  const ends = endsOf(pair);
  return {
    circaHtml: htmlSide(ends.circa, ok),
    // Salesforce counts the markup too.
    // Source: https://help.salesforce.com/s/articleView?id=platform.fields_rich_text_area_limitations.htm
    campaignHtml: htmlSide(ends.campaign, (html) =>
      checkStorable(html, pair.campaign, ends.campaign.writing),
    ),
  };
}

/** Text of blanks that HTML can't show counts as blank. */
function visible(side: Side<string>): Side<string> {
  return {
    ...side,
    read: (raw, context) => {
      const found = side.read(raw, context);
      return found.ok && found.value !== null && showableText(found.value) === ""
        ? ok(null)
        : found;
    },
  };
}

const sameShown = (a: string, b: string): boolean => showableText(a) === showableText(b);

const sameHtml = (a: string, b: string): boolean =>
  a === b || canonicalHtml(a) === canonicalHtml(b);

/** Rich text on both sides: carried as HTML. */
export function pairRichText(pair: Pair): Conversion {
  const { circaHtml, campaignHtml } = sidesOf(pair);
  return join(pair, {
    circa: circaHtml,
    campaign: campaignHtml,
    same: sameHtml,
    quick: (a, b) => (typeof a === "string" && typeof b === "string" ? sameHtml(a, b) : undefined),
  });
}

/** Rich text in Circa, a plain text area on the Campaign. */
export function pairRichWithPlain(pair: Pair): Conversion {
  return join(pair, {
    circa: asText(sidesOf(pair).circaHtml),
    campaign: visible(campaignText(endsOf(pair).campaign, pair.campaign)),
    same: sameShown,
  });
}

/** Plain text in Circa, a rich text area on the Campaign. */
export function pairPlainWithRich(pair: Pair): Conversion {
  return join(pair, {
    circa: visible(circaText(endsOf(pair).circa, pair.circa.type)),
    campaign: asText(sidesOf(pair).campaignHtml),
    same: sameShown,
  });
}
