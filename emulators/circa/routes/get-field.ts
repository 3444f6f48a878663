import { formatField } from "../formatters.ts";
import type { Route } from "../route.ts";
import { fieldOf } from "./named-in-path.ts";

export const getField: Route = {
  method: "GET",
  path: "/fields/{id}",
  handle: (circa, request) => ({
    status: 200,
    body: formatField(fieldOf(circa, request), circa.settings),
  }),
};
