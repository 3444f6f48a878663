/**
 * The process's parts: store, clients and web server around the service, started in order and
 * stopped in the reverse one. The main path runs on in `service.ts`, through `intake` (webhooks,
 * stream, sweep), `jobs` (queue and worker) and `sync` (plan and apply) to `systems`.
 */
import { systemClock, type Clock } from "./runtime/clock.ts";
import { secretsOf, type Config } from "./runtime/config.ts";
import { withTimeout } from "./runtime/timeouts.ts";
import { cometdSessions } from "./intake/stream/cometd/cometd-session.ts";
import { backlog, releaseAll } from "./queue/due-links.ts";
import { joinCluster, singleNode } from "./cluster/cluster-ports.ts";
import { openDatabase } from "./store/database/database.ts";
import { createWriteProof } from "./store/write-proof.ts";
import { createLog, type Log } from "./runtime/log.ts";
import { StateReporter } from "./salesforce-ui/state-reporter.ts";
import { keepSecrets } from "./runtime/secrets.ts";
import { createService, type Service } from "./service.ts";
import { withoutRepeats } from "./runtime/repeats.ts";
import { noFailpoint, type OnFailpoint } from "./runtime/failpoints.ts";
import { createIdentityGuard } from "./sync/mappings/identity.ts";
import { PairClaim } from "./sync/pair-claim.ts";
import { openSystems } from "./systems/open-systems.ts";
import { packageNames } from "./systems/salesforce/connection/names.ts";
import { addWebhookMetrics, openDoorFor, openInbox } from "./http/door/open-intake.ts";
import { createMetrics } from "./http/metrics.ts";
import { Refusals } from "./intake/webhooks/refusals.ts";
import { startServer } from "./http/server.ts";
import { addStreamMetrics } from "./http/stream-metrics.ts";
import { readStatus } from "./http/status.ts";

export interface Middleware {
  /** Where it listens, without a slash at its end. */
  readonly url: string;
  /**
   * Takes in nothing more, ends what is under way and closes the store, within 10 s: calls that
   * hang are abandoned, and the claims on their links released.
   * @throws when the store can't be closed
   */
  stop(): Promise<void>;
}

const databaseClosesWithinMs = 2_000;
const holderKnownWithinMs = 2_000;

/**
 * Starts the middleware. It takes webhooks from the first moment on, and reaches for the two
 * systems until they answer.
 * @throws ConfigurationError when the store or the address can't be had
 */
export async function startMiddleware(
  config: Config,
  {
    clock = systemClock,
    log: wholeLog = createLog(config.logLevel),
    onFailpoint = noFailpoint,
    doorProgram,
  }: {
    clock?: Clock;
    log?: Log;
    onFailpoint?: OnFailpoint;
    /** The door's thread, bundled elsewhere. */
    doorProgram?: URL;
  } = {},
): Promise<Middleware> {
  keepSecrets(secretsOf(config));
  const log = withoutRepeats(wholeLog, clock);
  const startedAt = clock.now();
  const database = await openDatabase(config.storage, log, config.tenant);
  // The embedded database has one process: what is claimed is left over from one that died.
  if (database.engine === "sqlite") await releaseAll(database);

  const { storage } = config;
  const store = { database, clock, log, onFailpoint };
  const others = storage.kind === "postgres" ? joinCluster(storage.url, store) : singleNode;
  const opened = { config, database, log, onFailpoint };
  const intake = openInbox(opened);
  const { inbox } = intake;
  onFailpoint("store_opened");

  const names = packageNames(config.salesforce.namespace);
  const identity = createIdentityGuard({ database, clock });
  const calls = { clock, log, probes: others.probes };
  const systems = openSystems(
    config,
    names,
    calls,
    (organizationId) => identity.confirmOrg(organizationId),
    (system, what) => claim.confirm(system, what),
  );
  const claim: PairClaim = new PairClaim({
    database,
    clock,
    log,
    places: systems.claimPlaces,
    heartbeatSeconds: config.streamHeartbeatSeconds,
    takeOver: config.takeOver,
  });
  const { circuits, apiBudget, salesforceConnection } = systems;
  const metrics = createMetrics();
  const refusals = new Refusals({
    clock,
    log,
    onRefused: ({ status, reason }, times) => metrics.refused.inc({ status, reason }, times),
  });
  const reporter = new StateReporter({
    screens: systems.screens,
    clock,
    status: () => status(),
  });
  const service = createService({
    ...store,
    ...others,
    inbox,
    names,
    identity,
    salesforce: systems.salesforce,
    creating: systems.creating,
    circa: systems.circa,
    circuits,
    apiBudget,
    screens: { client: systems.screens, reporter },
    heartbeat: {
      intervalSeconds: config.streamHeartbeatSeconds,
      publish: (id) => reporter.report(id),
    },
    sweepIntervalSeconds: config.sweepIntervalSeconds,
    publicUrl: config.publicUrl,
    historyDays: config.historyDays,
    fullComparisonHour: config.fullComparisonHour,
    onMissed: (cause, count) => metrics.missed.inc({ cause }, count),
    onUnreadable: (count) => metrics.unreadable.inc(count),
    openSession: cometdSessions({
      salesforce: salesforceConnection,
      apiVersion: config.salesforce.apiVersion,
      channel: names.signalChannel,
      clock,
    }),
  });
  const { stream, mappings } = service;

  const storeTakesWrites = createWriteProof(database, clock);
  metrics.gauge("database_writable", "0 while the database can't be written to", async () =>
    (await storeTakesWrites()) ? 1 : 0,
  );
  metrics.gauge("links_due", "Links that wait to be worked on now", async () => {
    return (await backlog(database, clock.now())).due;
  });
  addWebhookMetrics(metrics, inbox, clock);
  addStreamMetrics(metrics.registry, () => stream.status());
  for (const [system, circuit] of Object.entries(circuits)) {
    metrics.gauge(`${system}_circuit_open`, `1 while calls to ${system} are held back`, () =>
      circuit.state() === "closed" ? 0 : 1,
    );
  }
  const way = () => service.circaIntake.way();
  metrics.gauge("circa_polled", "1 while Circa is asked each minute beside its webhooks", () =>
    way()?.way === "polling" ? 1 : 0,
  );
  metrics.gauge(
    "circa_way_since_timestamp_seconds",
    "When that last changed, in seconds of Unix time",
    () => {
      const current = way();
      return current === null ? Number.NaN : current.since / 1_000;
    },
  );
  metrics.gauge("salesforce_api_used_ratio", "Used part of the org's daily API requests", () => {
    const usage = apiBudget.usage();
    return usage === null ? 0 : usage.used / usage.limit;
  });
  metrics.gauge("sweep_allowed", "0 while the API budget stops the sweep", () =>
    apiBudget.allowSweep() ? 1 : 0,
  );
  const readiness = async () => {
    const parts = {
      database: await storeTakesWrites(),
      mappings: mappings.last() !== null,
      stream: await streamDelivers(service, clock).catch(() => false),
      salesforce: !circuits.salesforce.needsAdmin(),
      circa: !circuits.circa.needsAdmin(),
      webhooks: refusals.status().attention === null,
      claim: claim.status().state === "ours",
    };
    return { ready: Object.values(parts).every(Boolean), parts };
  };
  const status = () =>
    readStatus({
      config,
      clock,
      database,
      inbox,
      stream,
      mappings,
      circuits,
      apiBudget,
      startedAt,
      circaWay: () => service.circaIntake.way(),
      passedOver: () => systems.circa.passedOver(),
      door: () => refusals.status(),
      claim: () => claim.status(),
    });

  const server = await startServer({
    clock,
    adminToken: config.adminToken,
    log,
    metrics,
    readiness,
    refusals,
    api: {
      database,
      clock,
      status,
      sweepNow: (kind) => service.sweep.now(kind),
      sweepGoesOn: config.sweepIntervalSeconds > 0,
    },
  });
  const door = await openDoorFor({
    ...opened,
    clock,
    inbox: intake.settings,
    servicePort: server.port,
    metrics,
    refusals,
    onKept: () => service.webhooks.wake(),
    workerProgram: doorProgram,
  }).catch(async (error: unknown) => {
    await server.stop();
    await others.close();
    await database.close();
    throw error;
  });
  claim.start();
  service.start();
  log.info({ url: door.url, connection: config.tenant }, "listening");

  return {
    url: door.url,
    async stop() {
      await door.close();
      await server.stop();
      await service.stop();
      intake.close();
      // Other nodes on the same store take it over.
      await claim.stop(database.engine === "sqlite");
      await others.close();
      if (!(await withTimeout(clock, database.close(), databaseClosesWithinMs))) {
        throw new Error("the database can't be closed");
      }
      log.info({}, "stopped");
    },
  };
}

/** Here, or in another process; draining, it has more than it can keep at once. */
async function streamDelivers({ stream, leases }: Service, clock: Clock): Promise<boolean> {
  const { state } = stream.status();
  if (state !== "standby") return state === "subscribed" || state === "draining";
  const asked = leases.holder("stream");
  const holder = (await withTimeout(clock, asked, holderKnownWithinMs)) ? await asked : null;
  return holder !== null && !holder.isThis;
}
