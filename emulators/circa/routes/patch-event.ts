import { has } from "../circa.ts";
import { editEvent } from "../operations/edit-event.ts";
import type { Route } from "../route.ts";
import { answerEvent } from "./answer-event.ts";
import { checkVersion, eventOf } from "./named-in-path.ts";

export const patchEvent: Route = {
  method: "PATCH",
  path: "/events/{id}",
  handle: (circa, request) => {
    const event = eventOf(circa, request);
    if (has(circa, "versions")) checkVersion(event, request);
    const { body, actor } = request;
    return answerEvent(circa, editEvent(circa, event, body, { actor }));
  },
};
