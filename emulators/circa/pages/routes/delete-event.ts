import { deleteEvent as remove } from "../../operations/delete-event.ts";
import { eventOf } from "./event-of.ts";
import type { PageRoute } from "./page-route.ts";

export const deleteEvent: PageRoute = {
  method: "post",
  path: "/events/:id/delete",
  handle: (circa, request) => {
    remove(circa, eventOf(circa, request), circa.actors.person);
    return { redirect: "/events?done=deleted" };
  },
};
