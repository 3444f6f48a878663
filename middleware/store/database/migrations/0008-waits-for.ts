import type { Kysely, Migration } from "kysely";

/** Links wait for the system that is away, and only for that one. */
export const waitsFor: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable("due_links").addColumn("waits_for", "text").execute();
  },
};
