/** SQLSTATE classes of values that can't be stored: https://www.postgresql.org/docs/17/errcodes-appendix.html */
const classes = ["21", "22", "23", "54"];
/** SQLite's: https://www.sqlite.org/rescode.html */
const codes = ["SQLITE_CONSTRAINT", "SQLITE_TOOBIG", "SQLITE_MISMATCH"];
/** Thrown by our own code over a value that it did not expect. */
const thrown = [TypeError, SyntaxError, RangeError, URIError];

/**
 * Whether it is the fault of some value, and not of a system or a store that is away: the same work
 * fails again however often it is done, and what has nothing to do with the value goes through.
 */
export function isFaultOfData(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : null;
  if (code === null) return error.name === "ZodError" || thrown.some((it) => error instanceof it);
  const isState = code.length === 5 && classes.some((start) => code.startsWith(start));
  return isState || codes.some((start) => code.startsWith(start));
}
