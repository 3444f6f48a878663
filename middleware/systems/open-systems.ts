/** The clients of both systems, each behind its circuit, and the org's API budget. */
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { createCircaClient, type CircaClient } from "./circa/client.ts";
import { Circuit, type Probes } from "./circuit.ts";
import { createApiBudget, type ApiBudget } from "./salesforce/api-budget.ts";
import { createSalesforceClient, type SalesforceClient } from "./salesforce/client.ts";
import { createConnection, type SalesforceConnection } from "./salesforce/connection.ts";
import { createCreatingClient, type CreatingClient } from "./salesforce/creating.ts";
import { callsTogether } from "./salesforce/calls-together.ts";
import { createScreenClient, type ScreenClient } from "./salesforce/screens.ts";
import type { PackageNames } from "./salesforce/names.ts";

export interface Systems {
  readonly circuits: { readonly salesforce: Circuit; readonly circa: Circuit };
  readonly apiBudget: ApiBudget;
  readonly salesforceConnection: SalesforceConnection;
  readonly salesforce: SalesforceClient;
  readonly creating: CreatingClient;
  readonly screens: ScreenClient;
  readonly circa: CircaClient;
}

export interface SystemParts {
  readonly clock: Clock;
  readonly log: Log;
  /** @default this is the only process */
  readonly probes?: Probes | undefined;
}

/**
 * Makes no call yet.
 * @param confirmOrg throws when the org is not the one to talk to; then no call is made
 */
export function openSystems(
  config: Pick<Config, "salesforce" | "circa">,
  names: PackageNames,
  { clock, log, probes }: SystemParts,
  confirmOrg: (organizationId: string) => Promise<void>,
): Systems {
  const circuits = {
    salesforce: new Circuit({ system: "salesforce", clock, log, probes }),
    circa: new Circuit({ system: "circa", clock, log, probes }),
  };
  const apiBudget = createApiBudget({
    share: config.salesforce.apiShare,
    clock,
    log,
    onExhausted: (untilMs, reason) => circuits.salesforce.hold(untilMs, reason),
  });
  const guards = { circuit: circuits.salesforce, budget: apiBudget };
  const connection = createConnection(config.salesforce, clock, guards, confirmOrg);
  const together = callsTogether(connection);
  return {
    circuits,
    apiBudget,
    salesforceConnection: connection,
    salesforce: createSalesforceClient(connection, names, clock, together),
    creating: createCreatingClient(connection, names, together),
    screens: createScreenClient(connection, names),
    circa: createCircaClient({ config: config.circa, clock, log, circuit: circuits.circa }),
  };
}
