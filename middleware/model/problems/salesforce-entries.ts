/**
 * Salesforce's own codes for a field that it refuses.
 * Source: Object Reference, "Exception codes and status codes".
 */
import type { Entries } from "./entry.ts";

export const salesforceEntries = {
  FIELD_CUSTOM_VALIDATION_EXCEPTION: {
    meaning: "A validation rule of the org, a trigger or a flow refuses the field's value.",
    remedy: "Meet the rule that the message states.",
  },
  STRING_TOO_LONG: {
    meaning: "The text is longer than the Campaign field.",
    remedy: "Shorten it, or have an admin make the field longer.",
  },
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: {
    meaning: "The value is not one that the restricted picklist takes.",
    remedy:
      "Choose another value, or have an admin add this one to the picklist or the record type.",
  },
  NUMBER_OUTSIDE_VALID_RANGE: {
    meaning: "The number does not fit the Campaign field.",
    remedy: "Correct the number, or have an admin allow more digits.",
  },
  INVALID_EMAIL_ADDRESS: {
    meaning: "Salesforce takes the text for no e-mail address.",
    remedy: "Correct the address.",
  },
  REQUIRED_FIELD_MISSING: {
    meaning: "A field that the org requires would be blank.",
    remedy: "Fill it in, or set the mapping's blank rule to Keep.",
  },
  DUPLICATE_VALUE: {
    meaning: "The field is unique and another Campaign has the value.",
    remedy: "Change one of the two.",
  },
  INVALID_FIELD_FOR_INSERT_UPDATE: {
    meaning: "The integration user may not edit the Campaign field.",
    remedy: "Give its permission set edit access to the field. The mapping is off until then.",
  },
  INSUFFICIENT_ACCESS_OR_READONLY: {
    meaning: "The integration user may not edit the Campaign.",
    remedy: "Share the Campaign with it, or unlock it (an approval locks records).",
  },
  INVALID_CROSS_REFERENCE_KEY: {
    meaning: "The field names a record that is gone or hidden.",
    remedy: "Choose another record.",
  },
  INVALID_FIELD: {
    meaning: "The integration user can't see the Campaign field, or it is gone.",
    remedy: "Give its permission set access to the field, or remove the mapping.",
  },
  REFUSED_BY_SALESFORCE: {
    meaning:
      "Salesforce refuses the field for another reason; the message holds its code and words.",
    remedy: "Do what the message says.",
  },
} as const satisfies Entries;

export type SalesforceProblemCode = keyof typeof salesforceEntries;

/** @returns Salesforce's own code where the catalogue explains it */
export function problemCodeOf(refusalCode: string): SalesforceProblemCode {
  return refusalCode in salesforceEntries
    ? (refusalCode as SalesforceProblemCode)
    : "REFUSED_BY_SALESFORCE";
}
