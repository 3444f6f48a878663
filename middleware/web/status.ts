/** The whole state in one answer: what an operator asks first. */
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { StreamStatus } from "../intake/stream-status.ts";
import type { Stream } from "../intake/stream.ts";
import { backlog } from "../jobs/due-links.ts";
import type { Database } from "../jobs/storage/database.ts";
import { countFirstContacts } from "../jobs/storage/first-contacts.ts";
import { countLinks } from "../jobs/storage/links.ts";
import { countOpenProblems } from "../jobs/storage/open-problems.ts";
import { lastRun, type Run } from "../jobs/storage/runs.ts";
import { missedByCause } from "../jobs/storage/sweep-findings.ts";
import type { Creation, SettingFault } from "../sync/creation/check-setting.ts";
import type { MappingsInForce } from "../sync/mappings-in-force.ts";
import type { RejectedMapping } from "../sync/mapping.ts";
import type { Circuit, CircuitStatus } from "../systems/circuit.ts";
import type { ApiBudget, BudgetState } from "../systems/salesforce/api-budget.ts";

export interface Status {
  readonly connection: string;
  readonly startedAt: number;
  readonly stream: StreamStatus;
  /** `webhooks`, `polling`, or null until Circa has answered. */
  readonly circaIntake: string | null;
  readonly sweep: {
    readonly intervalSeconds: number;
    /** Hour of the day, in UTC, of the full comparison; null: none by itself. */
    readonly fullHour: number | null;
    readonly last: Run | null;
    readonly lastFull: Run | null;
    /** What sweeps found of the last 24 hours and 30 days that nobody had told, by cause. */
    readonly missed: {
      readonly day: Readonly<Record<string, number>>;
      readonly month: Readonly<Record<string, number>>;
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
  readonly links: number;
  /** Pairs of link and mapping; `done` falls behind while new mappings reach their links. */
  readonly firstContacts: { readonly done: number; readonly total: number };
  readonly backlog: { readonly due: number; readonly later: number };
  readonly openProblems: number;
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
  readonly stream: Stream;
  readonly mappings: MappingsInForce;
  readonly circuits: { readonly salesforce: Circuit; readonly circa: Circuit };
  readonly apiBudget: ApiBudget;
  readonly startedAt: number;
  readonly circaIntake: () => string | null;
}

export async function readStatus(parts: StatusParts): Promise<Status> {
  const { config, clock, database, stream, mappings, circuits, apiBudget, startedAt } = parts;
  const { connection } = config;
  const inForce = mappings.last();
  const [links, waiting, problems, contacts] = await Promise.all([
    countLinks(database.query, connection),
    backlog(database, connection, clock.now()),
    countOpenProblems(database.query, connection),
    countFirstContacts(database.query, connection),
  ]);
  return {
    connection,
    startedAt,
    stream: stream.status(),
    circaIntake: parts.circaIntake(),
    sweep: await readSweep(parts),
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
    firstContacts: { done: contacts, total: links * (inForce?.mappings.length ?? 0) },
    backlog: waiting,
    openProblems: problems,
    salesforceApiUsage: apiBudget.usage(),
    apiBudget: { state: apiBudget.state(), share: apiBudget.share },
    systems: { salesforce: circuits.salesforce.status(), circa: circuits.circa.status() },
  };
}

const dayMs = 24 * 3_600_000;

async function readSweep({ config, clock, database }: StatusParts): Promise<Status["sweep"]> {
  const { connection, sweepIntervalSeconds: intervalSeconds, fullComparisonHour } = config;
  const { query } = database;
  const missedFor = (days: number) =>
    missedByCause(query, connection, { sinceMs: clock.now() - days * dayMs });
  return {
    intervalSeconds,
    fullHour: intervalSeconds === 0 ? null : fullComparisonHour,
    last: await lastRun(query, connection, "sweep"),
    lastFull: await lastRun(query, connection, "full"),
    missed: { day: await missedFor(1), month: await missedFor(30) },
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
