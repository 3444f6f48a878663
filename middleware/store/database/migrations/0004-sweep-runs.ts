import type { Engine } from "../../../runtime/config.ts";
import { sql, type Kysely, type Migration } from "kysely";

/** Sweeps go on from their last page, and every finding is kept with its cause. */
export function sweepRuns(engine: Engine): Migration {
  const counterType = engine === "sqlite" ? sql`integer` : sql`bigserial`;
  return {
    async up(db: Kysely<unknown>) {
      const runs = db.schema.alterTable("runs");
      await runs.addColumn("progress", "text").execute();
      await runs.addColumn("attempts", "integer", (c) => c.notNull().defaultTo(0)).execute();
      await runs.addColumn("retry_at", "bigint").execute();
      await runs.addColumn("reason", "text").execute();
      await db.schema
        .createTable("sweep_findings")
        .addColumn("id", counterType, (c) => c.primaryKey())
        .addColumn("connection", "text", (c) => c.notNull())
        .addColumn("run_id", "bigint", (c) => c.notNull())
        .addColumn("event_id", "text", (c) => c.notNull())
        .addColumn("campaign_id", "text")
        .addColumn("side", "text", (c) => c.notNull())
        .addColumn("cause", "text", (c) => c.notNull())
        .addColumn("changed_at", "bigint")
        .addColumn("found_at", "bigint", (c) => c.notNull())
        .addColumn("settles_at", "bigint")
        .execute();
      await db.schema
        .createIndex("sweep_findings_by_run")
        .on("sweep_findings")
        .columns(["connection", "run_id"])
        .execute();
      await db.schema
        .createIndex("sweep_findings_by_time")
        .on("sweep_findings")
        .columns(["connection", "found_at"])
        .execute();
      await db.schema
        .createIndex("sweep_findings_unsettled")
        .on("sweep_findings")
        .columns(["connection", "settles_at"])
        .where(sql.ref("settles_at"), "is not", null)
        .execute();
      await db.schema
        .createTable("sweep_seen")
        .addColumn("run_id", "bigint", (c) => c.notNull())
        .addColumn("record_id", "text", (c) => c.notNull())
        .addPrimaryKeyConstraint("sweep_seen_pk", ["run_id", "record_id"])
        .execute();
      await db.schema
        .createTable("outages")
        .addColumn("connection", "text", (c) => c.notNull())
        .addColumn("what", "text", (c) => c.notNull())
        .addColumn("from_at", "bigint", (c) => c.notNull())
        .addColumn("until_at", "bigint", (c) => c.notNull())
        .addPrimaryKeyConstraint("outages_pk", ["connection", "what", "from_at"])
        .execute();
    },
  };
}
