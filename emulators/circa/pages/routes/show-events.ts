import { eventsPage } from "../events-page.ts";
import { textOf, type PageRoute } from "./page-route.ts";

export const showEvents: PageRoute = {
  method: "get",
  path: "/events",
  handle: (circa, { query }) => {
    const page = Number(textOf(query, "page") || "1");
    const filter = {
      text: textOf(query, "text").trim(),
      status: textOf(query, "status"),
      sync: textOf(query, "sync"),
      page: Number.isInteger(page) && page > 0 ? page : 1,
    };
    const news = textOf(query, "done") === "deleted" ? "The Event is deleted." : undefined;
    return { status: 200, page: eventsPage(circa, filter, news) };
  },
};
