import type { Engine } from "../../../runtime/config.ts";
import { sql, type Kysely, type Migration } from "kysely";

/** Webhooks that are accepted and not applied; the embedded database has the journal instead. */
export function webhookInbox(engine: Engine): Migration {
  const counterType = engine === "sqlite" ? sql`integer` : sql`bigserial`;
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable("webhook_inbox")
        .addColumn("id", counterType, (c) => c.primaryKey())
        .addColumn("tenant", "text", (c) => c.notNull())
        .addColumn("message_id", "text", (c) => c.notNull())
        .addColumn("received_at", "bigint", (c) => c.notNull())
        .addColumn("body", "text", (c) => c.notNull())
        .execute();
    },
  };
}
