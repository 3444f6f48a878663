/** The clients of both systems, each behind its circuit, and the org's API budget. */
import type { Clock } from "../runtime/clock.ts";
import type { Config } from "../runtime/config.ts";
import type { SystemName } from "../runtime/errors.ts";
import type { Log } from "../runtime/log.ts";
import { circaClaims, salesforceClaims, type ClaimPlace, type Written } from "./claims.ts";
import { createCircaClient, type CircaClient } from "./circa/client.ts";
import { Circuit, type Probes } from "./circuit/circuit.ts";
import { createApiBudget, type ApiBudget } from "./salesforce/connection/api-budget.ts";
import { createSalesforceClient, type SalesforceClient } from "./salesforce/client.ts";
import { createConnection, type SalesforceConnection } from "./salesforce/connection/connection.ts";
import {
  createCreatingClient,
  type CampaignCreationClient,
} from "./salesforce/campaigns/campaign-creation.ts";
import { compositeBatcher } from "./salesforce/connection/composite-batcher.ts";
import { createScreenClient, type ScreenClient } from "./salesforce/screens.ts";
import type { PackageNames } from "./salesforce/connection/names.ts";

export interface Systems {
  readonly circuits: { readonly salesforce: Circuit; readonly circa: Circuit };
  readonly apiBudget: ApiBudget;
  readonly salesforceConnection: SalesforceConnection;
  readonly salesforce: SalesforceClient;
  readonly creating: CampaignCreationClient;
  readonly screens: ScreenClient;
  readonly circa: CircaClient;
  /** Where the claim on the pair is kept. */
  readonly claimPlaces: readonly ClaimPlace[];
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
 * @param mayWrite rejects when no such thing is to be written to it; asked before each such call
 */
export function openSystems(
  config: Pick<Config, "tenant" | "salesforce" | "circa">,
  names: PackageNames,
  { clock, log, probes }: SystemParts,
  confirmOrg: (organizationId: string) => Promise<void>,
  mayWrite: (system: SystemName, what: Written) => Promise<void> = () => Promise.resolve(),
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
  const together = compositeBatcher(connection);
  const screens = createScreenClient(connection, names);
  const circa = createCircaClient({ config: config.circa, clock, log, circuit: circuits.circa });
  const salesforce = createSalesforceClient(connection, names, clock, together);
  const creating = createCreatingClient(connection, names, together);
  return {
    circuits,
    apiBudget,
    salesforceConnection: connection,
    ...askFirst({ salesforce, creating, circa }, (system) => mayWrite(system, "records")),
    screens: asking(screens, ["upsert", "answer"], () => mayWrite("salesforce", "screens")),
    claimPlaces: [
      salesforceClaims(connection, screens, names, config.tenant),
      circaClaims(config.circa, clock, circuits.circa),
    ],
  };
}

type SyncClients = Pick<Systems, "salesforce" | "creating" | "circa">;

/**
 * The same clients, of which each call that writes waits for `mayWrite` first.
 * @param mayWrite rejects when nothing is to be written to that system
 */
export function askFirst(
  { salesforce, creating, circa }: SyncClients,
  mayWrite: (system: SystemName) => Promise<void>,
): SyncClients {
  const toSalesforce = () => mayWrite("salesforce");
  return {
    salesforce: asking(salesforce, ["updateCampaigns"], toSalesforce),
    creating: asking(creating, ["upsertByEvent"], toSalesforce),
    circa: asking(
      circa,
      ["writeEvent", "putFieldSync", "removeFieldSync", "connectCampaign", "putSyncStatus"],
      () => mayWrite("circa"),
    ),
  };
}

type Call = (...given: unknown[]) => Promise<unknown>;

/** The same client, whose calls of these names ask first. */
function asking<Client extends object>(
  client: Client,
  calls: readonly (keyof Client)[],
  ask: () => Promise<void>,
): Client {
  const asked = calls.map((name) => {
    const call = client[name] as Call;
    const ahead = async (...given: unknown[]) => {
      await ask();
      return call(...given);
    };
    return [name, ahead];
  });
  return { ...client, ...(Object.fromEntries(asked) as Partial<Client>) };
}
