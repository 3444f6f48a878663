/** The links that both systems last agreed on, and the values they agreed on. */
import { sql, type Kysely, type Transaction } from "kysely";
import { z } from "zod";
import type { Database } from "../database/database.ts";
import { inStatements, lockAll, lockOrder, valueRows } from "../database/engine.ts";
import { readJson } from "../database/json-column.ts";
import type { Tables } from "../database/tables.ts";
import { tenantOf } from "../database/tenant.ts";

export interface Link {
  readonly eventId: string;
  readonly campaignId: string;
  /** The Campaign's value per Circa field key when both sides last agreed on it. */
  readonly baseline: Readonly<Record<string, unknown>>;
}

const baselineSchema = z.record(z.string(), z.unknown());

/** Also the link of an Event whose Campaign has been given to another one, until it lets go of it. */
export async function linksOfEvents(
  query: Kysely<Tables>,
  eventIds: readonly string[],
): Promise<Map<string, Link>> {
  if (eventIds.length === 0) return new Map();
  const displaced = query
    .selectFrom("displaced_links")
    .select(["event_id", "campaign_id", sql<string | null>`null`.as("baseline")])
    .where("tenant", "=", tenantOf(query))
    .where("event_id", "in", eventIds);
  const rows = await query
    .selectFrom("links")
    .select(["event_id", "campaign_id", "baseline"])
    .where("tenant", "=", tenantOf(query))
    .where("event_id", "in", eventIds)
    .$castTo<{ event_id: string; campaign_id: string; baseline: string | null }>()
    .unionAll(displaced)
    .execute();
  const links = new Map<string, Link>();
  for (const { event_id: eventId, campaign_id: campaignId, baseline } of rows) {
    // What it has comes before what it has lost.
    if (baseline === null && links.has(eventId)) continue;
    const values = baseline === null ? null : readJson(baseline, baselineSchema);
    links.set(eventId, { eventId, campaignId, baseline: values ?? {} });
  }
  return links;
}

/** @returns Event ids by Campaign Id, for the Campaigns that are known to be connected */
export async function eventIdsOfCampaigns(
  query: Kysely<Tables>,
  campaignIds: readonly string[],
): Promise<Map<string, string>> {
  const eventIds = new Map<string, string>();
  for (const ids of inStatements(campaignIds)) {
    const rows = await query
      .selectFrom("links")
      .select(["event_id", "campaign_id"])
      .where("tenant", "=", tenantOf(query))
      .where("campaign_id", "in", ids)
      .execute();
    for (const row of rows) eventIds.set(row.campaign_id, row.event_id);
  }
  return eventIds;
}

/**
 * Both systems say that these are connected, each Event with its Campaign. An Event that gets
 * another Campaign than it had is to be dropped first.
 * @param links at most 200; of two with the same Campaign the later Event has it
 * @returns Events that had one of the Campaigns until now and have to be notified; each
 * with the Event that has it from now on
 */
export async function saveLinks(
  database: Pick<Database, "engine">,
  trx: Transaction<Tables>,
  links: readonly Link[],
  nowMs: number,
): Promise<Map<string, string>> {
  const agreedBefore = await agreeAnew(database, trx, links);
  const others = links.filter(({ eventId }) => !agreedBefore.has(eventId));
  if (others.length === 0) return new Map();
  const sorted = [...others].sort((one, other) => (one.eventId < other.eventId ? -1 : 1));
  const holders = new Map(sorted.map(({ eventId, campaignId }) => [campaignId, eventId]));
  const kept = sorted.filter(({ eventId, campaignId }) => holders.get(campaignId) === eventId);
  await deleteOf(
    trx,
    "displaced_links",
    kept.map(({ eventId }) => eventId),
  );
  const displaced = await displaceOthers(database, trx, sorted, holders);
  const rows = kept.map(({ eventId, campaignId, baseline }) => ({
    tenant: tenantOf(trx),
    event_id: eventId,
    campaign_id: campaignId,
    since: nowMs,
    baseline: JSON.stringify(baseline),
  }));
  await trx
    .insertInto("links")
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(["tenant", "event_id"]).doUpdateSet((eb) => ({
        campaign_id: eb.ref("excluded.campaign_id"),
        baseline: eb.ref("excluded.baseline"),
      })),
    )
    .execute();
  return displaced;
}

/**
 * Links that are there as they are, the usual case, only get their new values.
 * @returns their Events: while they have their Campaigns no other Event does
 */
async function agreeAnew(
  database: Pick<Database, "engine">,
  trx: Transaction<Tables>,
  links: readonly Link[],
): Promise<Set<string>> {
  const ids = links.map(({ eventId }) => eventId);
  if (ids.length === 0) return new Set();
  if (database.engine === "postgres") {
    const held = trx
      .selectFrom("links")
      .select("event_id")
      .where("tenant", "=", tenantOf(trx))
      .where("event_id", "in", ids)
      .orderBy(lockOrder(database.engine, "event_id"));
    await lockAll(database, held).execute();
  }
  const cells = links.map(
    (it) => [it.eventId, it.campaignId, JSON.stringify(it.baseline)] as const,
  );
  const rows = await trx
    .updateTable("links")
    .from(valueRows<{ column1: string; column2: string; column3: string }>(cells).as("fresh"))
    .set((eb) => ({ baseline: eb.ref("fresh.column3") }))
    .where("tenant", "=", tenantOf(trx))
    .whereRef("event_id", "=", "fresh.column1")
    .whereRef("campaign_id", "=", "fresh.column2")
    .returning("event_id")
    .execute();
  return new Set(rows.map((row) => row.event_id));
}

/**
 * @param links those that may lose their Campaign to each other
 * @param holders who has which Campaign from now on: Event ids by Campaign Id
 */
async function displaceOthers(
  database: Pick<Database, "engine">,
  trx: Transaction<Tables>,
  links: readonly Link[],
  holders: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const before = await lockAll(
    database,
    trx
      .selectFrom("links")
      .select(["event_id", "campaign_id"])
      .where("tenant", "=", tenantOf(trx))
      .where("campaign_id", "in", [...holders.keys()])
      .orderBy(lockOrder(database.engine, "event_id")),
  ).execute();
  const claimants = links.map((link) => ({ event_id: link.eventId, campaign_id: link.campaignId }));
  const others = new Map(
    [...before, ...claimants]
      .filter((row) => holders.get(row.campaign_id) !== row.event_id)
      .map((row) => [row.event_id, row]),
  );
  if (others.size === 0) return new Map();
  const lost = [...others.values()];
  await displaceLinks(
    trx,
    lost.map((row) => ({ eventId: row.event_id, campaignId: row.campaign_id })),
  );
  return new Map(
    [...others.values()].map((row) => [row.event_id, holders.get(row.campaign_id) ?? ""]),
  );
}

/** These Events have lost their Campaign, and Circa still says otherwise or does not say. */
export async function displaceLinks(
  trx: Transaction<Tables>,
  links: readonly Pick<Link, "eventId" | "campaignId">[],
): Promise<void> {
  if (links.length === 0) return;
  await deleteOf(
    trx,
    "links",
    links.map(({ eventId }) => eventId),
  );
  await trx
    .insertInto("displaced_links")
    .values(
      links.map((it) => ({
        tenant: tenantOf(trx),
        event_id: it.eventId,
        campaign_id: it.campaignId,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(["tenant", "event_id"])
        .doUpdateSet((eb) => ({ campaign_id: eb.ref("excluded.campaign_id") })),
    )
    .execute();
}

/** These Events have no Campaign any more; first contacts start anew should they meet again. */
export async function deleteLinks(
  trx: Transaction<Tables>,
  eventIds: readonly string[],
): Promise<void> {
  for (const table of ["links", "displaced_links", "initial_syncs"] as const) {
    await deleteOf(trx, table, eventIds);
  }
}

async function deleteOf(
  trx: Transaction<Tables>,
  table: "links" | "displaced_links" | "initial_syncs",
  eventIds: readonly string[],
): Promise<void> {
  if (eventIds.length === 0) return;
  await trx
    .deleteFrom(table)
    .where("tenant", "=", tenantOf(trx))
    .where("event_id", "in", eventIds)
    .execute();
}

export async function countLinks(query: Kysely<Tables>): Promise<number> {
  const row = await query
    .selectFrom("links")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("tenant", "=", tenantOf(query))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Every link's Event. */
export async function allLinkedEventIds(query: Kysely<Tables>): Promise<string[]> {
  const rows = await query
    .selectFrom("links")
    .select("event_id")
    .where("tenant", "=", tenantOf(query))
    .execute();
  return rows.map((row) => row.event_id);
}

/** Campaigns of a few links: a list that does not name them can't be trusted. */
export async function someLinkedCampaigns(
  query: Kysely<Tables>,

  limit: number,
): Promise<string[]> {
  const rows = await query
    .selectFrom("links")
    .select("campaign_id")
    .where("tenant", "=", tenantOf(query))
    .orderBy("event_id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.campaign_id);
}
