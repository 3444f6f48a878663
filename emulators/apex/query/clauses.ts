import type { AccessMode } from "../ports.ts";

export interface Clauses {
  /** The query without the clauses below. */
  readonly text: string;
  readonly mode: AccessMode | null;
  /** `WITH SECURITY_ENFORCED` minds rights on objects and fields, and leaves sharing to the class. */
  readonly securityEnforced: boolean;
  readonly allRows: boolean;
}

/**
 * Takes out what decides how a query runs rather than what it asks: `WITH USER_MODE`,
 * `WITH SYSTEM_MODE`, `WITH SECURITY_ENFORCED`, `ALL ROWS`, `FOR UPDATE|VIEW|REFERENCE`.
 * Text in quotes is left alone.
 */
export function readClauses(soql: string): Clauses {
  let mode: AccessMode | null = null;
  let allRows = false;
  let securityEnforced = false;
  const text = soql.replace(
    /'(?:[^'\\]|\\.)*'|\bWITH\s+(USER_MODE|SYSTEM_MODE|SECURITY_ENFORCED)\b|\bALL\s+ROWS\b|\bFOR\s+(?:UPDATE|VIEW|REFERENCE)\b/gi,
    (found, level?: string) => {
      if (found.startsWith("'")) return found;
      if (level !== undefined) {
        mode = level.toUpperCase() === "SYSTEM_MODE" ? "system" : "user";
        securityEnforced = level.toUpperCase() === "SECURITY_ENFORCED";
      } else if (/^all/i.test(found)) allRows = true;
      return " ".repeat(found.length);
    },
  );
  return { text, mode, securityEnforced, allRows };
}
