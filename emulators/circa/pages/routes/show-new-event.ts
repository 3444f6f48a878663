import { eventPage } from "../event-page.ts";
import type { PageRoute } from "./page-route.ts";

export const showNewEvent: PageRoute = {
  method: "get",
  path: "/events/new",
  handle: (circa) => ({ status: 200, page: eventPage(circa, null) }),
};
