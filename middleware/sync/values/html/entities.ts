/**
 * Character references as browsers read them: all names, those of old also without a semicolon,
 * numbers 0x80 to 0x9F as windows-1252.
 * Source: https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state
 */
import { decodeHTML, decodeHTMLAttribute } from "entities";

/** What text means; unknown names stay as they are. */
export const decodeEntities = (text: string): string =>
  text.includes("&") ? decodeHTML(text) : text;

/** In an attribute, a name without a semicolon before `=` or a letter is none: `?a=1&copy=2`. */
export const decodeAttribute = (text: string): string =>
  text.includes("&") ? decodeHTMLAttribute(text) : text;
