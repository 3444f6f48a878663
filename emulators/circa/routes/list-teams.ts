import type { Route } from "../route.ts";
import { pageOf } from "./page-of.ts";

export const listTeams: Route = {
  method: "GET",
  path: "/teams",
  handle: (circa, { query }) => ({
    status: 200,
    body: { data: pageOf([...circa.store.teams.values()], query["page"]) },
  }),
};
