/** Rich text (HTML) on either side, and its way into and out of plain text. */
import type { Conversion, Converted } from "./conversion.ts";
import { readHtmlLines, type HtmlLine } from "./html-lines.ts";
import type { Trip } from "./problems.ts";
import { endsOf, join, ok, type End, type Pair, type Side } from "./sides.ts";
import { campaignText, checkStorable, circaText, readText } from "./text.ts";

const markStart = "\u0001";
const markEnd = "\u0002";
const blanks = /[ \t\n\r\f\u00a0]+/g;

/**
 * What of a line counts when rich text is compared. Blanks carry no marks, so that
 * `<b>a </b>b` and `<b>a</b> b`, which look alike, are alike.
 */
function canonicalLine({ blocks, item, runs }: HtmlLine): string {
  let marks = "";
  let shown = "";
  for (const run of runs) {
    if (run.marks.startsWith("img")) shown += markStart + run.marks + markEnd;
    let text = run.text.replace(blanks, " ");
    if (text.startsWith(" ")) {
      if (!shown.endsWith(" ")) shown += " ";
      text = text.slice(1);
    }
    if (text === "") continue;
    if (run.marks !== marks) shown += markStart + run.marks + markEnd;
    marks = run.marks;
    shown += text;
  }
  const content = shown.trim();
  return content === "" ? "" : `${blocks}${item ? "•" : ""}|${content}`;
}

/**
 * The form in which rich text is compared: words, bold and the like, links, pictures, lists,
 * headings. Colours, fonts, alignment, empty lines and the kind of line break don't count, since
 * Salesforce and its editors rewrite them.
 */
export function canonicalHtml(html: string): string {
  return readHtmlLines(html).map(canonicalLine).filter(Boolean).join("\n");
}

function plainLine({ item, runs }: HtmlLine): string {
  let text = "";
  for (const [index, run] of runs.entries()) {
    text += run.text.replace(/[ \t\n\r\f]+/g, " ");
    const href = linkOf(run.marks);
    // A link's address is kept, once, behind its words.
    const linkEnds = href !== linkOf(runs[index + 1]?.marks ?? "");
    if (href !== "" && linkEnds && !text.endsWith(href.replace(/^mailto:/i, ""))) {
      text += ` (${href})`;
    }
  }
  const trimmed = text.replace(/ {2,}/g, " ").replace(/^ | $/g, "");
  return (item ? "- " : "") + trimmed.replaceAll("\u00a0", " ");
}

const linkOf = (marks: string): string => /(?:^| )a (\S+)/.exec(marks)?.[1] ?? "";

/** The words of rich text, a line per paragraph, list items with a dash, links in brackets. */
export function htmlToText(html: string): string {
  return readHtmlLines(html).map(plainLine).join("\n").trim();
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

/** Text without what HTML can't show: kinds of blanks, empty lines. */
function looseText(text: string): string {
  return text
    .split("\n")
    .map((line) => line.replace(/[\s\u00a0]+/g, " ").trim())
    .filter(Boolean)
    .join("\n");
}

function htmlSide({ reading, writing }: End, write: (html: string) => Converted): Side<string> {
  return {
    read: (raw) => {
      const html = readText(raw, reading);
      return html.ok && html.value !== null && canonicalHtml(html.value) === "" ? ok(null) : html;
    },
    write: (html) => guard(html, writing, write),
  };
}

function guard(html: string, trip: Trip, write: (html: string) => Converted): Converted {
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
    write: (text, context) => html.write?.(textToHtml(text), context) ?? ok(null),
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
      return found.ok && found.value !== null && looseText(found.value) === "" ? ok(null) : found;
    },
  };
}

const sameLoosely = (a: string, b: string): boolean => looseText(a) === looseText(b);

const sameHtml = (a: string, b: string): boolean => canonicalHtml(a) === canonicalHtml(b);

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
    same: sameLoosely,
  });
}

/** Plain text in Circa, a rich text area on the Campaign. */
export function pairPlainWithRich(pair: Pair): Conversion {
  return join(pair, {
    circa: visible(circaText(endsOf(pair).circa, pair.circa.type)),
    campaign: asText(sidesOf(pair).campaignHtml),
    same: sameLoosely,
  });
}
