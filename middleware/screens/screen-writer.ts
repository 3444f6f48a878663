/**
 * Keeps Salesforce's own screens current: rows that are out of date are gathered for a moment and
 * written 200 a call. What a person waits for goes first; nothing here ever holds up the sync.
 */
import { createHash } from "node:crypto";
import type { Clock } from "../clock.ts";
import { describeError, SystemError } from "../errors.ts";
import { backlog } from "../jobs/due-links.ts";
import type { Leases } from "../jobs/leases.ts";
import { delayAfterError } from "../jobs/retry.ts";
import type { Database } from "../jobs/storage/database.ts";
import {
  countDueScreenRows,
  dueScreenRows,
  markScreenRows,
  screenObjects,
  settleScreenRows,
  shownKeys,
  type DueScreenRow,
  type ScreenObject,
} from "../jobs/storage/screen-rows.ts";
import type { Log } from "../log.ts";
import type { MappingsInForce } from "../sync/mappings-in-force.ts";
import type { BudgetState } from "../systems/salesforce/api-budget.ts";
import { collectionSize } from "../systems/salesforce/client.ts";
import type {
  ScreenClient,
  ScreenObjectName,
  ScreenValues,
} from "../systems/salesforce/screens.ts";
import { eventRows } from "./event-rows.ts";
import { fieldRows } from "./field-rows.ts";
import { issueRows } from "./issue-rows.ts";
import { linkRows } from "./link-rows.ts";
import type { StateReporter } from "./state-reporter.ts";

/** Rows that change together are written together. */
const gatherMs = 1_000;
/** How often it is looked whether a person waits. */
const lookMs = 1_000;
/** With so many links due the calls belong to them. */
const busyBacklog = 200;
/** An org whose package lacks the objects won't get them by asking again soon. */
const unsupportedPauseMs = 15 * 60_000;
const budgetFactor: Readonly<Record<BudgetState, number>> = {
  normal: 1,
  slow: 60,
  stopped: Number.POSITIVE_INFINITY,
  exhausted: Number.POSITIVE_INFINITY,
};

const objectNames: Readonly<Record<ScreenObject, ScreenObjectName>> = {
  field: "Circa_Event_Field__c",
  event: "Circa_Event__c",
  issue: "Circa_Sync_Issue__c",
  link: "Circa_Sync_Link__c",
};

export interface ScreenWriterParts {
  readonly database: Database;
  readonly connection: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly leases: Leases;
  readonly screens: ScreenClient;
  readonly mappings: MappingsInForce;
  readonly budget: () => BudgetState;
  readonly reporter: StateReporter;
}

export class ScreenWriter {
  readonly #parts: ScreenWriterParts;
  readonly #stopping = new AbortController();
  #loop: Promise<void> = Promise.resolve();
  #catalogueReadAt = 0;
  #writtenAt = 0;

  constructor(parts: ScreenWriterParts) {
    this.#parts = parts;
  }

  start(): void {
    const { leases } = this.#parts;
    this.#loop = leases.hold("screens", (lost) => this.#run(lost), this.#stopping.signal);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
  }

  async #run(lost: AbortSignal): Promise<void> {
    const { clock, log, reporter } = this.#parts;
    for (let failures = 0; !lost.aborted; ) {
      try {
        await this.#round(lost);
        failures = 0;
        await clock.sleep(lookMs, lost);
      } catch (error) {
        log.warn(
          { error: describeError(error) },
          "Salesforce's screens can't be brought up to date",
        );
        const pauseMs = isUnsupported(error)
          ? unsupportedPauseMs
          : delayAfterError(error, failures, clock);
        failures += 1;
        await clock.sleep(pauseMs, lost);
      }
    }
    if (this.#stopping.signal.aborted) await reporter.goodbye();
  }

  async #round(lost: AbortSignal): Promise<void> {
    const { database, connection, clock, budget, mappings, reporter } = this.#parts;
    await this.#markCatalogue();
    // Before the mappings were read there is nothing worth reporting.
    if (mappings.last() !== null && reporter.isDue()) await reporter.report();
    const { due, requested } = await countDueScreenRows(database.query, connection);
    if (due === 0) return;
    const rests = clock.now() - this.#writtenAt < gatherMs * budgetFactor[budget()];
    if (requested === 0 && (rests || (await this.#isBusy()))) return;
    for (const object of screenObjects) {
      let rows = await dueScreenRows(database.query, connection, object, collectionSize);
      while (rows.length > 0 && !lost.aborted) {
        await this.#write(object, rows);
        if (rows.length < collectionSize) break;
        rows = await dueScreenRows(database.query, connection, object, collectionSize);
      }
    }
    this.#writtenAt = clock.now();
  }

  async #isBusy(): Promise<boolean> {
    const { database, connection, clock } = this.#parts;
    return (await backlog(database, connection, clock.now())).due > busyBacklog;
  }

  /** After each reading of the mappings: Circa's fields, those that are gone as well. */
  async #markCatalogue(): Promise<void> {
    const { database, connection, mappings } = this.#parts;
    const last = mappings.last();
    if (last === null || last.readAt === this.#catalogueReadAt) return;
    await database.write(async (trx) => {
      const shown = await shownKeys(trx, connection, "field");
      const keys = last.circaFields.map(({ key }) => key);
      await markScreenRows(trx, connection, "field", [...shown, ...keys]);
    });
    this.#catalogueReadAt = last.readAt;
  }

  async #write(object: ScreenObject, rows: readonly DueScreenRow[]): Promise<void> {
    const { database, connection, clock, log, screens } = this.#parts;
    const bodies = await this.#bodies(
      object,
      rows.map(({ key }) => key),
    );
    const turns = rows.map((row) => {
      const values = bodies.get(row.key) ?? null;
      return { row, values, written: values === null ? row.written : fingerprintOf(values) };
    });
    const different = turns.filter(
      ({ row, values, written }) =>
        values !== null && (written !== row.written || row.requestId !== null),
    );
    if (different.length > 0) {
      const at = new Date(clock.now()).toISOString();
      const results = await screens.upsert(
        objectNames[object],
        different.map(({ row, values }) => ({ ...values, ...stampOf(object, row, at) })),
      );
      for (const [index, turn] of different.entries()) {
        const result = results[index];
        if (result?.ok === true) continue;
        const error = result?.refusals.map(({ message }) => message).join("; ");
        log.warn({ object, key: turn.row.key, error }, "Salesforce refuses a row of its screens");
        // Its next change is its next chance.
        turn.written = turn.row.written;
      }
    }
    await database.write((trx) => settleScreenRows(database, trx, connection, object, turns));
  }

  async #bodies(
    object: ScreenObject,
    keys: readonly string[],
  ): Promise<Map<string, ScreenValues | null>> {
    const { database, connection, clock, mappings } = this.#parts;
    const { query } = database;
    switch (object) {
      case "event":
        return eventRows(query, connection, keys, clock.now());
      case "issue":
        return issueRows(query, connection, keys);
      case "field":
        return fieldRows((await mappings.current()).circaFields, keys);
      case "link": {
        const inForce = await mappings.current();
        return linkRows({ query, connection, mappings: inForce.mappings }, keys);
      }
    }
  }
}

/** What tells when a row was written says nothing about whether it has changed. */
function stampOf(object: ScreenObject, { requestId }: DueScreenRow, at: string): ScreenValues {
  if (object === "field") return { Last_Seen__c: at };
  if (object !== "link") return {};
  return { Checked_At__c: at, ...(requestId === null ? {} : { Last_Request_Id__c: requestId }) };
}

function fingerprintOf(values: ScreenValues): string {
  return createHash("sha256").update(JSON.stringify(values)).digest("base64url");
}

/** The package in the org is older than these objects, or the integration user may not see them. */
function isUnsupported(error: unknown): boolean {
  return (
    error instanceof SystemError &&
    (error.kind === "not_found" || error.kind === "configuration" || error.kind === "rejected")
  );
}
