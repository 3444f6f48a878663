/** `Database.query`: the text is known at run time only. */
import type { AccessMode } from "../ports.ts";
import type { Runtime } from "../run/runtime.ts";
import { ListValue, type MapValue } from "../values/collections.ts";
import { textOf } from "../values/text.ts";
import type { Value } from "../values/value.ts";
import { readClauses } from "./clauses.ts";
import { soqlLiteral } from "./literals.ts";
import { runQueryText } from "./run.ts";
import { QueryProblem, readShape } from "./shape.ts";

function run(rt: Runtime, soql: string, binds: MapValue, mode: AccessMode): Value {
  const clauses = readClauses(bindVariables(rt, soql, binds));
  try {
    const shape = readShape(rt.program, clauses.text);
    return runQueryText(rt, clauses.text, shape, {
      mode: clauses.mode ?? mode,
      sharing: (clauses.mode ?? mode) === "user" && !clauses.securityEnforced,
      allRows: clauses.allRows,
    });
  } catch (error) {
    if (error instanceof QueryProblem) throw rt.error("QueryException", error.message);
    throw error;
  }
}

export function runDynamicQuery(
  rt: Runtime,
  soql: string,
  binds: MapValue,
  mode: AccessMode,
): ListValue {
  const rows = run(rt, soql, binds, mode);
  if (rows instanceof ListValue) return rows;
  throw rt.error(
    "QueryException",
    "A COUNT() query needs Database.countQuery, which the Apex engine does not have",
  );
}

/** Puts the variables' values in place of `:name`; names are plain variables in dynamic SOQL. */
function bindVariables(rt: Runtime, soql: string, binds: MapValue): string {
  const values = new Map<string, Value>();
  for (const [name, value] of binds.entries()) values.set(textOf(name).toLowerCase(), value);
  return soql.replace(
    /'(?:[^'\\]|\\.)*'|:\s*([A-Za-z_]\w*)(?=[^\w:]|$)/g,
    (found, name?: string) => {
      if (name === undefined) return found;
      const value = values.get(name.toLowerCase());
      if (value === undefined) throw rt.error("QueryException", `Variable does not exist: ${name}`);
      return soqlLiteral(rt, value);
    },
  );
}
