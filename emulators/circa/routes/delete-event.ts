import { deleteEvent as remove } from "../operations/delete-event.ts";
import type { Route } from "../route.ts";
import { eventOf } from "./named-in-path.ts";

export const deleteEvent: Route = {
  method: "DELETE",
  path: "/events/{id}",
  handle: (circa, request) => {
    remove(circa, eventOf(circa, request), request.actor);
    return { status: 204 };
  },
};
