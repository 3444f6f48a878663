/** How claimed rows of the queue end: they leave it, or wait for their next sync pass. */
import { sql, type Transaction } from "kysely";
import { lockHeld } from "./claims.ts";
import type { Completion, DueLink } from "./due-links.ts";
import type { Database } from "../store/database/database.ts";
import { inStatements, storeTime, valueRows } from "../store/database/engine.ts";
import type { Tables } from "../store/database/tables.ts";
import { tenantOf } from "../store/database/tenant.ts";

type Again = Extract<Completion, { kind: "again" }>;

/**
 * Ends claims of `owner`. A row that was marked due meanwhile stays due at once; a claim that was
 * lost to another worker has no effect.
 * @returns the links that were still the owner's
 */
export async function complete(
  database: Pick<Database, "engine">,
  trx: Transaction<Tables>,
  owner: string,
  outcomes: ReadonlyMap<DueLink, Completion>,
  nowMs: number,
): Promise<Set<DueLink>> {
  const subjects = [...outcomes.keys()].map(({ subject }) => subject);
  // This transaction may have marked them due once more.
  const generations = await lockHeld(database, trx, owner, subjects);
  const held = new Set([...outcomes.keys()].filter(({ subject }) => generations.has(subject)));
  const finished: string[] = [];
  const signalled: string[] = [];
  const retried: [DueLink, Again][] = [];
  for (const [link, outcome] of outcomes) {
    if (!held.has(link)) continue;
    if (isSignalled(link, outcome, generations.get(link.subject))) signalled.push(link.subject);
    else if (outcome.kind === "done") finished.push(link.subject);
    else retried.push([link, outcome]);
  }
  await dueNow(trx, signalled, nowMs);
  await dueLater(trx, retried, nowMs);
  if (finished.length > 0) {
    await trx
      .deleteFrom("due_links")
      .where("tenant", "=", tenantOf(trx))
      .where("subject", "in", finished)
      .execute();
  }
  return held;
}

/** So many notifications during one pass are looked through one by one. */
const maxLookedThrough = 20;

function isSignalled(link: DueLink, outcome: Completion, generation: number | undefined): boolean {
  const signals = (generation ?? 0) - link.generation;
  if (signals === 0) return false;
  if (outcome.kind !== "done" || signals < 0 || signals > maxLookedThrough) return true;
  return Array.from({ length: signals }, (_, nth) => link.generation + nth + 1).some(
    (each) => outcome.toldNothing?.(each) !== true,
  );
}

const unclaimed = { claimed_by: null, claimed_until: null };

async function dueNow(
  trx: Transaction<Tables>,
  subjects: readonly string[],
  nowMs: number,
): Promise<void> {
  if (subjects.length === 0) return;
  const now = storeTime(trx, nowMs);
  await trx
    .updateTable("due_links")
    .set({ ...unclaimed, scheduled_at: now, due_at: now })
    .where("tenant", "=", tenantOf(trx))
    .where("subject", "in", subjects)
    .execute();
}

/** Subject, delay, error, the time of the oldest notification, the awaited system, or blank. */
interface RetryCells {
  column1: string;
  column2: string;
  column3: string;
  column4: string;
  column5: string;
}

async function dueLater(
  trx: Transaction<Tables>,
  retried: readonly (readonly [DueLink, Again])[],
  nowMs: number,
): Promise<void> {
  const now = storeTime(trx, nowMs);
  for (const some of inStatements(retried)) {
    const cells = some.map(
      ([{ subject, signalledAt }, { delayMs, waitsFor, error }]) =>
        [subject, String(Math.round(delayMs)), error, String(signalledAt), waitsFor ?? ""] as const,
    );
    await trx
      .updateTable("due_links")
      .from(valueRows<RetryCells>(cells).as("retry"))
      .set((eb) => ({
        ...unclaimed,
        scheduled_at: now,
        due_at: sql<number>`${now} + cast(retry.column2 as bigint)`,
        attempts: sql<number>`attempts + case retry.column5 when '' then 1 else 0 end`,
        last_error: eb.ref("retry.column3"),
        signalled_at: sql<number>`coalesce(signalled_at, cast(retry.column4 as bigint))`,
        blocked_by: sql<string | null>`nullif(retry.column5, '')`,
      }))
      .where("tenant", "=", tenantOf(trx))
      .whereRef("subject", "=", "retry.column1")
      .execute();
  }
}
