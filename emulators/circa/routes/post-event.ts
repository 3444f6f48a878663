import { createEvent } from "../operations/create-event.ts";
import type { Route } from "../route.ts";
import { answerEvent } from "./answer-event.ts";

export const postEvent: Route = {
  method: "POST",
  path: "/events",
  handle: (circa, { body, actor }) => answerEvent(circa, createEvent(circa, body, actor), 201),
};
