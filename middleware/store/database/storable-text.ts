/**
 * Text as both engines give it back: PostgreSQL refuses U+0000
 * (https://www.postgresql.org/docs/17/datatype-character.html), the driver of SQLite cuts what it
 * reads off there, and both turn an unpaired surrogate into U+FFFD.
 */

/** Whether it comes back as it is. A key that does not must not become a row: no query finds it. */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

/** A statement's parameter with U+FFFD in the place of what can't be stored. */
export function storable<T>(value: T): T {
  if (typeof value !== "string" || isStorable(value)) return value;
  return value.toWellFormed().replaceAll("\0", "\uFFFD") as T & string;
}
