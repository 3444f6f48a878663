/** An answer as Lightning sends it: members that are null are left out, at all depths. */
export function asLightningSends(value) {
  if (Array.isArray(value)) return value.map(asLightningSends);
  if (value == null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, member]) => member != null);
  return Object.fromEntries(entries.map(([name, member]) => [name, asLightningSends(member)]));
}

/** A stand-in of an Apex method for `jest.mock`, whose answers come as Lightning sends them. */
export function apexMethod() {
  const method = jest.fn();
  const { mockResolvedValue, mockResolvedValueOnce, mockImplementation } = method;
  method.mockResolvedValue = (value) => mockResolvedValue(asLightningSends(value));
  method.mockResolvedValueOnce = (value) => mockResolvedValueOnce(asLightningSends(value));
  method.mockImplementation = (answer) =>
    mockImplementation(async (...args) => asLightningSends(await answer(...args)));
  return { __esModule: true, default: method };
}
