/**
 * The sync itself, wired: intake, jobs and sync between the two systems, whatever carries their
 * calls, over a store that is already open. Time, chance, network and storage all come in.
 */
import { EventEmitter } from "node:events";
import type { Clock } from "./runtime/clock.ts";
import { withTimeout } from "./runtime/timeouts.ts";
import type { SystemName } from "./runtime/errors.ts";
import { acceptWebhooks } from "./intake/webhooks/accept-webhooks.ts";
import { Backfill } from "./intake/backfill.ts";
import { CircaIntake } from "./intake/polling/circa-intake.ts";
import { createFollowMappings } from "./intake/mappings/follow-mappings.ts";
import type { HeartbeatParts } from "./intake/stream/heartbeat.ts";
import type { OpenSession } from "./intake/stream/session-port.ts";
import { Stream } from "./intake/stream/stream.ts";
import { Sweep } from "./intake/sweep/sweep.ts";
import { NewestSeen } from "./intake/sweep/reached.ts";
import { linkKinds, type LinkKind } from "./model/link-kinds.ts";
import { PathHealth } from "./model/path-health.ts";
import { WebhookDrain } from "./intake/webhooks/drain.ts";
import type { Inbox } from "./store/inbox/inbox.ts";
import { runRetention } from "./store/retention.ts";
import { createLeases, loneTermMs, type Leases } from "./cluster/leases.ts";
import type { Database } from "./store/database/database.ts";
import { noRecordLocks, type RecordLocks } from "./cluster/record-locks.ts";
import type { Work } from "./queue/batch-result.ts";
import { limitsFor } from "./queue/work-limits.ts";
import { noWakeUps, type WakeUps } from "./cluster/wake-ups.ts";
import { Worker } from "./queue/worker.ts";
import { LastUsed } from "./runtime/last-used.ts";
import type { Log } from "./runtime/log.ts";
import type { ChangedList } from "./sync/mappings/hold-missing.ts";
import type { IdentityGuard } from "./sync/mappings/identity.ts";
import { noFailpoint, type OnFailpoint } from "./runtime/failpoints.ts";
import { RecordMutex } from "./sync/write/record-mutex.ts";
import { OwnEchoes } from "./sync/write/own-echoes.ts";
import type { AnswersBehind } from "./sync/read/read-event.ts";
import type { HoldersSeen } from "./sync/record/mark-moved-due.ts";
import { BoundFields } from "./sync/plan/bound-fields.ts";
import { CatalogueWatch } from "./sync/read/catalogue-watch.ts";
import { createFreshness } from "./sync/read/freshness.ts";
import { StalePicklistDetector } from "./sync/read/stale-picklists.ts";
import { createActiveMappings, type ActiveMappings } from "./sync/mappings/active-mappings.ts";
import { syncBatch } from "./sync/sync-batch.ts";
import { createUserDirectory } from "./sync/read/users.ts";
import type { CircaClient } from "./systems/circa/client.ts";
import type { StateReporter } from "./salesforce-ui/state-reporter.ts";
import { Screens } from "./salesforce-ui/screens.ts";
import type { Circuit } from "./systems/circuit/circuit.ts";
import type { ApiBudget } from "./systems/salesforce/connection/api-budget.ts";
import type { SalesforceClient } from "./systems/salesforce/client.ts";
import type { CampaignCreationClient } from "./systems/salesforce/campaigns/campaign-creation.ts";
import type { ScreenClient } from "./systems/salesforce/screens.ts";
import type { PackageNames } from "./systems/salesforce/connection/names.ts";

export interface ServiceParts {
  /** 0: no sweep by itself. */
  readonly sweepIntervalSeconds: number;
  /** Hour of the day, in UTC, at which everything is compared. @default never by itself */
  readonly fullComparisonHour?: number | null;
  /** Where Circa reaches the webhook address; null: not known. @default null */
  readonly publicUrl?: string | null;
  /** Called with the missed changes that the sweep found. */
  readonly onMissed?: (cause: string, count: number) => void;
  /** Told how many accepted webhooks could not be read. */
  readonly onUnreadable?: (count: number) => void;
  readonly clock: Clock;
  readonly log: Log;
  readonly database: Database;
  /** Webhooks that are accepted. */
  readonly inbox: Inbox;
  readonly names: PackageNames;
  readonly identity: IdentityGuard;
  readonly salesforce: SalesforceClient;
  readonly creating: CampaignCreationClient;
  readonly circa: CircaClient;
  readonly openSession: OpenSession;
  /** Proves that the stream delivers. @default none is sent */
  readonly heartbeat?: HeartbeatParts | undefined;
  /** How long written fields and closed problems are kept. @default a year */
  readonly historyDays?: number;
  /** Between the processes that share the store. @default this is the only one */
  readonly wakeUps?: WakeUps;
  /** As above. */
  readonly recordLocks?: RecordLocks;
  /** Those that the two clients' calls go through: they say what may be worked on. */
  readonly circuits: Readonly<Record<SystemName, Circuit>>;
  /** Slows and stops the sweep before it starves the org. */
  readonly apiBudget?: ApiBudget;
  /** Salesforce's own screens. @default nothing is written for them */
  readonly screens?: { readonly client: ScreenClient; readonly reporter: StateReporter };
  /** @default no listener */
  readonly onFailpoint?: OnFailpoint;
}

export interface Service {
  readonly mappings: ActiveMappings;
  readonly stream: Stream;
  readonly sweep: Sweep;
  readonly backfill: Backfill;
  readonly circaIntake: CircaIntake;
  readonly leases: Leases;
  /** Applies what is in the inbox. */
  readonly webhooks: WebhookDrain;
  start(): void;
  /** Takes up nothing more and ends what is under way. */
  stop(): Promise<void>;
}

/** Work that has not ended by then is abandoned, and its claims are released. */
const stopsWithinMs = 5_000;
/** Events that people edit within a minute, and more. */
const maxStatusTimes = 5_000;
/** Links that change places at once, and more. */
const maxHoldersSeen = 20_000;
/** More than are looked at while one of them waits: after a restore all Events are behind. */
const maxAnswersBehind = 20_000;
/** A lease that was not free at once is taken over from another node. */
const takeOverAfterMs = 500;

/** What parts tell each other; each is told by any of them, and heard by those made below. */
interface ServiceTopics {
  readonly linksDue: [];
  /** The list that has changed; without one, anything that mappings are made of. */
  readonly mappingsChanged: [list?: ChangedList];
  /** A sweep found a change of Circa whose webhook never came. */
  readonly webhookLost: [];
}

export function createService(parts: ServiceParts): Service {
  const { database, clock, log, names, salesforce, creating, circa } = parts;
  const { sweepIntervalSeconds, onFailpoint = noFailpoint } = parts;
  const bus = new EventEmitter<ServiceTopics>();
  const onLinksDue = () => void bus.emit("linksDue");
  const onMappingsChanged = () => void bus.emit("mappingsChanged");
  const paths = new PathHealth(clock.now());
  const wakeUps = parts.wakeUps ?? noWakeUps;
  const owner = clock.uuid();
  const isAlone = database.engine === "sqlite";
  const termMs = isAlone ? { termMs: loneTermMs } : {};
  const leases = createLeases({ database, clock, log, owner, wakeUps, ...termMs });
  const told = { paths, onLinksDue };
  const store = { database, clock, log, onFailpoint, leases, ...told };
  const mappings = createActiveMappings({
    ...store,
    salesforce,
    creating,
    circa,
    names,
    identity: parts.identity,
  });
  const users = createUserDirectory(salesforce, clock);
  const campaignWrites = new RecordMutex({ clock, log, locks: parts.recordLocks ?? noRecordLocks });
  const echoes = new OwnEchoes();
  const statusTimes = new LastUsed<string, number>(maxStatusTimes);
  const holdersSeen: HoldersSeen = new LastUsed(maxHoldersSeen);
  const answersBehind: AnswersBehind = new LastUsed(maxAnswersBehind);
  const boundFields = new BoundFields(() => clock.now());
  const stalePicklists = new StalePicklistDetector({ clock, log, mappings });
  const catalogueWatch = new CatalogueWatch({ clock, log, mappings });
  const freshness = createFreshness(clock, () => paths.circaWay() !== "webhooks");
  const systems = { salesforce, circa, mappings, users, newestSeen: new NewestSeen(clock) };
  const followMappings = createFollowMappings({
    database,
    mappings,
    onMappingsChanged,
  });
  const workByKind: Readonly<Record<LinkKind, Work>> = {
    event: async (batch) => {
      await followMappings();
      const watches = { stalePicklists, catalogueWatch, freshness };
      const learned = { boundFields, echoes, statusTimes, holdersSeen, answersBehind };
      const own = { creating, names, campaignWrites, ...learned, onMappingsChanged };
      return syncBatch({ ...store, ...systems, ...watches, ...own }, batch);
    },
  };
  const workers = linkKinds.map((kind) => {
    const limits = () => limitsFor(parts.circuits);
    // A node that is alone has no other to hear.
    const listening = () => isAlone || wakeUps.listening();
    return new Worker({ ...store, limits, listening, kind, work: workByKind[kind] });
  });
  const wakeWorkers = () => {
    for (const worker of workers) worker.wake();
  };
  wakeUps.listen("work", wakeWorkers);
  bus.on("linksDue", () => {
    wakeWorkers();
    wakeUps.announce("work");
  });
  const sweep = new Sweep({
    ...store,
    ...systems,
    budget: parts.apiBudget,
    onMissed: (cause, count) => {
      if (cause === "webhook_lost") bus.emit("webhookLost");
      parts.onMissed?.(cause, count);
    },
    intervalSeconds: sweepIntervalSeconds,
    fullHour: parts.fullComparisonHour ?? null,
  });
  const circaIntake = new CircaIntake({
    ...store,
    ...systems,
    publicUrl: parts.publicUrl ?? null,
  });
  bus.on("webhookLost", () => circaIntake.lost());
  const onFieldsChanged = () => void bus.emit("mappingsChanged", "circaFields");
  const { inbox, onUnreadable = () => undefined } = parts;
  const apply = acceptWebhooks({ ...store, inbox, echoes, onFieldsChanged, onUnreadable });
  const onApplied = () => circaIntake.arrived();
  const webhooks = new WebhookDrain({ inbox, clock, log, apply, onApplied });
  const sweepAtStart = sweepIntervalSeconds > 0;
  const backfill = new Backfill({ ...store, ...systems, sweep, sweepAtStart });
  bus.on("mappingsChanged", (list) => backfill.mappingsChanged(list));
  const screens =
    parts.screens === undefined
      ? null
      : new Screens({
          ...store,
          ...systems,
          screens: parts.screens.client,
          reporter: parts.screens.reporter,
          budget: () => parts.apiBudget?.state() ?? "normal",
        });
  const stream = new Stream({
    ...store,
    names,
    openSession: parts.openSession,
    onMappingsChanged: () => void bus.emit("mappingsChanged", "rows"),
    onRequest: (event) => screens?.asked(event),
    onGap: (reason) => backfill.gap(reason),
    poll: async () => {
      if (parts.apiBudget?.allowSweep() !== false) await sweep.now();
    },
    heartbeat: parts.heartbeat,
    lead: (work, stopping) => {
      const startedAt = clock.now();
      const runPass = (lost: AbortSignal) => {
        // The node that had it before may have died between a notification of changed mappings and
        // its effect.
        if (clock.now() > startedAt + takeOverAfterMs) onMappingsChanged();
        return work(lost);
      };
      return leases.hold("stream", runPass, stopping);
    },
  });
  const stopping = new AbortController();
  let house: Promise<void> = Promise.resolve();
  return {
    mappings,
    stream,
    sweep,
    backfill,
    circaIntake,
    leases,
    webhooks,
    start() {
      for (const worker of workers) worker.start();
      webhooks.start();
      backfill.start();
      circaIntake.start();
      stream.start();
      sweep.start();
      screens?.start();
      house = runRetention({ ...store, historyDays: parts.historyDays ?? 365 }, stopping.signal);
    },
    async stop() {
      await webhooks.stop();
      stopping.abort();
      const intake = Promise.all([
        stream.stop(),
        sweep.stop(),
        backfill.stop(),
        circaIntake.stop(),
        house,
      ])
        // Its last word tells that the stream has stopped.
        .then(() => screens?.stop());
      const intakeEnds = withTimeout(clock, intake, stopsWithinMs);
      await Promise.all(workers.map((worker) => worker.stop(stopsWithinMs)));
      if (!(await intakeEnds)) log.warn({}, "the stream or a sweep hangs: it is abandoned");
      await leases.close();
      wakeUps.announce("work");
    },
  };
}
