import { unprocessable } from "../errors.ts";

const pageSize = 25;

/** The rows of `?page=`, counted from 1. @throws {ApiError} 422 for a page that is no number */
export function pageOf<Row>(rows: readonly Row[], page: unknown): Row[] {
  const number = page === undefined ? 1 : Number(page);
  if (!Number.isInteger(number) || number < 1) {
    const message = "must be a whole number, from 1";
    throw unprocessable([{ field: "page", code: "invalid", message }]);
  }
  return rows.slice((number - 1) * pageSize, number * pageSize);
}
