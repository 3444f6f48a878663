/** What Salesforce's own screens show of the sync, and what of it has yet to be written there. */
import type { Kysely, Migration } from "kysely";

export const screenRows: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("screen_rows")
      .addColumn("connection", "text", (column) => column.notNull())
      .addColumn("object", "text", (column) => column.notNull())
      .addColumn("row_key", "text", (column) => column.notNull())
      .addColumn("generation", "integer", (column) => column.notNull())
      .addColumn("due", "integer", (column) => column.notNull())
      .addColumn("written", "text", (column) => column.notNull().defaultTo(""))
      .addColumn("request_id", "text")
      .addPrimaryKeyConstraint("screen_rows_key", ["connection", "object", "row_key"])
      .execute();
    await db.schema
      .createIndex("screen_rows_due")
      .on("screen_rows")
      .columns(["connection", "due", "object"])
      .execute();
    await db.schema
      .createIndex("changes_by_campaign")
      .on("changes")
      .columns(["connection", "campaign_id", "id"])
      .execute();
  },
};
