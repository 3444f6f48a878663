/** Prepared statements of the embedded database, kept by their text: making one costs as much as running it. */
import type { SqliteStatement } from "kysely";
import { LastUsed } from "../../runtime/last-used.ts";

/** More than the product has, in the usual lengths of their lists. */
const maxKept = 400;
/** Long lists of values come in any length: theirs are seldom used twice. */
const maxKeptLength = 4_000;

/** @param prepare makes one that is not kept */
export function cacheStatements(
  prepare: (text: string) => SqliteStatement,
): (text: string) => SqliteStatement {
  const kept = new LastUsed<string, SqliteStatement>(maxKept);
  const make = (text: string): SqliteStatement => {
    const statement = prepare(text);
    const guarded = <Result>(run: () => Result): Result => {
      try {
        return run();
      } catch (error) {
        // It is not known in which state it was left.
        kept.forget(text);
        throw error;
      }
    };
    return {
      reader: statement.reader,
      all: (values) => guarded(() => statement.all(values)),
      run: (values) => guarded(() => statement.run(values)),
      iterate: (values) => statement.iterate(values),
    };
  };
  return (text) => {
    if (text.length > maxKeptLength) return prepare(text);
    const statement = kept.get(text) ?? make(text);
    kept.keep(text, statement);
    return statement;
  };
}
