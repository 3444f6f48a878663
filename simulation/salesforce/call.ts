/** One call to Salesforce over the simulated network, and how the real client tells its failures. */
import { SystemError } from "../../middleware/runtime/errors.ts";
import type { Life } from "../engine/mortal.ts";
import type { WayFault } from "../engine/network.ts";
import type { World } from "../world.ts";

export interface SalesforceCall<T> {
  readonly writes?: readonly string[];
  readonly workMs?: number;
  readonly work: () => T;
}

/** @throws SystemError of the kind that the real client gives the fault */
export function callSalesforce<T>(
  { network }: Pick<World, "network">,
  life: Life,
  kind: string,
  call: SalesforceCall<T>,
): Promise<T> {
  const named = `salesforce ${kind}`;
  const failed = (fault: WayFault): T => {
    throw errorOf(named, fault);
  };
  return network.call(life, { system: "salesforce", kind: named, failed, ...call });
}

function errorOf(kind: string, fault: WayFault): SystemError {
  const say = (
    errorKind: SystemError["kind"],
    text: string,
    details: { status?: number; systemWide?: boolean },
  ) => new SystemError("salesforce", errorKind, `${kind}: ${text}`, details);
  switch (fault) {
    case "unreachable":
      return say("retry", "could not be reached", { systemWide: true });
    case "unavailable":
      return say("retry", "HTTP 503", { status: 503, systemWide: true });
    case "limit": {
      const text = "TotalRequests Limit exceeded (REQUEST_LIMIT_EXCEEDED)";
      return say("limit", text, { status: 403, systemWide: true });
    }
    case "sign_in":
      return say("sign_in", "Session expired or invalid (INVALID_SESSION_ID)", { status: 401 });
    case "no_answer":
      return say("retry", "no answer in time", { systemWide: true });
  }
}
