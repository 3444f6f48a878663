/** Circa's ids: unpadded base64 of `Type-number`, e.g. `RXZlbnQtNzg5NDE` for `Event-78941`. */
export type CircaIdType = "Event" | "CustomFieldType" | "FieldType" | "Team" | "User" | "Webhook";

/** The opaque, case-sensitive id of one thing. */
export function circaId(type: CircaIdType, number: number): string {
  return Buffer.from(`${type}-${number}`).toString("base64").replace(/=+$/, "");
}

/** The number inside an id of that type, or null when the text is no such id. */
export function numberOfCircaId(type: CircaIdType, id: string): number | null {
  const match = /^([A-Za-z]+)-(\d+)$/.exec(Buffer.from(id, "base64").toString("latin1"));
  if (match?.[1] !== type) return null;
  const number = Number(match[2]);
  // Base64 decoding forgives spare bits and padding; an id has exactly one spelling.
  return circaId(type, number) === id ? number : null;
}
