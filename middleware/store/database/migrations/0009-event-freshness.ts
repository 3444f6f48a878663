import type { Kysely, Migration } from "kysely";

/**
 * When the kept state of an Event was received, whether something has contradicted it since, and
 * which blanks the initial sync has left alone.
 */
export const eventFreshness: Migration = {
  async up(db: Kysely<unknown>) {
    // It is not known when these rows were received: they count as old.
    await db.schema
      .alterTable("events_seen")
      .addColumn("received_at", "bigint", (c) => c.notNull().defaultTo(0))
      .execute();
    await db.schema
      .alterTable("events_seen")
      .addColumn("doubted", "integer", (c) => c.notNull().defaultTo(0))
      .execute();
    await db.schema.alterTable("first_contacts").addColumn("held_blank", "text").execute();
  },
};
