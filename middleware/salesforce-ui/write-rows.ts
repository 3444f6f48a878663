/** Writes rows of Salesforce's screens so that none of them can hold up the others. */
import type { WriteResult } from "../systems/salesforce/campaigns/schemas.ts";
import { passingKinds, SystemError, type FieldRefusal } from "../runtime/errors.ts";
import type { Log } from "../runtime/log.ts";
import { kindOfRefusal } from "../systems/salesforce/connection/errors.ts";
import {
  screenKeys,
  type ScreenClient,
  type ScreenObjectName,
  type ScreenValues,
} from "../systems/salesforce/screens.ts";
import { fitRow } from "./fit-row.ts";

/** When nothing has gone through in so many halvings, the rows are not what is wrong. */
const maxFutileCalls = 20;

/**
 * What a whole call is refused with because of a value in it, never because of the org. Any other
 * refusal of a whole call is the object's or the system's.
 * Source: REST API Developer Guide, "Status Codes and Error Responses" (400)
 */
const badValueCodes = new Set(["JSON_PARSER_ERROR", "INVALID_INPUT", "ERROR_HTTP_400"]);

export interface RowsToWrite {
  readonly screens: Pick<ScreenClient, "upsert">;
  readonly log: Log;
  readonly object: ScreenObjectName;
}

/** `later`: a refusal that passes by itself, such as a locked record. */
export type RowOutcome = "written" | "refused" | "later";

/**
 * Values that a field can't hold go blank, with a log line. A call that is refused whole is halved
 * until the odd row stands alone; a row refused for some of its fields is written without those.
 * @returns what came of each row, in order
 * @throws SystemError when the rows are not to blame
 */
export async function writeRows(
  { screens, log, object }: RowsToWrite,
  rows: readonly ScreenValues[],
): Promise<RowOutcome[]> {
  const keyOf = (row: ScreenValues) => row[screenKeys[object]];
  const fitted = rows.map((row) => fitRow(object, row));
  for (const [index, { leftOut }] of fitted.entries()) {
    const key = keyOf(rows[index] ?? {});
    if (leftOut.length > 0) {
      log.warn({ object, key, fields: leftOut }, "a screen's row goes without what it can't hold");
    }
  }
  const sendable = fitted.flatMap(({ values }, index) =>
    values === null ? [] : { values, index },
  );
  const outcomes = rows.map((): RowOutcome => "refused");
  const again: typeof sendable = [];
  const first = await upsertEach(screens, object, sendable);
  for (const [nth, { values, index }] of sendable.entries()) {
    const result = first[nth];
    outcomes[index] = outcomeOf(result);
    if (result === undefined || result.ok) continue;
    const error = result.refusals.map(({ message }) => message).join("; ");
    log.warn({ object, key: keyOf(values), error }, "Salesforce refuses a row of its screens");
    const less = withoutRefused(object, values, result.refusals);
    if (less !== null) again.push({ values: less, index });
  }
  const second = await upsertEach(screens, object, again);
  for (const [nth, { index }] of again.entries()) outcomes[index] = outcomeOf(second[nth]);
  return outcomes;
}

function outcomeOf(result: WriteResult | undefined): RowOutcome {
  if (result === undefined) return "later";
  if (result.ok) return "written";
  return result.refusals.some((it) => passingKinds.has(kindOfRefusal(it))) ? "later" : "refused";
}

interface RowAt {
  readonly values: ScreenValues;
  readonly index: number;
}

async function upsertEach(
  screens: RowsToWrite["screens"],
  object: ScreenObjectName,
  all: readonly RowAt[],
): Promise<WriteResult[]> {
  let futileCalls = 0;
  const upsert = async (rows: readonly RowAt[]): Promise<WriteResult[]> => {
    if (rows.length === 0) return [];
    try {
      const results = await screens.upsert(
        object,
        rows.map(({ values }) => values),
      );
      futileCalls = 0;
      return results;
    } catch (error) {
      futileCalls += 1;
      if (!isBadValue(error) || futileCalls > maxFutileCalls) throw error;
      if (rows.length === 1) return [{ ok: false, refusals: error.refusals }];
      const half = Math.ceil(rows.length / 2);
      return [...(await upsert(rows.slice(0, half))), ...(await upsert(rows.slice(half)))];
    }
  };
  return upsert(all);
}

function isBadValue(error: unknown): error is SystemError {
  if (!(error instanceof SystemError) || error.systemWide) return false;
  return error.refusals.some(({ code }) => badValueCodes.has(code));
}

/** @returns null when there is no telling what to leave out, or it can't be */
function withoutRefused(
  object: ScreenObjectName,
  values: ScreenValues,
  refusals: readonly FieldRefusal[],
): ScreenValues | null {
  // Within a namespace Salesforce names fields with its prefix.
  const refused = (name: string) =>
    refusals.some(({ fields }) => fields.some((it) => it === name || it.endsWith(`__${name}`)));
  const names = Object.keys(values).filter(refused);
  if (names.length === 0 || names.includes(screenKeys[object])) return null;
  return { ...values, ...Object.fromEntries(names.map((name) => [name, null])) };
}
