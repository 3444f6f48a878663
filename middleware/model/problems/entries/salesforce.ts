/**
 * Salesforce's own codes for a field that it refuses.
 * Source: Object Reference, "Exception codes and status codes".
 */
import type { ProblemEntries, Wording } from "./entry.ts";

/** Whatever the code, the reason is in Salesforce's own words. */
const refused = {
  message: {
    english: "Salesforce refuses {change}: {said}",
    german: "Salesforce lehnt {change} ab: {said}",
  },
  hint: {
    english: "Change {field} on the Event to a value that the Campaign's {target} takes.",
    german: "Ändern Sie {field} auf dem Event auf einen Wert, den {target} der Kampagne annimmt.",
  },
} as const satisfies Wording;

export const salesforceEntries = {
  FIELD_CUSTOM_VALIDATION_EXCEPTION: {
    meaning: "A validation rule, trigger or flow refuses the field's value.",
    remedy: "Meet the rule in the message.",
    ...refused,
  },
  STRING_TOO_LONG: {
    meaning: "The text is longer than the Campaign field.",
    remedy: "Shorten it, or have an admin make the field longer.",
    ...refused,
  },
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: {
    meaning: "The restricted picklist does not take the value.",
    remedy: "Choose another one, or have an admin add it to the picklist or record type.",
    ...refused,
  },
  NUMBER_OUTSIDE_VALID_RANGE: {
    meaning: "The number does not fit the Campaign field.",
    remedy: "Correct it, or have an admin allow more digits.",
    ...refused,
  },
  INVALID_EMAIL_ADDRESS: {
    meaning: "Salesforce does not accept the e-mail address.",
    remedy: "Correct it.",
    ...refused,
  },
  REQUIRED_FIELD_MISSING: {
    meaning: "A field that the org requires would be blank.",
    remedy: "Fill it in, or set the mapping's blank rule to Keep.",
    ...refused,
  },
  DUPLICATE_VALUE: {
    meaning: "Another Campaign has this value of a unique field.",
    remedy: "Change one of the two.",
    ...refused,
  },
  INVALID_FIELD_FOR_INSERT_UPDATE: {
    meaning: "The integration user may not edit the Campaign field; its mapping is off.",
    remedy: "Give its permission set edit access.",
    ...refused,
  },
  INSUFFICIENT_ACCESS_OR_READONLY: {
    meaning: "The integration user may not edit the Campaign.",
    remedy: "Share the Campaign with it, or unlock it (an approval locks records).",
    ...refused,
  },
  INVALID_CROSS_REFERENCE_KEY: {
    meaning: "The field names a deleted or hidden record.",
    remedy: "Choose another record.",
    ...refused,
  },
  INVALID_FIELD: {
    meaning: "The integration user can't see the Campaign field, or it was deleted.",
    remedy: "Give its permission set access, or remove the mapping.",
    ...refused,
  },
  REFUSED_BY_SALESFORCE: {
    meaning: "Salesforce refuses the field with another code.",
    remedy: "Do what the message says.",
    ...refused,
  },
} as const satisfies ProblemEntries;

export type SalesforceProblemCode = keyof typeof salesforceEntries;

/** @returns Salesforce's own code where the catalogue explains it */
export function problemCodeOf(refusalCode: string): SalesforceProblemCode {
  return refusalCode in salesforceEntries
    ? (refusalCode as SalesforceProblemCode)
    : "REFUSED_BY_SALESFORCE";
}
