/**
 * Several currencies in an org: each Campaign has one, and a hierarchy has one only.
 * Source: Salesforce Help, "Understand Campaign Hierarchy" (a hierarchy supports only one currency in its
 * child campaigns); code and words of the refusal are unverified.
 */
import { defineField, picklistValuesOf } from "../schema/define-field.ts";
import { type SaveError, saveError } from "./errors.ts";
import type { Org } from "./org.ts";
import type { StoredRecord } from "./store.ts";
import type { DraftRecord } from "./triggers.ts";

const currencyField = "CurrencyIsoCode";

export function hasCurrencies(org: Org): boolean {
  return org.schema.object("Campaign")?.fields.has(currencyField.toLowerCase()) === true;
}

/** @param currencies ISO 4217 codes; the first is the org's own, which every Campaign has until changed */
export function switchOnCurrencies(org: Org, currencies: readonly string[]): void {
  const [corporate = ""] = currencies;
  const field = defineField({
    ...{ name: currencyField, label: "Campaign Currency", type: "picklist", length: 3 },
    ...{ restrictedPicklist: true, defaultedOnCreate: true },
    picklistValues: picklistValuesOf(currencies, corporate),
  });
  org.schema.putField("Campaign", field, org.now());
  for (const row of [...org.store.rows("Campaign")]) {
    org.store.put("Campaign", { ...row, [currencyField]: row[currencyField] ?? corporate });
  }
  org.store.commit();
}

/** The refusal of a Campaign whose parent or child has another currency. */
export function checkCurrency(
  org: Org,
  objectName: string,
  draft: DraftRecord,
  before: StoredRecord | null,
): SaveError | null {
  if (objectName !== "Campaign" || !hasCurrencies(org)) return null;
  const own = draft[currencyField];
  if (own === before?.[currencyField] && draft.ParentId === before?.ParentId) return null;
  const relatives = [...org.store.rows("Campaign")].filter(
    (row) => row.IsDeleted !== true && (row.Id === draft.ParentId || row.ParentId === draft.Id),
  );
  if (relatives.every((row) => row[currencyField] === own)) return null;
  const text = "All campaigns in a campaign hierarchy must have the same currency";
  return saveError("FIELD_INTEGRITY_EXCEPTION", text, [currencyField]);
}
