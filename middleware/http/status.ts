/** The whole state in one answer: what an operator asks first. */
import type { Clock } from "../runtime/clock.ts";
import type { Config } from "../runtime/config.ts";
import { withTimeout } from "../runtime/timeouts.ts";
import type { CircaWay } from "../intake/polling/circa-way.ts";
import type { StreamStatus } from "../intake/stream/status.ts";
import type { Stream } from "../intake/stream/stream.ts";
import { backlog } from "../queue/due-links.ts";
import type { Database } from "../store/database/database.ts";
import { tenantOf } from "../store/database/tenant.ts";
import type { Inbox, Waiting } from "../store/inbox/inbox.ts";
import { countInitialised, countHeldBlanks } from "../store/links/initial-syncs.ts";
import { countLinks } from "../store/links/links.ts";
import { countOpenProblems } from "../store/history/open-problems.ts";
import { lastRun, type Run } from "../store/intake/runs.ts";
import { missedByCause } from "../store/intake/sweep-findings.ts";
import type { Creation, SettingFault } from "../sync/creation/setting/check-setting.ts";
import type { ClaimStatus } from "../sync/pair-claim.ts";
import type { ActiveMappings } from "../sync/mappings/active-mappings.ts";
import type { RejectedMapping } from "../sync/mappings/mapping.ts";
import type { DoorStatus } from "../intake/webhooks/refusals.ts";
import type { PassedOverEvent } from "../systems/circa/passed-over.ts";
import type { Circuit, CircuitStatus } from "../systems/circuit/circuit.ts";
import type { ApiBudget, BudgetState } from "../systems/salesforce/connection/api-budget.ts";

export interface Status {
  readonly connection: string;
  readonly startedAt: number;
  readonly stream: StreamStatus;
  /** `webhooks`, `polling`, or null until Circa has answered. */
  readonly circaIntake: string | null;
  /** The same with since when, and why Circa is polled. */
  readonly circaWay: CircaWay | null;
  /** Events of Circa's lists that can't be worked on, with why. Blank as a rule. */
  readonly circaPassedOver: readonly PassedOverEvent[];
  /** Which service keeps this org and this workspace in sync. */
  readonly claim: ClaimStatus;
  /** Requests that the HTTP server has refused since the start. */
  readonly door: DoorStatus;
  readonly sweep: {
    readonly intervalSeconds: number;
    /** Hour of the day, in UTC, of the full comparison; null: none by itself. */
    readonly fullHour: number | null;
    readonly last: Run | null;
    readonly lastFull: Run | null;
    /** Missed changes that sweeps found in the last 24 hours and 30 days, by cause. */
    readonly missed: {
      readonly day: Readonly<Record<string, number>> | null;
      readonly month: Readonly<Record<string, number>> | null;
    };
  };
  readonly mappings: {
    readonly readAt: number | null;
    /** Why they could not be read the last time; null when they could. */
    readonly fault: string | null;
    readonly active: readonly {
      readonly developerName: string;
      readonly circaField: string;
      readonly campaignField: string;
      readonly direction: string;
    }[];
    readonly rejected: readonly RejectedMapping[];
    /** What of the mappings Circa can't show; null when it shows all. */
    readonly lockGap: string | null;
    /** What the last read lacked and is kept until a second sign says that it is gone. */
    readonly unconfirmed: readonly string[];
  };
  /** Campaigns for Events that have none. */
  readonly creation: {
    readonly on: boolean;
    readonly atStatuses: readonly string[];
    readonly recordType: string | null;
    readonly parentCampaignId: string | null;
    readonly namePattern: string | null;
    /** Why it is off though the setting is switched on. */
    readonly faults: readonly SettingFault[];
  };
  /** Parts that the database could not tell now: they are null here. Blank as a rule. */
  readonly unavailable: readonly string[];
  readonly links: number | null;
  /** Pairs of link and mapping; `done` falls behind while new mappings reach their links. */
  readonly firstContacts: { readonly done: number; readonly total: number } | null;
  /** Pairs that the initial sync left different, because it overwrites no value with a blank. */
  readonly heldBlanks: number | null;
  /** `due` counts accepted webhooks that are not applied yet as well. */
  readonly backlog: { readonly due: number; readonly later: number } | null;
  /** Accepted webhooks that are not applied yet; `oldestAt` in milliseconds since the epoch. */
  readonly webhooksWaiting: Waiting | null;
  readonly openProblems: number | null;
  readonly salesforceApiUsage: { readonly used: number; readonly limit: number } | null;
  /** `share`: the part of the limit at which the sweep stops. */
  readonly apiBudget: { readonly state: BudgetState; readonly share: number };
  /** Whether calls to the two systems are made or held back. */
  readonly systems: { readonly salesforce: CircuitStatus; readonly circa: CircuitStatus };
}

export interface StatusParts {
  readonly config: Config;
  readonly clock: Clock;
  readonly database: Database;
  readonly inbox: Inbox;
  readonly stream: Stream;
  readonly mappings: ActiveMappings;
  readonly circuits: { readonly salesforce: Circuit; readonly circa: Circuit };
  readonly apiBudget: ApiBudget;
  readonly startedAt: number;
  readonly circaWay: () => CircaWay | null;
  readonly passedOver: () => readonly PassedOverEvent[];
  readonly door: () => DoorStatus;
  readonly claim: () => ClaimStatus;
}

const answersWithinMs = 2_000;
type Read = <T>(part: string, answer: Promise<T>) => Promise<T | null>;

/** Never fails for the database's sake: what it can't tell in time is named and null. */
export async function readStatus(parts: StatusParts): Promise<Status> {
  const { clock, database, stream, mappings, circuits, apiBudget, startedAt } = parts;
  const inForce = mappings.last();
  const unavailable: string[] = [];
  const read: Read = async (part, answer) => {
    const inTime = await withTimeout(clock, answer, answersWithinMs).catch(() => false);
    if (inTime) return answer;
    unavailable.push(part);
    return null;
  };
  // Before the queue is counted: they may move there meanwhile.
  const webhooksWaiting = await read("webhooksWaiting", parts.inbox.waiting());
  const [links, queue, problems, contacts, heldBlanks, sweep] = await Promise.all([
    read("links", countLinks(database.query)),
    read("backlog", backlog(database, clock.now())),
    read("openProblems", countOpenProblems(database.query)),
    read("firstContacts", countInitialised(database.query)),
    read("heldBlanks", countHeldBlanks(database.query)),
    readSweep(parts, read),
  ]);
  return {
    connection: tenantOf(database.query),
    startedAt,
    stream: stream.status(),
    circaIntake: parts.circaWay()?.way ?? null,
    circaWay: parts.circaWay(),
    circaPassedOver: parts.passedOver(),
    door: parts.door(),
    claim: parts.claim(),
    sweep,
    unavailable: unavailable.sort(),
    mappings: {
      readAt: inForce?.readAt ?? null,
      fault: mappings.fault(),
      active: (inForce?.mappings ?? []).map((mapping) => ({
        developerName: mapping.developerName,
        circaField: mapping.circa.label,
        campaignField: mapping.campaign.name,
        direction: mapping.direction,
      })),
      rejected: inForce?.rejected ?? [],
      lockGap: inForce?.lockGap ?? null,
      unconfirmed: inForce?.doubts ?? [],
    },
    creation: showCreation(inForce?.creation),
    links,
    heldBlanks,
    firstContacts:
      contacts === null || links === null
        ? null
        : { done: contacts, total: links * (inForce?.mappings.length ?? 0) },
    backlog: queue === null ? null : { ...queue, due: queue.due + (webhooksWaiting?.count ?? 0) },
    webhooksWaiting,
    openProblems: problems,
    salesforceApiUsage: apiBudget.usage(),
    apiBudget: { state: apiBudget.state(), share: apiBudget.share },
    systems: { salesforce: circuits.salesforce.status(), circa: circuits.circa.status() },
  };
}

const dayMs = 24 * 3_600_000;

async function readSweep(
  { config, clock, database }: StatusParts,
  read: Read,
): Promise<Status["sweep"]> {
  const { sweepIntervalSeconds: intervalSeconds, fullComparisonHour } = config;
  const { query } = database;
  const missedFor = (days: number) => missedByCause(query, { sinceMs: clock.now() - days * dayMs });
  const [last, lastFull, day, month] = await Promise.all([
    read("sweep.last", lastRun(query, "sweep")),
    read("sweep.lastFull", lastRun(query, "full")),
    read("sweep.missed.day", missedFor(1)),
    read("sweep.missed.month", missedFor(30)),
  ]);
  return {
    intervalSeconds,
    fullHour: intervalSeconds === 0 ? null : fullComparisonHour,
    last,
    lastFull,
    missed: { day, month },
  };
}

function showCreation(creation: Creation | undefined): Status["creation"] {
  const rule = creation?.rule ?? null;
  return {
    on: rule !== null,
    atStatuses: rule?.statuses ?? [],
    recordType: rule?.recordType?.developerName ?? null,
    parentCampaignId: rule?.parentCampaignId ?? null,
    namePattern: rule?.namePattern.source ?? null,
    faults: creation?.faults ?? [],
  };
}
