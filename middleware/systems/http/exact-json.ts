/**
 * JSON whose numbers keep all their digits. `JSON.parse` makes doubles of them, which hold 15
 * significant digits for sure: 9999999999999999 becomes 10000000000000000 without a word.
 */

/** How many significant digits every double keeps. */
export const exactDigits = 15;

/** A number with more digits than that, perhaps; most texts have none, and are not read twice. */
const maybeLong = /[:[,]\s*-?\d(?:\.?\d){15}/;
const stringsAndNumbers = /"[^"\\]*(?:\\[^][^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** @throws SyntaxError */
export function parseExactJson(text: string): unknown {
  return JSON.parse(quoteLongNumbers(text));
}

/** Puts numbers of more than 15 significant digits into quotes, so that they stay what they are. */
export function quoteLongNumbers(json: string): string {
  if (!maybeLong.test(json)) return json;
  return json.replace(stringsAndNumbers, (token) =>
    token.startsWith('"') || significantDigits(token) <= exactDigits ? token : `"${token}"`,
  );
}

/** Those of the text, zeros at its end included. */
function significantDigits(number: string): number {
  const [mantissa = ""] = number.split(/e/i);
  return mantissa.replace(/[-.]/g, "").replace(/^0+/, "").length;
}
