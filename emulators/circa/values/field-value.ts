/** What a field of an Event can hold, blank being null or an empty list. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly first_name: string;
  readonly last_name: string;
}

export type FieldValue = string | number | boolean | readonly string[] | Person | null;

export function isPerson(value: FieldValue): value is Person {
  return typeof value === "object" && value !== null && "email" in value;
}

export function isList(value: FieldValue): value is readonly string[] {
  return Array.isArray(value);
}

export function isBlank(value: FieldValue): boolean {
  return value === null || value === "" || (isList(value) && value.length === 0);
}

/** True when both say the same: lists compare as sets, people by id, blanks are equal. */
export function sameValue(left: FieldValue, right: FieldValue): boolean {
  if (isBlank(left) || isBlank(right)) return isBlank(left) && isBlank(right);
  if (isList(left) && isList(right)) {
    return left.length === right.length && left.every((item) => right.includes(item));
  }
  if (isPerson(left) && isPerson(right)) return left.id === right.id;
  return left === right;
}
