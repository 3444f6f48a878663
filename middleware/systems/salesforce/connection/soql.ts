/**
 * A SOQL string literal.
 * Source: SOQL and SOSL Reference, "Quoted String Escape Sequences".
 */
export function literal(value: string): string {
  return `'${value.replace(/[\\']/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r")}'`;
}

/** Of the texts that are looked for: ids, names and e-mail addresses. */
const maxTextLength = 255;

/**
 * Whether a record can hold the value at all: then it may stand in a query. What is longer, holds
 * control characters or is no well-formed Unicode would only make the query fail for all others.
 */
export function isQueryable(value: string): boolean {
  return value.length <= maxTextLength && !/[\p{Cc}\p{Cs}]/u.test(value);
}
