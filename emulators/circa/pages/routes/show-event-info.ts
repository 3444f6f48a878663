import { eventInfoPage } from "../event-info-page.ts";
import { textOf, type PageRoute } from "./page-route.ts";

const newsOf: Readonly<Record<string, string>> = {
  added: "The field is added.",
  deleted: "The field is deleted.",
};

export const showEventInfo: PageRoute = {
  method: "get",
  path: "/settings/event-info",
  handle: (circa, { query }) => {
    const field = circa.store.findField(textOf(query, "saved"));
    const news = field ? `Saved: values of ${field.label}.` : newsOf[textOf(query, "done")];
    return { status: 200, page: eventInfoPage(circa, undefined, news) };
  },
};
