import type { Kysely, Migration } from "kysely";

const tables = {
  event_pasts: "event_link_history",
  events_seen: "event_snapshots",
  first_contacts: "initial_syncs",
  held_values: "retired_values_in_use",
  intended_changes: "pending_writes",
  rewrites: "reverts",
  screen_rows: "ui_projection",
};

/** Tables and columns are called as docs/glossary.md has it. Nothing was released before. */
export const glossary: Migration = {
  async up(db: Kysely<unknown>) {
    for (const [before, name] of Object.entries(tables)) {
      await db.schema.alterTable(before).renameTo(name).execute();
    }
    await db.schema.alterTable("due_links").renameColumn("waits_for", "blocked_by").execute();
    await db.schema.alterTable("links").renameColumn("agreed", "baseline").execute();
  },
};
