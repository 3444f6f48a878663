import type { Kysely, Migration } from "kysely";

/** What grows with the months, or with each message, is found without a look at all of it. */
export const growthIndexes: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createIndex("deliveries_by_time")
      .on("deliveries")
      .columns(["connection", "at"])
      .execute();
    await db.schema
      .createIndex("problems_open")
      .on("problems")
      .columns(["connection", "event_id"])
      .where("closed_at" as never, "is", null)
      .execute();
  },
};
