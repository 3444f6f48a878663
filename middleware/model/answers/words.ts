/** What people and logs read of another system's answer: one short line, never a page. */
import type { FieldRefusal } from "../../runtime/errors.ts";
import type { Answer } from "./rule.ts";

const maxLength = 300;

/** White space and control characters become blanks, and what is too long is cut. */
export function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex -- what a log or a page must not get
  const line = text.replaceAll(/[\s\u0000-\u001f\u007f-\u009f]+/g, " ").trim();
  if (line.length <= maxLength) return line;
  return `${line.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** Why an answer was of no use, e.g. `HTTP 503 with a page of HTML`. */
export function reasonOf({ status, form, codes, text }: Answer): string {
  const http = status === null ? "" : `HTTP ${status}`;
  if (form === "own") {
    const said = oneLine(text);
    const code = codes.length === 0 ? http : codes.join(", ");
    return said === "" ? `${http} ${code}`.trim() : `${said} (${code})`;
  }
  if (form === "page") return `${http} with a page of HTML instead of an answer`;
  // Identity errors of Salesforce are one word of text.
  const word = /^[\w-]{1,60}$/.test(text.trim()) ? ` "${text.trim()}"` : "";
  return form === "other"
    ? `${http} with an answer of another form${word}`
    : `${http} without a body`;
}

/** What a system refuses, in its own words and by its own codes. */
export function sayRefusals(refusals: readonly FieldRefusal[]): string {
  return oneLine(refusals.map(({ message, code }) => `${oneLine(message)} (${code})`).join("; "));
}
