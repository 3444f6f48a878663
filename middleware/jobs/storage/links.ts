/** The links that both systems last agreed on, and the values they agreed on. */
import type { Kysely, Transaction } from "kysely";
import { z } from "zod";
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
    const agreed = agreedSchema.parse(JSON.parse(row.agreed));
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
  if (campaignIds.length === 0) return new Map();
  const rows = await query
    .selectFrom("links")
    .select(["event_id", "campaign_id"])
    .where("connection", "=", connection)
    .where("campaign_id", "in", campaignIds)
    .execute();
  return new Map(rows.map((row) => [row.campaign_id, row.event_id]));
}

/**
 * Both systems say that these two are connected.
 * @returns Events that had this Campaign until now and have to be told, by a signal
 */
export async function keepLink(
  trx: Transaction<Tables>,
  connection: string,
  { eventId, campaignId, agreed }: Link,
  nowMs: number,
): Promise<string[]> {
  const displaced = await trx
    .deleteFrom("links")
    .where("connection", "=", connection)
    .where("campaign_id", "=", campaignId)
    .where("event_id", "!=", eventId)
    .returning("event_id")
    .execute();
  for (const { event_id } of displaced) {
    await trx
      .insertInto("displaced_links")
      .values({ connection, event_id, campaign_id: campaignId })
      .onConflict((conflict) =>
        conflict.columns(["connection", "event_id"]).doUpdateSet({ campaign_id: campaignId }),
      )
      .execute();
  }
  await trx
    .deleteFrom("displaced_links")
    .where("connection", "=", connection)
    .where("event_id", "=", eventId)
    .execute();
  const values = { campaign_id: campaignId, agreed: JSON.stringify(agreed) };
  await trx
    .insertInto("links")
    .values({ connection, event_id: eventId, since: nowMs, ...values })
    .onConflict((conflict) => conflict.columns(["connection", "event_id"]).doUpdateSet(values))
    .execute();
  return displaced.map((row) => row.event_id);
}

/** The two are no longer connected; first contacts start anew should they meet again. */
export async function dropLink(
  trx: Transaction<Tables>,
  connection: string,
  eventId: string,
): Promise<void> {
  for (const table of ["links", "displaced_links", "first_contacts"] as const) {
    await trx
      .deleteFrom(table)
      .where("connection", "=", connection)
      .where("event_id", "=", eventId)
      .execute();
  }
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
