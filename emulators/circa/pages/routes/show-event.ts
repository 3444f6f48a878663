import { eventPage } from "../event-page.ts";
import { eventOf } from "./event-of.ts";
import { textOf, type PageRoute } from "./page-route.ts";

const newsOf: Readonly<Record<string, string>> = {
  created: "The Event is created.",
  connected: "The Campaign is connected.",
  disconnected: "The Campaign is disconnected. Both sides keep the values they have.",
  unchanged: "Nothing was changed.",
};

export const showEvent: PageRoute = {
  method: "get",
  path: "/events/:id",
  handle: (circa, request) => {
    const saved = textOf(request.query, "saved");
    const page = eventPage(circa, eventOf(circa, request), {
      saved: saved === "" ? [] : saved.split(","),
      news: newsOf[textOf(request.query, "done")],
    });
    return { status: 200, page };
  },
};
