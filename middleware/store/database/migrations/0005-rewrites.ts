import type { Kysely, Migration } from "kysely";

/** Counts how often a field was reverted in vain, so that nothing is written for ever. */
export const rewrites: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("rewrites")
      .addColumn("connection", "text", (c) => c.notNull())
      .addColumn("event_id", "text", (c) => c.notNull())
      .addColumn("field_key", "text", (c) => c.notNull())
      .addColumn("target", "text", (c) => c.notNull())
      .addColumn("value", "text", (c) => c.notNull())
      .addColumn("count", "integer", (c) => c.notNull())
      .addColumn("first_at", "bigint", (c) => c.notNull())
      .addColumn("last_at", "bigint", (c) => c.notNull())
      .addPrimaryKeyConstraint("rewrites_pk", ["connection", "event_id", "field_key", "target"])
      .execute();
  },
};
