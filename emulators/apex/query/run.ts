/** Runs one query for Apex: counts it, sends it to the platform, makes records of the answer. */
import { type AccessMode, PlatformError, type QueryAnswer, type QueryRow } from "../ports.ts";
import type { Runtime } from "../run/runtime.ts";
import { aggregateResultInfo } from "../intrinsics/aggregate-result.ts";
import { recordsOfAnswer } from "./rows.ts";
import type { QueryShape } from "./shape.ts";
import type { Value } from "../values/value.ts";

/** `WITH …` and `ALL ROWS` as the engine reads them; the platform gets the query without them. */
export interface RunOptions {
  readonly mode: AccessMode;
  /** Sharing is minded whatever the class says. */
  readonly sharing: boolean;
  readonly allRows: boolean;
}

export function runQueryText(
  rt: Runtime,
  soql: string,
  shape: QueryShape,
  options: RunOptions,
): Value {
  // Queries on custom metadata are free, as on the platform.
  const counted = !shape.object.name.endsWith("__mdt");
  if (counted) rt.count("queries");
  if (shape.aggregate && counted) rt.count("aggregateQueries");
  const answer = ask(rt, soql, options);
  if (counted) rt.count("queryRows", shape.countOnly ? answer.totalSize : countRows(answer.rows));
  if (shape.countOnly) return answer.totalSize;
  const element = shape.aggregate ? aggregateResultInfo : shape.info;
  return recordsOfAnswer(rt, answer, element.of());
}

/** Rows of sub-queries count too. */
function countRows(rows: readonly QueryRow[]): number {
  return rows.reduce(
    (count, { fields }) =>
      fields.reduce(
        (inner, field) => inner + ("children" in field ? countRows(field.children) : 0),
        count + 1,
      ),
    0,
  );
}

function ask(rt: Runtime, soql: string, options: RunOptions): QueryAnswer {
  try {
    return rt.transaction.query(soql, rt.userId, {
      mode: options.mode,
      sharing: options.sharing || rt.sharing,
      includeDeleted: options.allRows,
    });
  } catch (error) {
    if (error instanceof PlatformError) throw rt.error("QueryException", error.message);
    throw error;
  }
}
