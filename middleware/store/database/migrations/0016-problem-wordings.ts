import { sql, type Kysely, type Migration } from "kysely";

/**
 * A problem is kept with its code and parameters instead of sentences. Those of before have no
 * parameters: they are said in general until the next pass finds them again, or closes them.
 */
export const problemWordings: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable("problems")
      .addColumn("wording", "text", (c) => c.notNull().defaultTo(""))
      .execute();
    await db.schema
      .alterTable("problems")
      .addColumn("parameters", "text", (c) => c.notNull().defaultTo("{}"))
      .execute();
    await sql`update problems set wording = code`.execute(db);
    await db.schema.alterTable("problems").dropColumn("message").execute();
    await db.schema.alterTable("problems").dropColumn("hint").execute();
  },
};
