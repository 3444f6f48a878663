import { ApiError, notFound } from "../../errors.ts";
import { editField } from "../../operations/edit-field.ts";
import { eventInfoPage } from "../event-info-page.ts";
import { textOf, type PageRoute } from "./page-route.ts";
import { readLines } from "./read-lines.ts";

export const saveFieldValues: PageRoute = {
  method: "post",
  path: "/settings/event-info/:key",
  handle: (circa, { params, body }) => {
    const key = textOf(params, "key");
    const field = circa.store.findField(key);
    if (!field) throw notFound("There is no such field");
    const options = textOf(body, "options");
    try {
      editField(circa, field, { options: readLines(options) }, circa.actors.person);
      return { redirect: `/settings/event-info?saved=${key}` };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const refusal = {
        key,
        message: error.message,
        label: field.label,
        type: field.type,
        options,
      };
      return { status: 422, page: eventInfoPage(circa, refusal) };
    }
  },
};
