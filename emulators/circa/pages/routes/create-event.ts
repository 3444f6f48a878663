import { ApiError } from "../../errors.ts";
import { createEvent as create } from "../../operations/create-event.ts";
import { eventPage } from "../event-page.ts";
import { readForm } from "../read-form.ts";
import type { PageRoute } from "./page-route.ts";

export const createEvent: PageRoute = {
  method: "post",
  path: "/events",
  handle: (circa, { body }) => {
    const { attributes, typed } = readForm(circa, null, body);
    try {
      const event = create(circa, attributes, circa.actors.person);
      return { redirect: `/events/${event.id}?done=created` };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { status: 422, page: eventPage(circa, null, { typed, refusals: error.entries }) };
    }
  },
};
