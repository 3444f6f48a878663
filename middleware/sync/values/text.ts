/** Text, web addresses, e-mail addresses and phone numbers. */
import type { CircaFieldType } from "../../model/circa-types.ts";
import type { CampaignField } from "../../model/fields.ts";
import type { Conversion, Converted } from "./conversion.ts";
import { fail, type Route } from "./problems.ts";
import { endsOf, join, ok, type End, type Pair, type Side } from "./sides.ts";
import { isStorable } from "./storable.ts";

// What Salesforce trims from both ends of a string: characters up to the space, not U+00A0.
// Source: https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_primitives.htm
const lastBlank = 0x20;

const blankAt = (text: string, index: number): boolean => text.charCodeAt(index) <= lastBlank;

/** `text` as it comes back from Salesforce: ends trimmed, every line break one `\n`. */
export function normaliseText(text: string): string {
  const unified = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  let start = 0;
  let end = unified.length;
  while (start < end && blankAt(unified, start)) start += 1;
  while (end > start && blankAt(unified, end - 1)) end -= 1;
  return end - start === unified.length ? unified : unified.slice(start, end);
}

/** Text of either system, normalised; blank text is null. */
export function readText(raw: unknown, trip: Route): Converted<string | null> {
  if (raw == null) return ok(null);
  if (typeof raw !== "string")
    return fail("WRONG_SHAPE", trip, raw, { expected: { phrase: "aText" } });
  return ok(normaliseText(raw) || null);
}

type Check = (text: string, trip: Route) => Converted;

// No dot before the first character of either part.
const emailShape = /^(?!\.)[^\s@,;<>]+@(?!\.)[^\s@,;<>]+\.[^\s@,;<>.]+$/;
const scheme = /^([a-z][a-z0-9+.-]*):/i;
const scriptSchemes = ["javascript", "data", "vbscript"];

const checkEmail: Check = (text, trip) =>
  // The longest address there is has 254 characters; the limit also bounds the pattern's work.
  text.length <= 254 && emailShape.test(text) ? ok(text) : fail("INVALID_EMAIL", trip, text);

/** One address without blanks, and no script. */
export function isWebAddress(text: string): boolean {
  const isScript = scriptSchemes.includes(scheme.exec(text)?.[1]?.toLowerCase() ?? "");
  return !isScript && !/\s/.test(text) && isStorable(text);
}

const checkUrl: Check = (text, trip) =>
  isWebAddress(text) ? ok(text) : fail("INVALID_URL", trip, text);

/**
 * Length as a text area counts it: Salesforce keeps a line break as CR LF and counts both.
 * Source: https://help.salesforce.com/apex/HTViewSolution?id=000240417
 * @param text normalised
 */
export function lengthInArea(text: string): number {
  let length = text.length;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) length += 1;
  return length;
}

/** Refuses what no text field stores, and what is longer than the Campaign field. */
export function checkStorable(
  text: string,
  campaign: CampaignField | null,
  trip: Route,
): Converted {
  if (!isStorable(text)) return fail("INVALID_CHARACTERS", trip, text);
  if (campaign === null || campaign.length === 0) return ok(text);
  const length = campaign.type === "textarea" ? lengthInArea(text) : text.length;
  return length > campaign.length
    ? fail("VALUE_TOO_LONG", trip, text, {
        length,
        limit: campaign.length,
        excess: length - campaign.length,
      })
    : ok(text);
}

/** Refuses text that the Campaign field can't hold as it is. */
export function checkCampaignText(text: string, campaign: CampaignField, trip: Route): Converted {
  const storable = checkStorable(text, campaign, trip);
  if (!storable.ok) return storable;
  if (campaign.type !== "textarea" && text.includes("\n")) {
    return fail("LINE_BREAKS", trip, text);
  }
  if (campaign.type === "email") return checkEmail(text, trip);
  return campaign.type === "url" ? checkUrl(text, trip) : storable;
}

/** The Campaign's side of plain text. */
export const campaignText = ({ reading, writing }: End, campaign: CampaignField): Side<string> => ({
  read: (raw) => readText(raw, reading),
  write: (text) => checkCampaignText(text, campaign, writing),
});

/** Circa's side of plain text. */
export function circaText({ reading, writing }: End, type: CircaFieldType): Side<string> {
  const check = type === "EMAIL" ? checkEmail : type === "URL" ? checkUrl : null;
  return {
    read: (raw) => readText(raw, reading),
    write: (text) => {
      const storable = checkStorable(text, null, writing);
      return storable.ok && check ? check(text, writing) : storable;
    },
  };
}

const sameText = (a: string, b: string): boolean => a === b;
// Salesforce stores e-mail addresses in lower case.
export const sameEmail = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Decides two texts, or a blank Campaign field, without the ceremony of reading. */
export function quickText(circa: unknown, campaign: unknown): boolean | undefined {
  if (campaign == null) return circa == null || circa === "" ? true : undefined;
  if (typeof circa !== "string" || typeof campaign !== "string") return undefined;
  return normaliseText(circa) === normaliseText(campaign);
}

export function pairText(pair: Pair): Conversion {
  const ends = endsOf(pair);
  const email = pair.circa.type === "EMAIL" || pair.campaign.type === "email";
  return join(pair, {
    circa: circaText(ends.circa, pair.circa.type),
    campaign: campaignText(ends.campaign, pair.campaign),
    same: email ? sameEmail : sameText,
    ...(email ? {} : { quick: quickText }),
  });
}
