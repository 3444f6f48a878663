/** Two processes on one store: one sweeps, and the other goes on where a dead one stopped. */
import { startEmulators, type Emulators } from "../../emulators/start.ts";
import { systemClock } from "../../middleware/runtime/clock.ts";
import { Sweep, type SweepSchedulerParts } from "../../middleware/intake/sweep/sweep.ts";
import { NewestSeen } from "../../middleware/intake/sweep/reached.ts";
import { createLeases } from "../../middleware/cluster/leases.ts";
import type { Database } from "../../middleware/store/database/database.ts";
import { createLog } from "../../middleware/runtime/log.ts";
import { noFailpoint, type OnFailpoint } from "../../middleware/runtime/failpoints.ts";
import { createIdentityGuard } from "../../middleware/sync/mappings/identity.ts";
import { createActiveMappings } from "../../middleware/sync/mappings/active-mappings.ts";
import { createUserDirectory } from "../../middleware/sync/read/users.ts";
import { openSystems } from "../../middleware/systems/open-systems.ts";
import { packageNames } from "../../middleware/systems/salesforce/connection/names.ts";
import { openTemporaryDatabase } from "../support/temporary-database.ts";

const links = 60;
let emulators: Emulators;
let database: Database;

beforeAll(async () => {
  emulators = await startEmulators({ links });
});
afterAll(() => emulators.close());
beforeEach(async () => {
  database = await openTemporaryDatabase();
});
afterEach(() => database.close());

/** A process's sweep; the two share the store and nothing else. */
function node(owner: string, onFailpoint: OnFailpoint = noFailpoint): Sweep {
  const log = createLog("silent");
  const { url, apiVersion, integration } = emulators.salesforce;
  const { clientId, clientSecret } = integration;
  const names = packageNames(null);
  const config = {
    tenant: "default",
    salesforce: {
      loginUrl: url,
      apiVersion,
      namespace: null,
      signIn: { kind: "client_credentials", clientId, clientSecret } as const,
      apiShare: 0.8,
      requestTimeoutMs: 10_000,
    },
    circa: {
      apiUrl: emulators.circa.api,
      apiKey: emulators.circa.integration.apiKey,
      webhookSecrets: [],
      requestTimeoutMs: 10_000,
    },
  };
  const base = { database, clock: systemClock, log };
  const confirm = () => Promise.resolve();
  const { salesforce, creating, circa } = openSystems(config, names, base, confirm);
  const identity = createIdentityGuard(base);
  const parts: SweepSchedulerParts = {
    ...base,
    onFailpoint,
    leases: createLeases({ ...base, owner }),
    salesforce,
    circa,
    mappings: createActiveMappings({ ...base, salesforce, creating, circa, names, identity }),
    users: createUserDirectory(salesforce, systemClock),
    newestSeen: new NewestSeen(systemClock),
    paths: { streamDownSince: () => null, circaWay: () => "webhooks" as const },
    onLinksDue: () => undefined,
    intervalSeconds: 0,
    fullHour: null,
  };
  return new Sweep(parts);
}

const runs = () => database.query.selectFrom("runs").select(["id", "state"]).execute();

test("two that are asked at once share one sweep", async () => {
  const nodes = [node("a"), node("b")];
  const [first, second] = await Promise.all(nodes.map((it) => it.now()));
  expect(first).toMatchObject({ eventsRead: links, campaignsRead: links });
  expect(second).toEqual(first);
  expect(await runs()).toMatchObject([{ state: "done" }]);
});

test("a run that one process left in the middle is ended by the other, in its own row", async () => {
  const dying = node("a", (step) => {
    if (step === "sweep_events_signalled") void dying.stop();
  });
  await expect(dying.now()).rejects.toThrow("the process stops");
  await dying.stop();
  expect(await runs()).toMatchObject([{ state: "running" }]);
  await node("b").now();
  expect(await runs()).toMatchObject([{ state: "done" }, { state: "done" }]);
});
