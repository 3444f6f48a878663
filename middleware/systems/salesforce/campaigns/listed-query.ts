/**
 * Queries that would not fit into one address: many values to look for, many columns to read, or
 * both. They are split by length before they are sent, and finer once Salesforce says that one is
 * too long all the same.
 */
import { z } from "zod";
import { SystemError } from "../../../runtime/errors.ts";
import { isQueryable, literal } from "../connection/soql.ts";

export type Query = (action: string, soql: string, withDeleted?: boolean) => Promise<unknown[]>;

export interface ListedQuery {
  /** What is being done, for the error's text. */
  readonly action: string;
  readonly object: string;
  /** Read with `Id`; a record comes once, whatever part of the query found it. */
  readonly columns: readonly string[];
  /** Records that any of these finds. Values that no record can hold are left out. */
  readonly lists: readonly {
    readonly values: readonly string[];
    /** @param list in parentheses, for `IN` */
    readonly where: (list: string) => string;
  }[];
  /** @default false */
  readonly withDeleted?: boolean;
}

export interface KeysetQuery {
  readonly action: string;
  readonly object: string;
  readonly columns: readonly string[];
  /** `WHERE …`, `ORDER BY …` and `LIMIT …`; short. */
  readonly rest: string;
  readonly withDeleted?: boolean;
}

export interface ListedQueries {
  /** @throws SystemError */
  byLists(query: ListedQuery): Promise<Row[]>;
  /** One page, its rows in order. @throws SystemError */
  page(query: KeysetQuery): Promise<Row[]>;
}

type Row = Record<string, unknown>;
interface Value {
  readonly list: number;
  readonly text: string;
}

/**
 * Characters of a query in an address. Salesforce takes 16,384 bytes for the whole of it, and as
 * much for it and the headers together (REST API Developer Guide, "Query"; HTTP 414 and 431).
 */
const maxQueryLength = 12_000;
const minQueryLength = 1_500;

/** @param query runs one query to its last page */
export function listedQueries(query: Query): ListedQueries {
  let limit = maxQueryLength;

  const read = async (wanted: ListedQuery): Promise<Row[]> => {
    const { action, object, columns, lists, withDeleted } = wanted;
    const groups = columnGroups(columns, limit * 0.75);
    const widest = Math.max(...groups.map(lengthOf));
    const rows = new Map<string, Row>();
    for (const values of valueGroups(wanted, limit - widest)) {
      const conditions = lists.flatMap(({ where }, list) => {
        const texts = values.filter((value) => value.list === list).map(({ text }) => text);
        return texts.length === 0 ? [] : [where(`(${texts.join(",")})`)];
      });
      const parts: Row[][] = [];
      for (const group of groups) {
        const soql = `SELECT ${group.join(", ")} FROM ${object} WHERE ${conditions.join(" OR ")}`;
        parts.push((await query(action, soql, withDeleted)).map(toRow));
      }
      for (const row of joined(parts, action)) rows.set(idOf(row), row);
    }
    return [...rows.values()];
  };

  const page = async (wanted: KeysetQuery): Promise<Row[]> => {
    const { action, object, columns, rest, withDeleted = false } = wanted;
    const [first = ["Id"], ...others] = columnGroups(columns, limit - lengthOf([rest]));
    const soql = `SELECT ${first.join(", ")} FROM ${object} ${rest}`;
    const rows = (await query(action, soql, withDeleted)).map(toRow);
    if (others.length === 0 || rows.length === 0) return rows;
    const lists = [{ values: rows.map(idOf), where: (list: string) => `Id IN ${list}` }];
    const more = await read({ action, object, columns: others.flat(), lists, withDeleted });
    return joined([rows, more], action);
  };

  /** Once more, in finer parts, as long as Salesforce says that it is too long. */
  const fitting = async <Wanted>(
    run: (wanted: Wanted) => Promise<Row[]>,
    wanted: Wanted,
  ): Promise<Row[]> => {
    for (;;) {
      const tried = limit;
      try {
        return await run(wanted);
      } catch (error) {
        if (!isTooLong(error) || tried / 2 < minQueryLength) throw error;
        limit = Math.min(limit, tried / 2);
      }
    }
  };

  return { byLists: (wanted) => fitting(read, wanted), page: (wanted) => fitting(page, wanted) };
}

function isTooLong(error: unknown): boolean {
  if (!(error instanceof SystemError)) return false;
  const codes = [String(error.status), ...error.refusals.map(({ code }) => code)];
  return codes.some((code) => /^(ERROR_HTTP_)?(414|431)$/.test(code) || code === "URI_TOO_LONG");
}

const lengthOf = (texts: readonly string[]) => encodeURIComponent(texts.join(", ")).length;

/** Each with the Id, by which they are put together again. */
function columnGroups(columns: readonly string[], maxLength: number): string[][] {
  const names = [...new Set(columns)].filter((name) => name !== "Id");
  return grouped(names, (name) => lengthOf([name, ""]), maxLength).map((group) => ["Id", ...group]);
}

function valueGroups({ lists }: ListedQuery, maxLength: number): Value[][] {
  const values = lists.flatMap(({ values: given }, list) =>
    [...new Set(given)].filter(isQueryable).map((value): Value => ({ list, text: literal(value) })),
  );
  if (values.length === 0) return [];
  return grouped(values, ({ text }) => encodeURIComponent(`${text},`).length, maxLength);
}

/** In their order; a group holds one at least, even none at all when there are none. */
function grouped<T>(items: readonly T[], length: (item: T) => number, maxLength: number): T[][] {
  const groups: T[][] = [[]];
  let used = 0;
  for (const item of items) {
    const own = length(item);
    if (used + own > maxLength && used > 0) {
      groups.push([]);
      used = 0;
    }
    groups.at(-1)?.push(item);
    used += own;
  }
  return groups;
}

/**
 * Rows of several queries for the same records, in the order of the first.
 * @throws SystemError when one of them has lost a record meanwhile
 */
function joined([first = [], ...others]: readonly Row[][], action: string): Row[] {
  const rest = others.map((rows) => new Map(rows.map((row) => [idOf(row), row])));
  return first.map((row) => {
    const parts = rest.map((rows) => rows.get(idOf(row)));
    if (parts.includes(undefined)) {
      const text = `Salesforce ${action}: a record has changed while it was read`;
      throw new SystemError("salesforce", "retry", text);
    }
    return Object.assign({}, row, ...parts) as Row;
  });
}

const rowSchema = z.looseObject({ Id: z.string() });
const toRow = (record: unknown): Row => rowSchema.parse(record);
const idOf = (row: Row): string => String(row["Id"]);
