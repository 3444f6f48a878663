import { decodeAttribute, decodeEntities } from "./entities.ts";

export type HtmlToken =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "open"; readonly name: string; readonly attributes: Attributes }
  | { readonly kind: "close"; readonly name: string };

export type Attributes = ReadonlyMap<string, string>;

/** Elements whose content is no text for people. */
const unread = new Set(["script", "style", "title", "template", "textarea", "iframe", "noscript"]);

const attribute =
  /[\s/]*([^\s=>"'/][^\s=>/]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)))?/y;

const none: Attributes = new Map();

/** Reads attributes from `start`; `end` is the place behind the tag's `>`. */
function readAttributes(html: string, start: number): { attributes: Attributes; end: number } {
  if (html[start] === ">") return { attributes: none, end: start + 1 };
  const attributes = new Map<string, string>();
  let at = start;
  for (;;) {
    attribute.lastIndex = at;
    const found = attribute.exec(html);
    if (!found) break;
    const [whole, name = "", double, single, bare] = found;
    attributes.set(name.toLowerCase(), decodeAttribute(double ?? single ?? bare ?? ""));
    at += whole.length;
  }
  const close = html.indexOf(">", at);
  return { attributes, end: close < 0 ? html.length : close + 1 };
}

const endOf = (html: string, mark: string, from: number): number => {
  const found = html.indexOf(mark, from);
  return found < 0 ? html.length : found + mark.length;
};

const tagName = /\/?([a-z][a-z0-9]*)/iy;

/**
 * Cuts HTML into text and tags, in one pass and without ever failing: broken markup is read
 * as far as it makes sense. Comments, declarations, scripts and styles are left out.
 */
export function* readHtml(html: string): Generator<HtmlToken, void> {
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf("<", at);
    if (open !== at) {
      yield { kind: "text", text: decodeEntities(html.slice(at, open < 0 ? undefined : open)) };
      if (open < 0) return;
    }
    tagName.lastIndex = open + 1;
    const tag = tagName.exec(html);
    if (tag) {
      const name = (tag[1] ?? "").toLowerCase();
      const { attributes, end } = readAttributes(html, open + 1 + tag[0].length);
      at = end;
      if (tag[0].startsWith("/")) yield { kind: "close", name };
      else if (unread.has(name)) {
        // What it frames is shown; what stands in it is not.
        if (name === "iframe") yield { kind: "open", name, attributes };
        at = skipElement(html, name, end);
      } else yield { kind: "open", name, attributes };
    } else if (html.startsWith("<!--", open)) {
      at = endOf(html, "-->", open + 4);
    } else if (/^<[!?/]/.test(html.slice(open, open + 2))) {
      at = endOf(html, ">", open);
    } else {
      yield { kind: "text", text: "<" };
      at = open + 1;
    }
  }
}

function skipElement(html: string, name: string, from: number): number {
  const close = new RegExp(`</${name}\\b[^>]*>?`, "gi");
  close.lastIndex = from;
  return close.exec(html) ? close.lastIndex : html.length;
}
