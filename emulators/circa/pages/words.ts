/** Values and times as people read them. */
import { DateTime } from "luxon";
import type { Circa } from "../circa.ts";
import { fullName, type EventRow, type FieldRow } from "../entities.ts";
import { isBlank, isList, isPerson, type FieldValue } from "../values/field-value.ts";
import { html, type Html } from "../../html.ts";

/** The label that Salesforce gives a value, or the value itself; `COMMITTED` reads Committed. */
export function optionLabel(field: FieldRow, value: string): string {
  const synced = field.crmSync?.options?.find((option) => option.value === value);
  if (synced) return synced.label;
  return field.fieldName === "status" ? value.charAt(0) + value.slice(1).toLowerCase() : value;
}

const amounts = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2 });

/** A value in words, a dash for a blank. */
export function valueInWords(field: FieldRow, value: FieldValue): string {
  if (isBlank(value)) return "–";
  if (isList(value)) return value.map((item) => optionLabel(field, item)).join(", ");
  if (isPerson(value)) return fullName(value);
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "number")
    return field.type === "CURRENCY" ? amounts.format(value) : String(value);
  return field.type === "SELECT" ? optionLabel(field, value ?? "") : (value ?? "");
}

/** "16 – 18 Mar 2027", as short as the two days allow. */
export function datesInWords(event: EventRow): string {
  const [start, end] = ["start_date", "end_date"].map((key) => {
    const value = event.values.get(key);
    const day = typeof value === "string" ? DateTime.fromISO(value, { locale: "en-GB" }) : null;
    return day?.isValid === true ? day : null;
  });
  if (!start) return end ? `until ${end.toFormat("d MMM yyyy")}` : "No dates yet";
  if (!end || end.hasSame(start, "day")) return start.toFormat("d MMM yyyy");
  if (end.hasSame(start, "month")) return `${start.toFormat("d")} – ${end.toFormat("d MMM yyyy")}`;
  if (end.hasSame(start, "year")) {
    return `${start.toFormat("d MMM")} – ${end.toFormat("d MMM yyyy")}`;
  }
  return `${start.toFormat("d MMM yyyy")} – ${end.toFormat("d MMM yyyy")}`;
}

/** "2 minutes ago", with the exact time to point at. */
export function ago(circa: Circa, at: Date): Html {
  const time = DateTime.fromJSDate(at, { zone: "utc" }).setLocale("en");
  const base = DateTime.fromJSDate(circa.now(), { zone: "utc" });
  const seconds = base.diff(time).as("seconds");
  const words = seconds < 45 ? "just now" : (time.toRelative({ base }) ?? "");
  const exact = time.toFormat("d MMM yyyy, HH:mm:ss 'UTC'");
  return html`<time datetime="${at.toISOString()}" title="${exact}">${words}</time>`;
}

/** A refusal as it stands alone: with a capital, without a full stop. */
export function asSentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1).replace(/\.$/, "");
}
