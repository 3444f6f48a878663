import type { Query } from "@jetstreamapp/soql-parser-js";
import type { Org } from "../data/org.ts";
import type { ObjectSchema } from "../schema/types.ts";
import { parseSoql } from "./parse-query.ts";
import { type QueryContext, requireObject } from "./query-context.ts";

export interface QueryOptions {
  /** Rows in the bin too. @default false */
  includeDeleted?: boolean;
  /** Minds the user's rights, or not. `WITH USER_MODE` in the query minds them always. @default "user" */
  mode?: "user" | "system";
  /** Finds only the records that the user may read. @default in user mode */
  sharing?: boolean;
}

export interface OpenQuery {
  readonly query: Query;
  readonly context: QueryContext;
  readonly object: ObjectSchema;
}

/**
 * Reads a query and finds its object.
 * @throws RequestError MALFORMED_QUERY or INVALID_TYPE
 */
export function openQuery(
  org: Org,
  userId: string,
  soql: string,
  options: QueryOptions,
): OpenQuery {
  const query = parseSoql(soql);
  const userMode = query.withAccessLevel === "USER_MODE" || query.withSecurityEnforced === true;
  const mode = userMode ? "user" : (options.mode ?? "user");
  const context: QueryContext = {
    org,
    userId,
    access: org.accessOf(userId),
    mode,
    sharing: options.sharing ?? mode === "user",
    includeDeleted: options.includeDeleted ?? false,
    soql,
  };
  return { query, context, object: requireObject(context, query.sObject ?? "") };
}
