import { sql, type Kysely, type Migration } from "kysely";

/**
 * What is kept of a link names its kind, Event and Campaign until now. Where the id alone was the
 * key, the kind belongs to it; the queue's subjects and the keys of problems name it themselves.
 * Nothing was released before.
 */
export const linkKinds: Migration = {
  async up(db: Kysely<unknown>) {
    for (const table of ["due_links", "changes", "problems"]) {
      await db.schema
        .alterTable(table)
        .addColumn("kind", "text", (c) => c.notNull().defaultTo("event"))
        .execute();
    }
    await db.schema.dropIndex("due_links_by_time").execute();
    await db.schema
      .createIndex("due_links_by_time")
      .on("due_links")
      .columns(["tenant", "kind", "due_at"])
      .execute();

    // SQLite changes no primary key of a table that is there.
    const rebuilt = (name: string) =>
      db.schema
        .createTable(name)
        .addColumn("tenant", "text", (c) => c.notNull())
        .addColumn("kind", "text", (c) => c.notNull().defaultTo("event"))
        .addColumn("link_id", "text", (c) => c.notNull());
    await db.schema.alterTable("pending_writes").renameTo("pending_writes_before").execute();
    await rebuilt("pending_writes")
      .addColumn("changes", "text", (c) => c.notNull())
      .addPrimaryKeyConstraint("pending_writes_pk", ["tenant", "kind", "link_id"])
      .execute();
    await sql`insert into pending_writes (tenant, link_id, changes)
      select tenant, event_id, changes from pending_writes_before`.execute(db);
    await db.schema.dropTable("pending_writes_before").execute();

    await db.schema.alterTable("reverts").renameTo("reverts_before").execute();
    await rebuilt("reverts")
      .addColumn("field_key", "text", (c) => c.notNull())
      .addColumn("target", "text", (c) => c.notNull())
      .addColumn("value", "text", (c) => c.notNull())
      .addColumn("count", "integer", (c) => c.notNull())
      .addColumn("first_at", "bigint", (c) => c.notNull())
      .addColumn("last_at", "bigint", (c) => c.notNull())
      .addPrimaryKeyConstraint("reverts_pk", ["tenant", "kind", "link_id", "field_key", "target"])
      .execute();
    await sql`insert into reverts
        (tenant, link_id, field_key, target, value, count, first_at, last_at)
      select tenant, event_id, field_key, target, value, count, first_at, last_at
      from reverts_before`.execute(db);
    await db.schema.dropTable("reverts_before").execute();
  },
};
