import { notFound } from "../../errors.ts";
import { deleteField as remove } from "../../operations/edit-field.ts";
import { textOf, type PageRoute } from "./page-route.ts";

export const deleteField: PageRoute = {
  method: "post",
  path: "/settings/event-info/:key/delete",
  handle: (circa, { params }) => {
    const field = circa.store.findField(textOf(params, "key"));
    if (!field) throw notFound("There is no such field");
    remove(circa, field);
    return { redirect: "/settings/event-info?done=deleted" };
  },
};
