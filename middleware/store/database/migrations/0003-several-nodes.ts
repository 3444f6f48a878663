import type { Kysely, Migration } from "kysely";

/** Leases name their connection, and a due time says when it was set: clocks may go back. */
export const severalNodes: Migration = {
  async up(db: Kysely<unknown>) {
    // Nothing has used the first table of this name.
    await db.schema.dropTable("leases").execute();
    await db.schema
      .createTable("leases")
      .addColumn("connection", "text", (c) => c.notNull())
      .addColumn("name", "text", (c) => c.notNull())
      .addColumn("owner", "text", (c) => c.notNull())
      .addColumn("until", "bigint", (c) => c.notNull())
      .addPrimaryKeyConstraint("leases_pk", ["connection", "name"])
      .execute();
    await db.schema
      .alterTable("due_links")
      .addColumn("scheduled_at", "bigint", (c) => c.notNull().defaultTo(0))
      .execute();
  },
};
