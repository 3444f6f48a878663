/**
 * Keeps Salesforce's own screens current: rows that are out of date are gathered for a moment and
 * written 200 a call, a call of each kind in turn, so that what a person waits for never stands
 * behind a backlog. A kind that can't be written holds up no other; nothing here holds up the sync.
 */
import { createHash } from "node:crypto";
import type { Clock } from "../runtime/clock.ts";
import { describeError, isSystemWide, SystemError } from "../runtime/errors.ts";
import { isDueMoreThan } from "../queue/due-links.ts";
import type { Leases } from "../cluster/leases.ts";
import { delayAfterError } from "../queue/retry.ts";
import type { Database } from "../store/database/database.ts";
import { lockAndChange } from "../store/database/engine.ts";
import {
  dueScreenObjects,
  dueScreenRows,
  markScreenRows,
  screenObjects,
  settleScreenRows,
  shownKeys,
  type DueScreenRow,
  type ScreenObject,
} from "../store/ui/ui-projection.ts";
import type { Log } from "../runtime/log.ts";
import type { ActiveMappings } from "../sync/mappings/active-mappings.ts";
import type { BudgetState } from "../systems/salesforce/connection/api-budget.ts";
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
import { writeRows } from "./write-rows.ts";

/** Rows that change together are written together. */
const gatherMs = 5_000;
/** How often it is looked whether a person waits. */
const lookMs = 1_000;
/** With so many links due the calls belong to them. */
const busyBacklog = 200;
/** An org whose package lacks the objects won't get them by asking again soon. */
const unsupportedPauseMs = 15 * 60_000;
/** State outside of rows, retried by itself as each kind of row is. */
type Part = ScreenObject | "state";
const missingCodes = new Set([
  "NOT_FOUND",
  "INVALID_TYPE",
  "INVALID_FIELD",
  "INSUFFICIENT_ACCESS",
  "INSUFFICIENT_ACCESS_OR_READONLY",
]);
const budgetFactor: Readonly<Record<BudgetState, number>> = {
  normal: 1,
  slow: 12,
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
  readonly clock: Clock;
  readonly log: Log;
  readonly leases: Leases;
  readonly screens: ScreenClient;
  readonly mappings: ActiveMappings;
  readonly budget: () => BudgetState;
  readonly reporter: StateReporter;
}

export class ScreenWriter {
  readonly #parts: ScreenWriterParts;
  readonly #stopping = new AbortController();
  #loop: Promise<void> = Promise.resolve();
  #catalogueReadAt = 0;
  #writtenAt = 0;
  /** Parts that failed: how often in a row, and from when they are tried again. */
  readonly #failed = new Map<Part, { readonly failures: number; readonly againAt: number }>();

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
        const more = await this.#round(lost);
        failures = 0;
        if (!more) await clock.sleep(lookMs, lost);
      } catch (error) {
        // While calls are held back, that is logged once, by those who hold them.
        const level = error instanceof SystemError && error.kind === "held" ? "debug" : "warn";
        log[level](
          { error: describeError(error) },
          "Salesforce's screens can't be brought up to date",
        );
        failures += 1;
        await clock.sleep(delayAfterError(error, failures - 1, clock), lost);
      }
    }
    if (this.#stopping.signal.aborted) await reporter.goodbye();
  }

  /** @returns true when there is more to write at once */
  async #round(lost: AbortSignal): Promise<boolean> {
    const { database, clock, budget, mappings, reporter } = this.#parts;
    await this.#markCatalogue();
    // Before the mappings were read there is nothing worth reporting.
    if (mappings.last() !== null && reporter.isDue()) {
      await this.#alone("state", async () => {
        await reporter.report();
        return false;
      });
    }
    const { objects, requested } = await dueScreenObjects(database.query);
    if (objects.size === 0) return false;
    const rests = clock.now() - this.#writtenAt < gatherMs * budgetFactor[budget()];
    if (!requested && (rests || (await this.#isBusy()))) return false;
    let more = false;
    for (const object of screenObjects) {
      if (lost.aborted) return false;
      if (!objects.has(object)) continue;
      const full = await this.#alone(object, async () => {
        const rows = await dueScreenRows(database.query, object, collectionSize);
        const settled = rows.length === 0 || (await this.#write(object, rows));
        return settled && rows.length === collectionSize;
      });
      more ||= full;
    }
    if (!more) this.#writtenAt = clock.now();
    return more;
  }

  /**
   * One part of a round. Its failure is its own, unless Salesforce is away for all of them.
   * @returns false where it failed, or rests after a failure
   */
  async #alone(part: Part, write: () => Promise<boolean>): Promise<boolean> {
    const { clock, log } = this.#parts;
    const before = this.#failed.get(part);
    if (before !== undefined && clock.now() < before.againAt) return false;
    try {
      const more = await write();
      this.#failed.delete(part);
      return more;
    } catch (error) {
      if (isSystemWide(error)) throw error;
      const failures = before?.failures ?? 0;
      const pauseMs = isUnsupported(error)
        ? unsupportedPauseMs
        : delayAfterError(error, failures, clock);
      log.warn(
        { part, error: describeError(error) },
        "a part of Salesforce's screens can't be brought up to date",
      );
      this.#failed.set(part, { failures: failures + 1, againAt: clock.now() + pauseMs });
      return false;
    }
  }

  #isBusy(): Promise<boolean> {
    const { database, clock } = this.#parts;
    return isDueMoreThan(database, busyBacklog, clock.now());
  }

  /** After each reading of the mappings: Circa's fields, those that are gone as well. */
  async #markCatalogue(): Promise<void> {
    const { database, mappings } = this.#parts;
    const last = mappings.last();
    if (last === null || last.readAt === this.#catalogueReadAt) return;
    await database.write(async (trx) => {
      const shown = await shownKeys(trx, "field");
      const keys = last.circaFields.map(({ key }) => key);
      await markScreenRows(trx, "field", [...shown, ...keys]);
    });
    this.#catalogueReadAt = last.readAt;
  }

  /** @returns false where rows stay due though they were just tried */
  async #write(object: ScreenObject, rows: readonly DueScreenRow[]): Promise<boolean> {
    const { database, clock, log, screens } = this.#parts;
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
    const at = new Date(clock.now()).toISOString();
    const outcomes = await writeRows(
      { screens, log, object: objectNames[object] },
      different.map(({ row, values }) => ({ ...values, ...stampOf(object, row, at) })),
    );
    const later = new Set(different.filter((_, index) => outcomes[index] === "later"));
    for (const [index, turn] of different.entries()) {
      // Its next change is its next chance.
      if (outcomes[index] === "refused") turn.written = turn.row.written;
    }
    const settled = turns.filter((turn) => !later.has(turn));
    if (settled.length > 0) {
      await lockAndChange(database, (query) => settleScreenRows(database, query, object, settled));
    }
    return later.size === 0;
  }

  async #bodies(
    object: ScreenObject,
    keys: readonly string[],
  ): Promise<Map<string, ScreenValues | null>> {
    const { database, clock, mappings } = this.#parts;
    const { query } = database;
    switch (object) {
      case "event":
        return eventRows(query, keys, clock.now());
      case "issue":
        return issueRows(query, keys);
      case "field":
        return fieldRows((await mappings.current()).circaFields, keys);
      case "link": {
        const inForce = await mappings.current();
        return linkRows({ query, mappings: inForce.mappings }, keys);
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

/** The package in the org is older than this object, or the integration user may not see it. */
function isUnsupported(error: unknown): boolean {
  if (!(error instanceof SystemError)) return false;
  return error.refusals.some(({ code }) => missingCodes.has(code));
}
