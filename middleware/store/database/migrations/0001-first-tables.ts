import type { Engine } from "../../../runtime/config.ts";
import { sql, type Kysely, type Migration } from "kysely";

/** Creates every table of the first release. */
export function firstTables(engine: Engine): Migration {
  const counterType = engine === "sqlite" ? sql`integer` : sql`bigserial`;
  return {
    async up(db: Kysely<unknown>) {
      const table = (name: string) =>
        db.schema.createTable(name).addColumn("connection", "text", (c) => c.notNull());

      await table("links")
        .addColumn("event_id", "text", (c) => c.notNull())
        .addColumn("campaign_id", "text", (c) => c.notNull())
        .addColumn("since", "bigint", (c) => c.notNull())
        .addColumn("agreed", "text", (c) => c.notNull())
        .addPrimaryKeyConstraint("links_pk", ["connection", "event_id"])
        .addUniqueConstraint("links_campaign", ["connection", "campaign_id"])
        .execute();
      await table("events_seen")
        .addColumn("event_id", "text", (c) => c.notNull())
        .addColumn("version", "bigint", (c) => c.notNull())
        .addColumn("updated_at", "bigint", (c) => c.notNull())
        .addColumn("deleted", "integer", (c) => c.notNull().defaultTo(0))
        .addColumn("body", "text", (c) => c.notNull())
        .addColumn("shown", "text", (c) => c.notNull().defaultTo(""))
        .addPrimaryKeyConstraint("events_seen_pk", ["connection", "event_id"])
        .execute();
      await table("due_links")
        .addColumn("subject", "text", (c) => c.notNull())
        .addColumn("generation", "bigint", (c) => c.notNull())
        .addColumn("signalled_at", "bigint")
        .addColumn("cause", "text", (c) => c.notNull())
        .addColumn("due_at", "bigint", (c) => c.notNull())
        .addColumn("attempts", "integer", (c) => c.notNull().defaultTo(0))
        .addColumn("claimed_by", "text")
        .addColumn("claimed_until", "bigint")
        .addColumn("last_error", "text")
        .addPrimaryKeyConstraint("due_links_pk", ["connection", "subject"])
        .execute();
      await db.schema
        .createIndex("due_links_by_time")
        .on("due_links")
        .columns(["connection", "due_at"])
        .execute();
      await table("first_contacts")
        .addColumn("event_id", "text", (c) => c.notNull())
        .addColumn("campaign_id", "text", (c) => c.notNull())
        .addColumn("mapping", "text", (c) => c.notNull())
        .addColumn("at", "bigint", (c) => c.notNull())
        .addPrimaryKeyConstraint("first_contacts_pk", ["connection", "event_id", "mapping"])
        .execute();
      await table("intended_changes")
        .addColumn("event_id", "text", (c) => c.notNull())
        .addColumn("changes", "text", (c) => c.notNull())
        .addPrimaryKeyConstraint("intended_changes_pk", ["connection", "event_id"])
        .execute();
      await table("changes")
        .addColumn("id", counterType, (c) => c.primaryKey())
        .addColumn("at", "bigint", (c) => c.notNull())
        .addColumn("event_id", "text", (c) => c.notNull())
        .addColumn("event_name", "text", (c) => c.notNull())
        .addColumn("campaign_id", "text", (c) => c.notNull())
        .addColumn("field_key", "text", (c) => c.notNull())
        .addColumn("field_label", "text", (c) => c.notNull())
        .addColumn("campaign_field", "text", (c) => c.notNull())
        .addColumn("direction", "text", (c) => c.notNull())
        .addColumn("old_value", "text", (c) => c.notNull())
        .addColumn("new_value", "text", (c) => c.notNull())
        .addColumn("cause", "text", (c) => c.notNull())
        .addColumn("note", "text")
        .addColumn("latency_ms", "bigint")
        .execute();
      await db.schema
        .createIndex("changes_by_event")
        .on("changes")
        .columns(["connection", "event_id", "id"])
        .execute();
      await table("problems")
        .addColumn("problem_key", "text", (c) => c.notNull())
        .addColumn("event_id", "text")
        .addColumn("campaign_id", "text")
        .addColumn("field_key", "text")
        .addColumn("field_label", "text")
        .addColumn("code", "text", (c) => c.notNull())
        .addColumn("message", "text", (c) => c.notNull())
        .addColumn("hint", "text", (c) => c.notNull())
        .addColumn("opened_at", "bigint", (c) => c.notNull())
        .addColumn("seen_at", "bigint", (c) => c.notNull())
        .addColumn("closed_at", "bigint")
        .addPrimaryKeyConstraint("problems_pk", ["connection", "problem_key"])
        .execute();
      await table("value_lists")
        .addColumn("list_key", "text", (c) => c.notNull())
        .addColumn("offered", "text", (c) => c.notNull())
        .addColumn("removed", "text", (c) => c.notNull())
        .addColumn("at", "bigint", (c) => c.notNull())
        .addPrimaryKeyConstraint("value_lists_pk", ["connection", "list_key"])
        .execute();
      await table("held_values")
        .addColumn("event_id", "text", (c) => c.notNull())
        .addColumn("field_key", "text", (c) => c.notNull())
        .addColumn("value", "text", (c) => c.notNull())
        .addColumn("event_name", "text", (c) => c.notNull())
        .addPrimaryKeyConstraint("held_values_pk", ["connection", "event_id", "field_key", "value"])
        .execute();
      await table("checkpoints")
        .addColumn("name", "text", (c) => c.notNull())
        .addColumn("value", "text", (c) => c.notNull())
        .addColumn("at", "bigint", (c) => c.notNull())
        .addPrimaryKeyConstraint("checkpoints_pk", ["connection", "name"])
        .execute();
      await table("deliveries")
        .addColumn("message_id", "text", (c) => c.notNull())
        .addColumn("at", "bigint", (c) => c.notNull())
        .addPrimaryKeyConstraint("deliveries_pk", ["connection", "message_id"])
        .execute();
      await db.schema
        .createTable("leases")
        .addColumn("name", "text", (c) => c.primaryKey())
        .addColumn("owner", "text", (c) => c.notNull())
        .addColumn("until", "bigint", (c) => c.notNull())
        .execute();
      await table("runs")
        .addColumn("id", counterType, (c) => c.primaryKey())
        .addColumn("kind", "text", (c) => c.notNull())
        .addColumn("slot", "text", (c) => c.notNull())
        .addColumn("started_at", "bigint", (c) => c.notNull())
        .addColumn("ended_at", "bigint")
        .addColumn("state", "text", (c) => c.notNull())
        .addColumn("findings", "text", (c) => c.notNull())
        .addUniqueConstraint("runs_slot", ["connection", "kind", "slot"])
        .execute();
    },
  };
}
