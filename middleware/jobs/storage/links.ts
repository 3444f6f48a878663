/** The links that both systems last agreed on, and the values they agreed on. */
import type { Kysely, Transaction } from "kysely";
import { z } from "zod";
import type { Database } from "./database.ts";
import { inStatements, lockAll, lockOrder } from "./engine.ts";
import { readJson } from "./json-column.ts";
import type { Tables } from "./tables.ts";

export interface Link {
  readonly eventId: string;
  readonly campaignId: string;
  /** The Campaign's value per Circa field key when both sides last agreed on it. */
  readonly agreed: Readonly<Record<string, unknown>>;
}

const agreedSchema = z.record(z.string(), z.unknown());

/** Also the link of an Event whose Campaign has been given to another one, until it lets go of it. */
export async function linksOfEvents(
  query: Kysely<Tables>,
  connection: string,
  eventIds: readonly string[],
): Promise<Map<string, Link>> {
  if (eventIds.length === 0) return new Map();
  const rows = await query
    .selectFrom("links")
    .select(["event_id", "campaign_id", "agreed"])
    .where("connection", "=", connection)
    .where("event_id", "in", eventIds)
    .execute();
  const displaced = await query
    .selectFrom("displaced_links")
    .select(["event_id", "campaign_id"])
    .where("connection", "=", connection)
    .where("event_id", "in", eventIds)
    .execute();
  const links = new Map<string, Link>(
    displaced.map((row) => [
      row.event_id,
      { eventId: row.event_id, campaignId: row.campaign_id, agreed: {} },
    ]),
  );
  for (const row of rows) {
    const agreed = readJson(row.agreed, agreedSchema) ?? {};
    links.set(row.event_id, { eventId: row.event_id, campaignId: row.campaign_id, agreed });
  }
  return links;
}

/** @returns Event ids by Campaign Id, for the Campaigns that are known to be connected */
export async function eventIdsOfCampaigns(
  query: Kysely<Tables>,
  connection: string,
  campaignIds: readonly string[],
): Promise<Map<string, string>> {
  const eventIds = new Map<string, string>();
  for (const ids of inStatements(campaignIds)) {
    const rows = await query
      .selectFrom("links")
      .select(["event_id", "campaign_id"])
      .where("connection", "=", connection)
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
 * @returns Events that had one of the Campaigns until now and have to be told, by a signal; each
 * with the Event that has it from now on
 */
export async function keepLinks(
  database: Pick<Database, "engine">,
  trx: Transaction<Tables>,
  connection: string,
  links: readonly Link[],
  nowMs: number,
): Promise<Map<string, string>> {
  if (links.length === 0) return new Map();
  const sorted = [...links].sort((one, other) => (one.eventId < other.eventId ? -1 : 1));
  const holders = new Map(sorted.map(({ eventId, campaignId }) => [campaignId, eventId]));
  const kept = sorted.filter(({ eventId, campaignId }) => holders.get(campaignId) === eventId);
  await deleteOf(
    trx,
    "displaced_links",
    connection,
    kept.map(({ eventId }) => eventId),
  );
  const displaced = await displaceOthers(database, trx, connection, sorted, holders);
  const rows = kept.map(({ eventId, campaignId, agreed }) => ({
    connection,
    event_id: eventId,
    campaign_id: campaignId,
    since: nowMs,
    agreed: JSON.stringify(agreed),
  }));
  await trx
    .insertInto("links")
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(["connection", "event_id"]).doUpdateSet((eb) => ({
        campaign_id: eb.ref("excluded.campaign_id"),
        agreed: eb.ref("excluded.agreed"),
      })),
    )
    .execute();
  return displaced;
}

/**
 * @param links those that may lose their Campaign to each other
 * @param holders who has which Campaign from now on: Event ids by Campaign Id
 */
async function displaceOthers(
  database: Pick<Database, "engine">,
  trx: Transaction<Tables>,
  connection: string,
  links: readonly Link[],
  holders: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const before = await lockAll(
    database,
    trx
      .selectFrom("links")
      .select(["event_id", "campaign_id"])
      .where("connection", "=", connection)
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
  await deleteOf(trx, "links", connection, [...others.keys()]);
  await trx
    .insertInto("displaced_links")
    .values([...others.values()].map((row) => ({ connection, ...row })))
    .onConflict((conflict) =>
      conflict
        .columns(["connection", "event_id"])
        .doUpdateSet((eb) => ({ campaign_id: eb.ref("excluded.campaign_id") })),
    )
    .execute();
  return new Map(
    [...others.values()].map((row) => [row.event_id, holders.get(row.campaign_id) ?? ""]),
  );
}

/** These Events have no Campaign any more; first contacts start anew should they meet again. */
export async function dropLinks(
  trx: Transaction<Tables>,
  connection: string,
  eventIds: readonly string[],
): Promise<void> {
  for (const table of ["links", "displaced_links", "first_contacts"] as const) {
    await deleteOf(trx, table, connection, eventIds);
  }
}

async function deleteOf(
  trx: Transaction<Tables>,
  table: "links" | "displaced_links" | "first_contacts",
  connection: string,
  eventIds: readonly string[],
): Promise<void> {
  if (eventIds.length === 0) return;
  await trx
    .deleteFrom(table)
    .where("connection", "=", connection)
    .where("event_id", "in", eventIds)
    .execute();
}

export async function countLinks(query: Kysely<Tables>, connection: string): Promise<number> {
  const row = await query
    .selectFrom("links")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("connection", "=", connection)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Every link's Event, for a comparison of everything. */
export async function allLinkedEventIds(
  query: Kysely<Tables>,
  connection: string,
): Promise<string[]> {
  const rows = await query
    .selectFrom("links")
    .select("event_id")
    .where("connection", "=", connection)
    .execute();
  return rows.map((row) => row.event_id);
}
