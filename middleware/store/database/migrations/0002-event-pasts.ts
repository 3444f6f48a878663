import { sql, type Kysely, type Migration } from "kysely";

/** Remembers which Events ever had a Campaign; those that have one now are the first. */
export const eventPasts: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("event_pasts")
      .addColumn("connection", "text", (c) => c.notNull())
      .addColumn("event_id", "text", (c) => c.notNull())
      .addColumn("linked_at", "bigint")
      .addColumn("creating_at", "bigint")
      .addPrimaryKeyConstraint("event_pasts_pk", ["connection", "event_id"])
      .execute();
    await sql`insert into event_pasts (connection, event_id, linked_at)
      select connection, event_id, since from links`.execute(db);
  },
};
