/** A store that counts its statements: other processes wait while a transaction makes them. */
import type { KyselyPlugin } from "kysely";
import type { Database } from "../../middleware/store/database/database.ts";

export interface CountedStatements {
  readonly database: Database;
  /** How many statements were sent while `work` ran; begin and commit are left out. */
  during(work: () => Promise<unknown>): Promise<number>;
}

export function countStatements(database: Database): CountedStatements {
  let count = 0;
  const counting: KyselyPlugin = {
    transformQuery({ node }) {
      count += 1;
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  const query = database.query.withPlugin(counting);
  return {
    database: { ...database, query, write: (work) => query.transaction().execute(work) },
    async during(work) {
      const before = count;
      await work();
      return count - before;
    },
  };
}
