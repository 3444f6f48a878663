/** Problems open and close: by themselves, once their field or link is in line. */
import type { Kysely, Transaction } from "kysely";
import { eventKind } from "../../model/link-kinds.ts";
import type { Problem } from "../../model/problems/problem.ts";
import { inLockOrder, inStatements } from "../database/engine.ts";
import { markScreenRows } from "../ui/ui-projection.ts";
import type { Tables } from "../database/tables.ts";
import { tenantOf } from "../database/tenant.ts";

/** Unique among all kinds: the package keeps its rows of problems by it. */
const keyOf = (kind: string, linkId: string | null, fieldKey: string | null) =>
  `${kind === eventKind ? "" : `${kind}:`}${linkId ?? ""}/${fieldKey ?? ""}`;

/** What is wrong with an Event's link now, or with a link of another kind. */
export interface EventProblems {
  /** Of another kind: the link's id. */
  readonly eventId: string;
  readonly campaignId: string | null;
  readonly problems: readonly Problem[];
  /** The Event's other problems are not known to be over. @default false */
  readonly amongOthers?: boolean;
}

export interface MovedProblems {
  /** Events that had any to open, to see again or to close. */
  readonly eventIds: ReadonlySet<string>;
  /** By Event: the Campaign that its link had a problem with, and no longer has. */
  readonly letGo: ReadonlyMap<string, string>;
}

/**
 * Makes these the open problems of their Events: new ones open, missing ones close.
 * @param kind of link, as below: those of other kinds stay as they are
 * @param all at most 200 Events, none twice
 */
export async function setProblems(
  trx: Transaction<Tables>,
  kind: string,
  all: readonly EventProblems[],
  nowMs: number,
): Promise<MovedProblems> {
  const open = all.flatMap(({ eventId, campaignId, problems }) =>
    problems.map((problem) => ({ eventId, campaignId, problem })),
  );
  const keys = new Set(open.map(({ eventId, problem }) => keyOf(kind, eventId, problem.fieldKey)));
  const whole = all.filter(({ amongOthers = false }) => !amongOthers);
  const before = await openProblemsOf(
    trx,
    kind,
    whole.map(({ eventId }) => eventId),
  );
  const gone = before.filter(({ key }) => !keys.has(key));
  const goneKeys = gone.map(({ key }) => key);
  for (const some of inStatements(goneKeys)) {
    await trx
      .updateTable("problems")
      .set({ closed_at: nowMs })
      .where("tenant", "=", tenantOf(trx))
      .where("problem_key", "in", some)
      .execute();
  }
  await putProblems(trx, kind, open, nowMs);
  await markScreenRows(trx, "issue", [...goneKeys, ...keys]);
  return {
    eventIds: new Set([...gone, ...open].map(({ eventId }) => eventId)),
    letGo: letGoOf(before, open),
  };
}

function letGoOf(
  before: readonly KeptProblem[],
  open: readonly OpenProblem[],
): Map<string, string> {
  const links = open.filter(({ problem }) => problem.fieldKey === null);
  const now = new Map(links.map(({ eventId, campaignId }) => [eventId, campaignId]));
  return new Map(
    before.flatMap(({ eventId, campaignId, fieldKey }): [string, string][] => {
      const other = fieldKey === null && campaignId !== null && now.get(eventId) !== campaignId;
      return other ? [[eventId, campaignId]] : [];
    }),
  );
}

interface KeptProblem {
  readonly key: string;
  readonly eventId: string;
  readonly campaignId: string | null;
  readonly fieldKey: string | null;
}

async function openProblemsOf(
  trx: Transaction<Tables>,
  kind: string,
  eventIds: readonly string[],
): Promise<KeptProblem[]> {
  if (eventIds.length === 0) return [];
  const rows = await trx
    .selectFrom("problems")
    .select(["problem_key", "event_id", "campaign_id", "field_key"])
    .where("tenant", "=", tenantOf(trx))
    .where("kind", "=", kind)
    .where("event_id", "in", eventIds)
    .where("closed_at", "is", null)
    .execute();
  return rows.map((row) => ({
    key: row.problem_key,
    eventId: row.event_id ?? "",
    campaignId: row.campaign_id,
    fieldKey: row.field_key,
  }));
}

/**
 * Opens or closes the problem that a field of a kind of link has as a whole, over all its Events.
 * @returns true when it has just opened
 */
export async function setFieldProblem(
  trx: Transaction<Tables>,
  { kind, fieldKey }: { readonly kind: string; readonly fieldKey: string },
  problem: Problem | null,
  nowMs: number,
): Promise<boolean> {
  const row = { tenant: tenantOf(trx), problem_key: keyOf(kind, null, fieldKey) };
  if (problem === null) {
    const closed = await trx
      .updateTable("problems")
      .set({ closed_at: nowMs })
      .where((eb) => eb.and(row))
      .where("closed_at", "is", null)
      .returning("problem_key")
      .execute();
    if (closed.length > 0) await markScreenRows(trx, "issue", [row.problem_key]);
    return false;
  }
  const open = await trx
    .selectFrom("problems")
    .select("problem_key")
    .where((eb) => eb.and(row))
    .where("closed_at", "is", null)
    .executeTakeFirst();
  await putProblems(trx, kind, [{ eventId: null, campaignId: null, problem }], nowMs);
  if (open === undefined) await markScreenRows(trx, "issue", [row.problem_key]);
  return open === undefined;
}

interface OpenProblem {
  readonly eventId: string | null;
  readonly campaignId: string | null;
  readonly problem: Problem;
}

/** One that is open already stays open since it opened. */
async function putProblems(
  trx: Transaction<Tables>,
  kind: string,
  problems: readonly OpenProblem[],
  nowMs: number,
): Promise<void> {
  // A key twice in one statement is an error on PostgreSQL; the last one counts.
  const rows = new Map(
    problems.map(({ eventId, campaignId, problem }) => {
      const key = keyOf(kind, eventId, problem.fieldKey);
      const row = {
        tenant: tenantOf(trx),
        problem_key: key,
        kind,
        event_id: eventId,
        campaign_id: campaignId,
        field_key: problem.fieldKey,
        field_label: problem.fieldLabel,
        code: problem.code,
        wording: problem.wording,
        parameters: JSON.stringify(problem.parameters),
        opened_at: nowMs,
        seen_at: nowMs,
        closed_at: null,
      };
      return [key, row];
    }),
  );
  // Problems of a field as a whole are shared: all transactions lock them in one order.
  const ordered = inLockOrder(rows.keys()).flatMap((key) => rows.get(key) ?? []);
  for (const some of inStatements(ordered)) {
    await trx
      .insertInto("problems")
      .values(some)
      .onConflict((conflict) =>
        conflict.columns(["tenant", "problem_key"]).doUpdateSet((eb) => ({
          campaign_id: eb.ref("excluded.campaign_id"),
          code: eb.ref("excluded.code"),
          wording: eb.ref("excluded.wording"),
          parameters: eb.ref("excluded.parameters"),
          seen_at: nowMs,
          opened_at: eb
            .case()
            .when("problems.closed_at", "is", null)
            .then(eb.ref("problems.opened_at"))
            .else(nowMs)
            .end(),
          closed_at: null,
        })),
      )
      .execute();
  }
}

/** Forgets problems that were closed before `beforeMs`. */
export async function purgeClosedProblems(query: Kysely<Tables>, beforeMs: number): Promise<void> {
  await query
    .deleteFrom("problems")
    .where("tenant", "=", tenantOf(query))
    .where("closed_at", "<", beforeMs)
    .execute();
}
