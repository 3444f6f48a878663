import { unprocessable } from "../errors.ts";
import { formatEvent } from "../formatters.ts";
import type { Route } from "../route.ts";
import { pageOf } from "./page-of.ts";

/** Whole seconds, as `updated_at` goes out, so that a filter finds what an answer showed. */
const seconds = (at: Date) => Math.floor(at.getTime() / 1000);

function readBound(query: Readonly<Record<string, unknown>>, name: "min" | "max"): number | null {
  const field = `updated_at[${name}]`;
  const given = query[field];
  if (given === undefined) return null;
  const at = typeof given === "string" ? new Date(given) : new Date(Number.NaN);
  if (Number.isNaN(at.getTime())) {
    const message = "must be a time, such as 2026-03-01T14:30:00Z";
    throw unprocessable([{ field, code: "invalid", message }]);
  }
  return seconds(at);
}

/** In order of creation, 25 a page; both bounds of `updated_at` are part of the range. */
export const listEvents: Route = {
  method: "GET",
  path: "/events",
  handle: (circa, { query, rowsLeft }) => {
    const min = readBound(query, "min") ?? -Infinity;
    const max = readBound(query, "max") ?? Infinity;
    const rows = [...circa.store.events.values()].filter(({ updatedAt }) => {
      const at = seconds(updatedAt);
      return at >= min && at <= max;
    });
    const page = pageOf(rows.slice(rowsLeft), query["page"]);
    const data = page.map((event) => formatEvent(event, circa.store, circa.settings));
    return { status: 200, body: { data } };
  },
};
