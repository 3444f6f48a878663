/**
 * A SOQL string literal.
 * Source: SOQL and SOSL Reference, "Quoted String Escape Sequences".
 */
export function literal(value: string): string {
  return `'${value.replace(/[\\']/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r")}'`;
}

/** A parenthesised list of string literals, for `IN`. */
export function literals(values: readonly string[]): string {
  return `(${values.map(literal).join(",")})`;
}
