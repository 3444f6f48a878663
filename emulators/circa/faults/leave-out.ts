/** What the fault `partial` makes of an Event on its way out. */
interface Partial {
  readonly omit: readonly string[];
  readonly instead: Readonly<Record<string, unknown>>;
}

type Json = Readonly<Record<string, unknown>>;

/** Of an Event, of `{"data": Event}`, of a list of them, or of a webhook's body. */
export function leaveOut(body: unknown, fault: Partial): unknown {
  if (Array.isArray(body)) return body.map((one) => leaveOut(one, fault));
  if (typeof body !== "object" || body === null) return body;
  if ("data" in body) return { ...body, data: leaveOut(body.data, fault) };
  return { ...without(body as Json, fault.omit), ...fault.instead };
}

function without(event: Json, omit: readonly string[]): Json {
  const left = Object.entries(event).filter(([key]) => !omit.includes(key));
  return Object.fromEntries(
    left.map(([key, value]) => [key, key === "custom_fields" ? customWithout(value, omit) : value]),
  );
}

function customWithout(custom: unknown, omit: readonly string[]): unknown {
  if (Array.isArray(custom)) {
    return custom.filter(
      (entry: { id?: string; field_id?: string }) =>
        !omit.includes(entry.id ?? entry.field_id ?? ""),
    );
  }
  return Object.fromEntries(Object.entries(custom as Json).filter(([key]) => !omit.includes(key)));
}
