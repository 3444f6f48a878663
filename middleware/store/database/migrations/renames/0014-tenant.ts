import type { Kysely, Migration } from "kysely";

const tables = [
  "changes",
  "checkpoints",
  "deliveries",
  "displaced_links",
  "due_links",
  "event_link_history",
  "event_snapshots",
  "initial_syncs",
  "leases",
  "links",
  "outages",
  "pending_writes",
  "problems",
  "retired_values_in_use",
  "reverts",
  "runs",
  "sweep_findings",
  "ui_projection",
  "value_lists",
];

/** One Circa workspace with one org is a tenant. Keys and indexes follow their column's name. */
export const tenant: Migration = {
  async up(db: Kysely<unknown>) {
    for (const table of tables) {
      await db.schema.alterTable(table).renameColumn("connection", "tenant").execute();
    }
  },
};
