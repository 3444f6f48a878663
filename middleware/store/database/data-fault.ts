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

/** Connections, read-only servers, resources, an operator's doing and the machine's own errors. */
const awayClasses = ["08", "25006", "40", "53", "55", "57", "58", "XX"];
/** Of SQLite, all that is neither the data's fault nor that of a statement. */
const sqliteFault = /^SQLITE_(?!ERROR|CONSTRAINT|TOOBIG|MISMATCH)/;
/** Of the operating system: `ECONNREFUSED`, `EHOSTUNREACH`, … */
const systemCode = /^E[A-Z]{3,}$/;
/** `pg` gives these no code. */
const lostConnection =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client (has encountered a connection error|was closed)|Cannot use a pool after calling end)/;

/** Whether the store as a whole can't be had now: the same statement goes through later. */
export function isStoreAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : null;
  if (code === null) return lostConnection.test(error.message);
  if (sqliteFault.test(code) || systemCode.test(code)) return true;
  return code.length === 5 && awayClasses.some((start) => code.startsWith(start));
}
