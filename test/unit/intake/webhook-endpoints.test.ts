import { nextWay, type CircaWay } from "../../../middleware/intake/polling/circa-way.ts";
import { endpointFault } from "../../../middleware/intake/polling/webhook-endpoints.ts";
import {
  eventWebhookTypes,
  fieldWebhookTypes,
} from "../../../middleware/systems/circa/webhook-shape.ts";

const all = [...eventWebhookTypes, ...fieldWebhookTypes];
const endpoint = (
  url: string,
  { types = all, enabled = true }: { types?: readonly string[]; enabled?: boolean } = {},
) => ({
  url,
  types: [...types],
  enabled,
});
const anyHost = { tenant: "default", publicUrl: null };
const named = { tenant: "default", publicUrl: "https://sync.example/hooks" };
const ours = "https://sync.example/webhooks/circa/default";

test.each([
  [ours, null],
  [`${ours}/`, null],
  [`${ours}?key=1`, null],
  ["http://10.0.0.7:8080/proxy/webhooks//circa/default", null],
  ["https://sync.example/webhooks/circa/other", "none"],
  ["https://sync.example/webhooks/circa/default/more", "none"],
  ["not an address", "none"],
])("without a known address the path alone counts: %s", (url, fault) => {
  expect(endpointFault([endpoint(url)], anyHost)).toBe(fault);
});

test.each([
  ["https://sync.example/hooks/webhooks/circa/default", null],
  ["https://SYNC.example:443/hooks/webhooks/circa/default/", null],
  ["https://sync.example/webhooks/circa/default", "none"],
  ["https://staging.example/hooks/webhooks/circa/default", "none"],
  ["https://sync.example:8443/hooks/webhooks/circa/default", "none"],
])("with a known address all of it counts: %s", (url, fault) => {
  expect(endpointFault([endpoint(url)], named)).toBe(fault);
});

test("off, with too few types, several, none, or no list at all", () => {
  const few = { types: ["event.updated"] };
  expect(endpointFault(null, anyHost)).toBe("unsupported");
  expect(endpointFault([], anyHost)).toBe("none");
  expect(endpointFault([endpoint(ours, { enabled: false })], anyHost)).toBe("disabled");
  expect(endpointFault([endpoint(ours, few)], anyHost)).toBe("types");
  const rest = all.filter((type) => type !== "event.updated");
  expect(endpointFault([endpoint(ours, few), endpoint(ours, { types: rest })], anyHost)).toBeNull();
  const off = endpoint(ours, { enabled: false });
  expect(endpointFault([endpoint(ours, few), off], anyHost)).toBe("types");
  expect(
    endpointFault([off, endpoint("https://else.example/x"), endpoint(ours)], anyHost),
  ).toBeNull();
});

describe("which way Circa's changes come", () => {
  const minute = 60_000;
  const polling: CircaWay = { way: "polling", since: 0, reason: "none" };
  const webhooks: CircaWay = { way: "webhooks", since: 0, reason: null };
  const good = { fault: null, faultAt: null, arrivedAt: null, lost: null };

  test("an endpoint in order is trusted from the start; one that comes later has to prove itself", () => {
    expect(nextWay(null, good, 5)).toEqual({ way: "webhooks", since: 5, reason: null });
    expect(nextWay(webhooks, good, 5)).toBe(webhooks);
    expect(nextWay(webhooks, { ...good, fault: "disabled" }, 5)).toEqual({
      way: "polling",
      since: 5,
      reason: "disabled",
    });
    expect(nextWay(polling, good, 5)).toEqual({ way: "polling", since: 0, reason: "unproven" });
    const proven = { ...good, arrivedAt: 4 };
    expect(nextWay(polling, proven, 5)).toEqual({ way: "webhooks", since: 5, reason: null });
    // One from before the trouble proves nothing.
    expect(nextWay({ ...polling, since: 4 }, proven, 5)).toMatchObject({ reason: "unproven" });
  });

  test("what arrives while the endpoint is faulty proves nothing", () => {
    const way = (arrivedAt: number) => nextWay(polling, { ...good, faultAt: 3, arrivedAt }, 5);
    expect(way(2)).toMatchObject({ reason: "unproven" });
    expect(way(3)).toMatchObject({ reason: "unproven" });
    expect(way(4)).toEqual({ way: "webhooks", since: 5, reason: null });
  });

  test("after a loss deliveries are watched, the longer the more often one was lost", () => {
    const after = (minutes: number, times: number, arrivedAt: number | null) =>
      nextWay(
        { way: "polling", since: 1, reason: "lost" },
        { ...good, arrivedAt, lost: { at: 0, times } },
        minutes * minute,
      ).way;
    expect(after(9, 1, 5)).toBe("polling");
    expect(after(10, 1, null)).toBe("polling");
    expect(after(10, 1, 5)).toBe("webhooks");
    expect(after(79, 4, 5)).toBe("polling");
    expect(after(80, 4, 5)).toBe("webhooks");
    expect(after(24 * 60, 1_000, 5)).toBe("webhooks");
  });
});
