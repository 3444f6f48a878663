import type { Kysely, Migration } from "kysely";

/** What is claimed is found by its owner, at each renewal, without a look at all that waits. */
export const claimsIndex: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createIndex("due_links_claimed")
      .on("due_links")
      .column("claimed_by")
      .where("claimed_by" as never, "is not", null)
      .execute();
  },
};
