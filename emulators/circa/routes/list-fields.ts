import { unprocessable } from "../errors.ts";
import { formatField } from "../formatters.ts";
import type { Route } from "../route.ts";
import { pageOf } from "./page-of.ts";

export const listFields: Route = {
  method: "GET",
  path: "/fields",
  handle: (circa, { query }) => {
    const { fields_for: fieldsFor = "Event", page } = query;
    if (fieldsFor !== "Event") {
      const message = "must be Event";
      throw unprocessable([{ field: "fields_for", code: "invalid", message }]);
    }
    const rows = pageOf(circa.store.fieldsInOrder(), page);
    return { status: 200, body: { data: rows.map((row) => formatField(row, circa.settings)) } };
  },
};
