import type { Kysely, Migration } from "kysely";

/** Events whose Campaign was given to another Event, until they have been notified. */
export const displacedLinks: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("displaced_links")
      .addColumn("connection", "text", (c) => c.notNull())
      .addColumn("event_id", "text", (c) => c.notNull())
      .addColumn("campaign_id", "text", (c) => c.notNull())
      .addPrimaryKeyConstraint("displaced_links_pk", ["connection", "event_id"])
      .execute();
  },
};
