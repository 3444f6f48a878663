const hashes = new WeakMap<object, number>();
let next = 1;

/** A hash code for objects without their own: stable for the object, different for each. */
export function identityHash(value: object): number {
  let hash = hashes.get(value);
  if (hash === undefined) {
    hash = next;
    next = (next + 1) | 0;
    hashes.set(value, hash);
  }
  return hash;
}
