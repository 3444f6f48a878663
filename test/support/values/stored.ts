/** What each system makes of a value that was written to it, as far as it is known. */
import type { CampaignField, CircaField } from "../../../middleware/model/fields.ts";
import { knownUsers } from "./fields.ts";

const trimmed = (text: string): string => text.replace(/^[\0- ]+|[\0- ]+$/g, "");

/** Salesforce's editors and its sanitiser rewrite markup without changing what it shows. */
function rewrittenMarkup(html: string): string {
  return html
    .replace(/<(\/?)strong\b/gi, "<$1b")
    .replace(/<(\/?)em\b/gi, "<$1i")
    .replace(/<a\b/gi, '<a target="_blank"')
    .replace(/<br\s*\/?>/gi, "<br />")
    .replaceAll("&nbsp;", "\u00a0")
    .replaceAll("&eacute;", "é")
    .replaceAll("&#39;", "'");
}

/**
 * The value that REST gives after `value` was written to `field`. Ends are trimmed, line breaks
 * of text areas become CR LF, e-mail addresses lower-case, multi-selects sorted; numbers keep
 * more decimals than the field shows.
 * @throws when Salesforce would refuse the write.
 */
export function storedBySalesforce(field: CampaignField, value: unknown): unknown {
  if (field.type === "boolean") return mustBe(typeof value === "boolean", value);
  if (value === null) return mustBe(field.nillable, value);
  switch (field.type) {
    case "double":
    case "currency":
    case "percent":
    case "int":
      return mustBe(typeof value === "number" && Number.isFinite(value), value);
    case "date":
      return mustBe(/^\d{4}-\d{2}-\d{2}$/.test(text(value)), value);
    case "datetime":
      return new Date(text(value)).toISOString().replace(/\.\d+Z$/, ".000+0000");
    case "time":
      return mustBe(/^\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(text(value)), value);
    case "reference":
      return mustBe(/^005\w{15}$/.test(text(value)), value);
    case "picklist":
      return storedChoices(field, [trimmed(text(value))]);
    case "multipicklist":
      return storedChoices(field, trimmed(text(value)).split(";"));
    default:
      return storedText(field, text(value));
  }
}

function storedText(field: CampaignField, given: string): string | null {
  const ends = trimmed(given);
  let stored = field.htmlFormatted ? rewrittenMarkup(ends) : ends;
  if (field.type === "textarea") stored = stored.replace(/\r?\n/g, "\r\n");
  if (field.type === "email") stored = stored.toLowerCase();
  if (!field.htmlFormatted) mustBe(stored.length <= field.length, given);
  return stored === "" ? null : stored;
}

function storedChoices(field: CampaignField, chosen: readonly string[]): string | null {
  const order = field.picklistValues.map(({ value }) => trimmed(value));
  const place = (value: string): number => (order.includes(value) ? order.indexOf(value) : 1e6);
  const active = field.picklistValues.filter((entry) => entry.active).map((e) => trimmed(e.value));
  if (field.restrictedPicklist)
    mustBe(
      chosen.every((value) => active.includes(value)),
      chosen,
    );
  return [...new Set(chosen)].sort((a, b) => place(a) - place(b)).join(";") || null;
}

/** The value that Circa's API gives after `value` was written to `field`. */
export function storedByCirca(field: CircaField, value: unknown): unknown {
  if (value === null) return mustBe(!field.required, value);
  if (field.type === "PERSON") {
    const known = knownUsers.find((user) => user.email === text(value).toLowerCase());
    return { id: "VXNlci0x", first_name: null, last_name: null, ...known, email: value };
  }
  return value;
}

function text(value: unknown): string {
  if (typeof value !== "string") throw new Error(`no text: ${JSON.stringify(value)}`);
  return value;
}

function mustBe(accepted: boolean, value: unknown): unknown {
  if (!accepted) throw new Error(`refused: ${JSON.stringify(value)}`);
  return value;
}
