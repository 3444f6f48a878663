import type { Route } from "../route.ts";
import { answerEvent } from "./answer-event.ts";
import { eventOf } from "./named-in-path.ts";

export const getEvent: Route = {
  method: "GET",
  path: "/events/{id}",
  handle: (circa, request) => answerEvent(circa, eventOf(circa, request)),
};
